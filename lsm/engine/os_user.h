/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tool box's side of os.h: one thread, no readers to wait for.
 *
 * Built with TMY_OS_HOSTILE, as the tests are, it is as unkind as the kernel may be: there may be
 * several threads, what is freed is overwritten at once, tmy_os_fail_after makes allocations fail,
 * and waiting for readers inside of a reader, or taking a lock twice, ends the program, as it would
 * hang the kernel.
 */
#ifndef TMY_ENGINE_OS_USER_H
#define TMY_ENGINE_OS_USER_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef TMY_OS_HOSTILE
#include <pthread.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define __tmy_rcu
#define tmy_dereference(pointer)	     __atomic_load_n(&(pointer), __ATOMIC_ACQUIRE)
#define tmy_dereference_check(pointer, lock) tmy_dereference(pointer)
#define tmy_dereference_lasting(pointer)     tmy_dereference(pointer)
#define tmy_dereference_locked(pointer)	     (pointer)
#define tmy_publish(pointer, value)	     __atomic_store_n(&(pointer), value, __ATOMIC_RELEASE)
#define tmy_load_acquire(pointer)	     __atomic_load_n(pointer, __ATOMIC_ACQUIRE)
#define tmy_store_release(pointer, value)    __atomic_store_n(pointer, value, __ATOMIC_RELEASE)
#ifndef READ_ONCE
#define READ_ONCE(x)	     __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, value) __atomic_store_n(&(x), value, __ATOMIC_RELAXED)
#endif

/* A number that several may count at once. */
typedef u32 tmy_count;
#define tmy_count_read(count)	    __atomic_load_n(count, __ATOMIC_RELAXED)
#define tmy_count_up(count)	    ((void)__atomic_fetch_add(count, 1, __ATOMIC_RELAXED))
#define tmy_count_down(count)	    __atomic_sub_fetch(count, 1, __ATOMIC_ACQ_REL)
#define tmy_count_set(count, value) __atomic_store_n(count, value, __ATOMIC_RELAXED)

u64 tmy_os_random(void);
u64 tmy_os_seconds(void);

static inline unsigned int tmy_lowest_bit(u64 bits)
{
	return (unsigned int)__builtin_ctzll(bits);
}

static inline size_t tmy_os_rounded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

#ifdef TMY_OS_HOSTILE

/* Allocations that still succeed; negative, as at the start: all. */
extern long tmy_os_fail_after;
/* Called before each allocation, if there is one. */
extern void (*tmy_os_before_alloc)(void);

void tmy_read_begin(void);
void tmy_read_end(void);
void tmy_os_wait_for_readers(void);
void *tmy_os_alloc(size_t size);
void tmy_os_free(const void *memory, size_t size);

typedef u64 tmy_sum;
#define tmy_sum_read(sum)	 __atomic_load_n(sum, __ATOMIC_RELAXED)
#define tmy_sum_add(sum, value)	 __atomic_add_fetch(sum, value, __ATOMIC_RELAXED)
#define tmy_sum_take(sum, value) ((void)__atomic_sub_fetch(sum, value, __ATOMIC_RELAXED))

struct tmy_lock {
	pthread_mutex_t mutex;
};

void tmy_lock_init(struct tmy_lock *lock);
void tmy_lock(struct tmy_lock *lock);
void tmy_unlock(struct tmy_lock *lock);

struct tmy_shared_lock {
	pthread_rwlock_t lock;
};

void tmy_shared_lock_init(struct tmy_shared_lock *lock);
void tmy_lock_exclusive(struct tmy_shared_lock *lock);
void tmy_unlock_exclusive(struct tmy_shared_lock *lock);
void tmy_lock_shared(struct tmy_shared_lock *lock);
void tmy_unlock_shared(struct tmy_shared_lock *lock);

#else

/* One thread; and what has 32 bits needs no library for this. */
typedef u64 tmy_sum;
#define tmy_sum_read(sum)	 (*(sum))
#define tmy_sum_add(sum, value)	 (*(sum) += (value))
#define tmy_sum_take(sum, value) ((void)(*(sum) -= (value)))

static inline void tmy_read_begin(void)
{
}

static inline void tmy_read_end(void)
{
}

static inline void tmy_os_wait_for_readers(void)
{
}

static inline void *tmy_os_alloc(size_t size)
{
	return malloc(size);
}

static inline void tmy_os_free(const void *memory, size_t size)
{
	(void)size;
	free((void *)memory);
}

struct tmy_lock {
	bool held;
};

static inline void tmy_lock_init(struct tmy_lock *lock)
{
	lock->held = false;
}

static inline void tmy_lock(struct tmy_lock *lock)
{
	if (lock->held)
		abort();
	lock->held = true;
}

static inline void tmy_unlock(struct tmy_lock *lock)
{
	lock->held = false;
}

struct tmy_shared_lock {
	struct tmy_lock lock;
};

static inline void tmy_shared_lock_init(struct tmy_shared_lock *lock)
{
	tmy_lock_init(&lock->lock);
}

static inline void tmy_lock_exclusive(struct tmy_shared_lock *lock)
{
	tmy_lock(&lock->lock);
}

static inline void tmy_unlock_exclusive(struct tmy_shared_lock *lock)
{
	tmy_unlock(&lock->lock);
}

static inline void tmy_lock_shared(struct tmy_shared_lock *lock)
{
	tmy_lock(&lock->lock);
}

static inline void tmy_unlock_shared(struct tmy_shared_lock *lock)
{
	tmy_unlock(&lock->lock);
}

#endif

#ifdef __cplusplus
}
#endif

#endif
