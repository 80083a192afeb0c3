// SPDX-License-Identifier: GPL-2.0-only
/* Injection: lets the kernel run out of memory where it is wanted. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static const char *const injectors[] = { "failslab", "fail_page_alloc" };
/* Our code: from the first of its functions to the one behind its last. */
static unsigned long first, end;
static bool can_choose;

/* What is set by those who may not open it. */
static const char *const kept[] = { "probability", "task-filter" };
static int kept_files[2][2];

static int open_setting(const char *injector, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/sys/kernel/debug/%s/%s", injector, name);
	return open(path, O_WRONLY | O_CLOEXEC);
}

static bool try_set(const char *injector, const char *name, const char *value)
{
	int fd = open_setting(injector, name);
	bool done = fd >= 0 && write(fd, value, strlen(value)) > 0;

	close(fd);
	return done;
}

static void set(const char *name, const char *value)
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		if (!try_set(injectors[i], name, value))
			die("%s of %s cannot be set to %s", name, injectors[i], value);
}

static void set_kept(unsigned int which, const char *value)
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		if (write(kept_files[i][which], value, strlen(value)) <= 0)
			die("%s of %s cannot be set to %s", kept[which], injectors[i], value);
}

static void keep_settings(void)
{
	unsigned int i, which;

	for (i = 0; i < 2; i++) {
		for (which = 0; which < 2; which++) {
			kept_files[i][which] = open_setting(injectors[i], kept[which]);
			if (kept_files[i][which] < 0)
				die("no %s of %s", kept[which], injectors[i]);
		}
	}
}

static bool is_ours(const char *name)
{
	/* Rare parts of functions lie elsewhere, and are always called by the rest. */
	return !strncmp(name, "tmy_", 4) && !strstr(name, ".cold");
}

/* The kernel's symbols come in the order of their addresses. */
static void find_our_code(void)
{
	FILE *file = fopen("/proc/kallsyms", "r");
	unsigned long address, text_end = 0;
	char type, name[512];
	bool follows = false;
	unsigned int functions = 0;

	if (!file)
		die("no kallsyms");
	while (!text_end && fscanf(file, "%lx %c %511[^\n]", &address, &type, name) == 3) {
		if (!strcmp(name, "_etext"))
			text_end = address;
		if (type != 't' && type != 'T')
			continue;
		if (follows)
			end = address;
		follows = is_ours(name);
		if (follows && !first)
			first = address;
		functions += follows;
	}
	fclose(file);
	if (!first || !end || end - first > 1 << 20)
		die("our code is not found: %#lx-%#lx", first, end);
	printf("faults: our code is at %#lx-%#lx, %u functions\n", first, end, functions);
	fflush(stdout);
}

void inject_setup(void)
{
	if (access("/sys/kernel/debug/failslab", F_OK) &&
	    mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL))
		die("no debugfs");
	find_our_code();
	keep_settings();
	set("probability", "0");
	set("interval", "1");
	set("times", "-1");
	set("space", "0");
	set("verbose", "0");
	set("ignore-gfp-wait", "N");
	try_set("failslab", "cache-filter", "N");
	try_set("fail_page_alloc", "ignore-gfp-highmem", "N");
	try_set("fail_page_alloc", "min-order", "0");
	can_choose = try_set("failslab", "stacktrace-depth", "32") &&
		     try_set("fail_page_alloc", "stacktrace-depth", "32");
	inject_choose(true);
}

bool inject_can_choose(void)
{
	return can_choose;
}

void inject_choose(bool ours)
{
	char text[32];

	if (!can_choose)
		return;
	snprintf(text, sizeof(text), "%#lx", ours ? first : 0);
	set("require-start", text);
	snprintf(text, sizeof(text), "%#lx", ours ? end : ~0ul);
	set("require-end", text);
}

int inject_open(void)
{
	int fd = open("/proc/thread-self/fail-nth", O_RDWR);

	if (fd < 0)
		die("no fail-nth");
	return fd;
}

static void write_number(int fd, unsigned int n)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(fd, text, (size_t)length, 0) != length)
		die("fail-nth cannot be written");
}

void inject_nth(int fd, unsigned int n)
{
	write_number(fd, n);
}

unsigned int inject_end(int fd, unsigned int n)
{
	char text[16] = "";
	unsigned int left;

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		die("fail-nth cannot be read");
	left = (unsigned int)strtoul(text, NULL, 10);
	write_number(fd, 0);
	return n - left;
}

void inject_percent(unsigned int percent, bool marked_only)
{
	char text[16];

	set_kept(1, marked_only ? "Y" : "N");
	snprintf(text, sizeof(text), "%u", percent);
	set_kept(0, text);
}

void inject_mark(void)
{
	int fd = open("/proc/self/make-it-fail", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "1", 1) != 1)
		die("make-it-fail cannot be set");
	close(fd);
}
