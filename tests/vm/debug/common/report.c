// SPDX-License-Identifier: GPL-2.0-only
/* Complaints, counted across processes; chance and time. */
#include "common.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	PRINTED = 40, /* complaints; who reads more? */
};

static atomic_int *count;
static const char *name = "main";
static _Thread_local uint64_t state = 1;

void *shared_memory(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		die("no shared memory");
	return memory;
}

void report_setup(void)
{
	count = shared_memory(sizeof(*count));
}

void report_name(const char *new)
{
	name = new;
}

void complain(const char *format, ...)
{
	char text[2048];
	va_list list;

	if (atomic_fetch_add(count, 1) >= PRINTED)
		return;
	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	dprintf(STDOUT_FILENO, "COMPLAINT %s: %s\n", name, text);
}

int complaints(void)
{
	return atomic_load(count);
}

void die(const char *format, ...)
{
	char text[2048];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	dprintf(STDOUT_FILENO, "%s: cannot go on: %s (%s)\n", name, text, strerrorname_np(errno));
	_exit(125);
}

const char *error_name(long error)
{
	const char *text = strerrorname_np((int)(error < 0 ? -error : error));

	return error ? text ? text : "?" : "0";
}

void chance_seed(unsigned int seed)
{
	state = seed * 2654435761u + 88172645463325252u;
}

unsigned int chance(unsigned int limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned int)((state >> 16) % limit);
}

double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void pause_ms(unsigned int ms)
{
	struct timespec time = { ms / 1000, (long)(ms % 1000) * 1000000 };

	nanosleep(&time, NULL);
}
