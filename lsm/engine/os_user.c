// SPDX-License-Identifier: GPL-2.0-only
/* The operating system interface of the engine in user space. */
#ifndef __KERNEL__
#include "os.h"

#include <stdio.h>
#include <sys/auxv.h>
#include <time.h>

/* From AT_RANDOM, 16 random bytes that the kernel gives to each program. */
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

#include <sched.h>

long tmy_os_fail_after = -1;
void (*tmy_os_before_alloc)(void);
static u32 readers;	       /* read sections of all threads */
static _Thread_local u32 mine; /* read sections of this thread, which may nest */

void tmy_read_begin(void)
{
	mine++;
	__atomic_add_fetch(&readers, 1, __ATOMIC_SEQ_CST);
}

void tmy_read_end(void)
{
	mine--;
	__atomic_sub_fetch(&readers, 1, __ATOMIC_SEQ_CST);
}

void tmy_os_wait_for_readers(void)
{
	if (mine) {
		fputs("waits for readers, but is one\n", stderr);
		abort();
	}
	while (__atomic_load_n(&readers, __ATOMIC_SEQ_CST))
		sched_yield();
}

void *tmy_os_alloc(size_t size)
{
	void *memory;

	if (tmy_os_before_alloc)
		tmy_os_before_alloc();
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

/* Like lockdep: a deadlock, or an unlock by another thread, aborts. */
static void check_lock_error(int error)
{
	if (!error)
		return;
	fputs("a lock is taken twice, or given back by somebody else\n", stderr);
	abort();
}

void tmy_lock_init(struct tmy_lock *lock)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
	check_lock_error(pthread_mutex_init(&lock->mutex, &attributes));
}

void tmy_lock(struct tmy_lock *lock)
{
	check_lock_error(pthread_mutex_lock(&lock->mutex));
}

void tmy_unlock(struct tmy_lock *lock)
{
	check_lock_error(pthread_mutex_unlock(&lock->mutex));
}

void tmy_shared_lock_init(struct tmy_shared_lock *lock)
{
	check_lock_error(pthread_rwlock_init(&lock->lock, NULL));
}

void tmy_lock_exclusive(struct tmy_shared_lock *lock)
{
	check_lock_error(pthread_rwlock_wrlock(&lock->lock));
}

void tmy_unlock_exclusive(struct tmy_shared_lock *lock)
{
	check_lock_error(pthread_rwlock_unlock(&lock->lock));
}

void tmy_lock_shared(struct tmy_shared_lock *lock)
{
	check_lock_error(pthread_rwlock_rdlock(&lock->lock));
}

void tmy_unlock_shared(struct tmy_shared_lock *lock)
{
	check_lock_error(pthread_rwlock_unlock(&lock->lock));
}

#endif
#endif
