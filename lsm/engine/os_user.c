// SPDX-License-Identifier: GPL-2.0-only
/* The tool box's side of os.h. */
#ifndef __KERNEL__
#include "os.h"

#include <stdio.h>
#include <sys/auxv.h>
#include <time.h>

/* Differs in every run: the kernel gives each program 16 bytes of chance. */
u64 tmy_os_random(void)
{
	const void *bytes = (const void *)getauxval(AT_RANDOM);
	u64 value = 0;

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return value;
}

u64 tmy_os_seconds(void)
{
	return (u64)time(NULL);
}

#ifdef TMY_OS_HOSTILE

long tmy_os_fail_after = -1;
static int readers;

void tmy_read_begin(void)
{
	readers++;
}

void tmy_read_end(void)
{
	readers--;
}

void tmy_os_wait_for_readers(void)
{
	if (!readers)
		return;
	fputs("waits for readers, but is one\n", stderr);
	abort();
}

void *tmy_os_alloc(size_t size)
{
	void *memory;

	if (!tmy_os_fail_after)
		return NULL;
	if (tmy_os_fail_after > 0)
		tmy_os_fail_after--;
	memory = malloc(size);
	if (memory)
		memset(memory, 0xa5, size);
	return memory;
}

void tmy_os_free(const void *memory, size_t size)
{
	if (!memory)
		return;
	memset((void *)memory, 0x5a, size);
	free((void *)memory);
}

#endif
#endif
