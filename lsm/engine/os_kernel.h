/* SPDX-License-Identifier: GPL-2.0-only */
/* The operating system interface of the engine in the kernel, see os.h. */
#ifndef TMY_ENGINE_OS_KERNEL_H
#define TMY_ENGINE_OS_KERNEL_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/types.h>

#define __tmy_rcu		 __rcu
#define tmy_dereference(pointer) rcu_dereference(pointer)
#define tmy_dereference_check(pointer, lock) \
	rcu_dereference_check(pointer, lockdep_is_held(&(lock)->semaphore))
#define tmy_dereference_lasting(pointer)  rcu_dereference_raw(pointer)
#define tmy_dereference_locked(pointer)	  rcu_dereference_protected(pointer, 1)
#define tmy_publish(pointer, value)	  rcu_assign_pointer(pointer, value)
#define tmy_load_acquire(pointer)	  smp_load_acquire(pointer)
#define tmy_store_release(pointer, value) smp_store_release(pointer, value)

static inline void tmy_read_begin(void)
{
	rcu_read_lock();
}

static inline void tmy_read_end(void)
{
	rcu_read_unlock();
}

static inline void tmy_os_wait_for_readers(void)
{
	synchronize_rcu();
}

/*
 * While a CPU's scratch buffer is locked (scratch.h) nothing is allocated and no other lock is
 * taken, not even a spinlock. Checked with CONFIG_LOCKDEP.
 */
#ifdef CONFIG_LOCKDEP
void tmy_assert_scratch_not_held(void);
#else
static inline void tmy_assert_scratch_not_held(void)
{
}
#endif

/* GFP_NOFS, as hooks that learn may be called with locks of a file system held. */
static inline void *tmy_os_alloc(size_t size)
{
	unsigned int flags = memalloc_nofs_save();
	void *memory;

	tmy_assert_scratch_not_held();
	memory = kvmalloc(size, GFP_KERNEL | __GFP_NOWARN);
	memalloc_nofs_restore(flags);
	return memory;
}

static inline void tmy_os_free(const void *memory, size_t size)
{
	kvfree(memory);
}

static inline size_t tmy_os_rounded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

static inline u64 tmy_os_random(void)
{
	return get_random_u64();
}

/*
 * An atomic counter. Reading 0 is ordered after everything that preceded the decrement to 0
 * (acquire/release).
 */
typedef atomic_t tmy_count;
#define tmy_count_read(count)	    ((u32)atomic_read_acquire(count))
#define tmy_count_inc(count)	    atomic_inc(count)
#define tmy_count_dec(count)	    ((u32)atomic_dec_return_release(count))
#define tmy_count_set(count, value) atomic_set(count, value)

/* An atomic sum of 64 bits. */
typedef atomic64_t tmy_sum;
#define tmy_sum_read(sum)	((u64)atomic64_read(sum))
#define tmy_sum_add(sum, value) ((u64)atomic64_add_return((s64)(value), sum))
#define tmy_sum_sub(sum, value) atomic64_sub((s64)(value), sum)

/* The index of the lowest bit set. The compiler's builtin calls libgcc on 32 bits. */
static inline unsigned int tmy_lowest_bit(u64 bits)
{
	return (unsigned int)__ffs64(bits);
}

static inline u64 tmy_os_seconds(void)
{
	return (u64)ktime_get_real_seconds();
}

struct tmy_lock {
	struct mutex mutex;
};

/* A macro, so that each caller has a lockdep class of its own. */
#define tmy_lock_init(lock) mutex_init(&(lock)->mutex)

static inline void tmy_lock(struct tmy_lock *lock) __acquires(lock)
{
	tmy_assert_scratch_not_held();
	mutex_lock(&lock->mutex);
	__acquire(lock);
}

static inline void tmy_unlock(struct tmy_lock *lock) __releases(lock)
{
	__release(lock);
	mutex_unlock(&lock->mutex);
}

struct tmy_shared_lock {
	struct rw_semaphore semaphore;
};

#define tmy_shared_lock_init(lock) init_rwsem(&(lock)->semaphore)

static inline void tmy_lock_exclusive(struct tmy_shared_lock *lock) __acquires(lock)
{
	tmy_assert_scratch_not_held();
	down_write(&lock->semaphore);
	__acquire(lock);
}

static inline void tmy_unlock_exclusive(struct tmy_shared_lock *lock) __releases(lock)
{
	__release(lock);
	up_write(&lock->semaphore);
}

static inline void tmy_lock_shared(struct tmy_shared_lock *lock) __acquires(lock)
{
	tmy_assert_scratch_not_held();
	down_read(&lock->semaphore);
	__acquire(lock);
}

static inline void tmy_unlock_shared(struct tmy_shared_lock *lock) __releases(lock)
{
	__release(lock);
	up_read(&lock->semaphore);
}

#endif
