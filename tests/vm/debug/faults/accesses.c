// SPDX-License-Identifier: GPL-2.0-only
/* Without memory, enforcing refuses at worst, and nothing is granted that is not in the policy. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int result(long value)
{
	return value < 0 ? -errno : 0;
}

static int open_granted(void)
{
	return try_open("/faults/file", O_RDONLY);
}

static int open_never(void)
{
	return try_open("/faults/never/file", O_RDONLY);
}

static int write_never(void)
{
	return try_open("/faults/never/file", O_WRONLY | O_APPEND);
}

static int make_never(void)
{
	int error = result(mkdir("/faults/never/directory", 0700));

	return error ? error : result(rmdir("/faults/never/directory"));
}

static int link_never(void)
{
	int error = result(symlink("/faults/anything", "/faults/never/link"));

	return error ? error : result(unlink("/faults/never/link"));
}

static int stat_never(void)
{
	struct stat status;

	return result(stat("/faults/never/file", &status));
}

static int bind_never(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "\0never" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), error;

	if (fd < 0)
		return -errno;
	error = result(
		bind(fd, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + 6));
	close(fd);
	return error;
}

static int mount_never(void)
{
	/* Not over what the others look at: it may stay mounted. */
	int error = result(mount("none", "/faults/never/mnt", "tmpfs", 0, NULL));

	return error ? error : result(umount2("/faults/never/mnt", 0));
}

static const struct access {
	const char *name;
	int (*run)(void);
	bool granted;
} accesses[] = {
	{ "open, granted", open_granted, true },
	{ "open", open_never, false },
	{ "open to append", write_never, false },
	{ "mkdir", make_never, false },
	{ "symlink", link_never, false },
	{ "stat", stat_never, false },
	{ "bind", bind_never, false },
	{ "mount", mount_never, false },
};

/* Our code may say ENOMEM only when it enforces; the rest of the kernel whenever it likes. */
static bool acceptable(int profile, bool granted, bool asked, int error, bool failed)
{
	bool enforces = profile == ENFORCING || profile == LOGGING;

	if (failed && error == -ENOMEM)
		return enforces || !inject_can_choose();
	if (failed && error == -ENFILE)
		return !inject_can_choose();
	/* What the first half has made the second may not have removed. */
	if (error == -EEXIST)
		return !enforces || asked;
	if (!enforces || granted)
		return !error;
	return error == -EPERM || (asked && !error);
}

struct plan {
	int profile;
	bool asked; /* somebody answers queries with yes */
	unsigned int failures;
};

static void sweep(const struct subject *subject, const struct access *access, struct plan *plan)
{
	unsigned int n, asked;

	for (n = 1;; n++) {
		int error;

		inject_nth(subject->nth, n);
		error = access->run();
		asked = inject_end(subject->nth, n);
		if (!acceptable(plan->profile, access->granted, plan->asked, error, asked == n))
			complain("%s, profile %d, allocation %u%s failing: %s", access->name,
				 plan->profile, n, asked == n ? "" : " not", error_name(error));
		if (asked < n)
			break;
		plan->failures++;
	}
}

/* Where one failure is not enough, as there is another way to memory. */
static void starve(const struct access *access, struct plan *plan)
{
	int error;

	if (!inject_can_choose())
		return;
	inject_percent(100, true);
	error = access->run();
	inject_percent(0, true);
	if (!acceptable(plan->profile, access->granted, plan->asked, error, true))
		complain("%s, profile %d, without memory: %s", access->name, plan->profile,
			 error_name(error));
}

static void sweep_all(const struct subject *subject, void *data)
{
	struct plan *plan = data;
	unsigned int i;

	for (i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		sweep(subject, &accesses[i], plan);
	for (i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		starve(&accesses[i], plan);
	printf("faults: profile %d%s: %u failures\n", plan->profile, plan->asked ? ", asked" : "",
	       plan->failures);
	fflush(stdout);
}

/* Says yes to all that is asked, until it is killed. */
static void answer(int fd)
{
	static char query[65536];
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	unsigned int serial;
	char line[32];

	for (;;) {
		ssize_t length;

		poll(&wait, 1, -1);
		length = read(fd, query, sizeof(query) - 1);
		if (length <= 0 || sscanf(query, "Q%u-", &serial) != 1)
			continue;
		snprintf(line, sizeof(line), "A%u=1\n", serial);
		write_all(fd, line, false);
	}
}

static void sweep_profile(int profile, bool asked)
{
	struct plan plan = { .profile = profile, .asked = asked };
	int fd = asked ? node_open("query", O_RDWR) : -1;
	pid_t answerer = asked ? fork() : -1;

	if (!answerer)
		answer(fd);
	close(fd);
	define_domain("accesses", profile, "file read /faults/file\n");
	in_domain("accesses", sweep_all, &plan);
	if (!asked)
		return;
	kill(answerer, SIGKILL);
	wait_for(answerer);
}

/* Of what was done it has learned some, and nothing else. */
static void check_learned(void)
{
	static const char *const expected[] = {
		"file read /faults/file",
		"file read /faults/never/file",
		"file append /faults/never/file",
		"file read/append /faults/never/file",
		"file read/append/getattr /faults/never/file",
		"file mkdir /faults/never/directory/ 0700",
		"file rmdir /faults/never/directory/",
		"file symlink /faults/never/link symlink.target=\"/faults/anything\"",
		"file unlink /faults/never/link",
		"network unix stream bind \\000never",
		"file mount none /faults/never/mnt/ tmpfs 0x0",
		"file unmount /faults/never/mnt/",
	};
	char *text = node_read("domain_policy", "select domain=<kernel> /faults/accesses\n");
	char *rest = text, *line;
	unsigned int i, lines = 0;

	while ((line = strsep(&rest, "\n"))) {
		if (strncmp(line, "file ", 5) && strncmp(line, "network ", 8))
			continue;
		lines++;
		for (i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
			if (!strcmp(line, expected[i]))
				break;
		if (i == sizeof(expected) / sizeof(expected[0]))
			complain("learned: %s", line);
	}
	if (lines < 9)
		complain("only %u lines were learned", lines);
	free(text);
}

void test_accesses(void)
{
	inject_mark();
	sweep_profile(DISABLED, false);
	sweep_profile(LEARNING, false);
	check_learned();
	sweep_profile(PERMISSIVE, false);
	sweep_profile(ENFORCING, false);
	sweep_profile(LOGGING, false);
	sweep_profile(ENFORCING, true);
	drop_domain("accesses");
}
