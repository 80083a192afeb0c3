/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The operating system interface of the engine in user space, see os.h: one thread, so there are no
 * readers to wait for.
 *
 * With TMY_OS_HOSTILE, which is defined for tests, there may be several threads, freed memory is
 * poisoned at once, allocations fail as tmy_os_fail_after says, and what would deadlock a kernel
 * aborts: waiting for readers inside of a read section, taking a lock twice.
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

/* An atomic counter. */
typedef u32 tmy_count;
#define tmy_count_read(count)	    __atomic_load_n(count, __ATOMIC_RELAXED)
#define tmy_count_inc(count)	    ((void)__atomic_fetch_add(count, 1, __ATOMIC_RELAXED))
#define tmy_count_dec(count)	    __atomic_sub_fetch(count, 1, __ATOMIC_ACQ_REL)
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

/* How many more allocations succeed; negative, the default: all. */
extern long tmy_os_fail_after;
/* Called before each allocation unless NULL. */
extern void (*tmy_os_before_alloc)(void);

void tmy_read_begin(void);
void tmy_read_end(void);
void tmy_os_wait_for_readers(void);
void *tmy_os_alloc(size_t size);
void tmy_os_free(const void *memory, size_t size);

typedef u64 tmy_sum;
#define tmy_sum_read(sum)	__atomic_load_n(sum, __ATOMIC_RELAXED)
#define tmy_sum_add(sum, value) __atomic_add_fetch(sum, value, __ATOMIC_RELAXED)
#define tmy_sum_sub(sum, value) ((void)__atomic_sub_fetch(sum, value, __ATOMIC_RELAXED))

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

/* Not atomic: there is one thread, and 32-bit machines would need libatomic. */
typedef u64 tmy_sum;
#define tmy_sum_read(sum)	(*(sum))
#define tmy_sum_add(sum, value) (*(sum) += (value))
#define tmy_sum_sub(sum, value) ((void)(*(sum) -= (value)))

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
