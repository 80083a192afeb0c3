/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * LSM: what all parts of the kernel side share - the policy in force and the domain of each task.
 *
 * Lock order, outermost first:
 *   an open file's mutex (fs/interface.c)
 *     the policy's lock (engine/policy.h); may sleep, never taken on the way of a granted check
 *       the audit queue's and the queries' spinlocks (audit.c, query.c)
 * A room's local lock (scratch.h) is taken under none of them and nothing is taken under it.
 */
#ifndef TMY_LSM_H
#define TMY_LSM_H

#include <linux/fs.h>
#include <linux/jump_label.h>
#include <linux/lsm_hooks.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "engine/execute.h"
#include "engine/policy.h"

/* The policy in force. Made at boot before the first hook is in place, never freed. */
extern struct tmy_policy *tmy_kernel_policy;

/*
 * Modes count (6.5). As long as it is off, a hook costs a jump that is not taken. Never goes off
 * again. Inline code patched in, hence no test of a variable.
 */
DECLARE_STATIC_KEY_FALSE(tmy_active_key);

static inline bool tmy_active(void)
{
	return static_branch_unlikely(&tmy_active_key);
}

/* The blob of a task. */
struct tmy_security {
	/* Written by the task itself (and its parent before it runs); others read task.domain
	 * under RCU. */
	struct tmy_task task;
	/* The execution under way has been judged; what follows are interpreters (2.12). The
	 * task's own. */
	bool judged;
};

/* The blob of a mounted file system. */
struct tmy_superblock {
	bool fresh; /* hooks/attach.c */
};

extern struct lsm_blob_sizes tmy_blob_sizes;

static inline struct tmy_security *tmy_security(const struct task_struct *task)
{
	return task->security + tmy_blob_sizes.lbs_task;
}

static inline struct tmy_superblock *tmy_superblock(const struct super_block *sb)
{
	return sb->s_security + tmy_blob_sizes.lbs_superblock;
}

/* The domain of the calling task; stays as long as the task does not change it itself. */
static inline struct tmy_domain *tmy_current_domain(void)
{
	return tmy_security(current)->task.domain;
}

/*
 * tmy_domain_of - the domain of any task, for readers (tmy_read_begin())
 *
 * A domain that a task leaves is freed only after readers have ended (tmy_collect()).
 */
static inline struct tmy_domain *tmy_domain_of(const struct task_struct *task)
{
	return READ_ONCE(tmy_security(task)->task.domain);
}

/* Every spinlock of ours is taken by this: not in a room. */
static inline void tmy_spin_lock(spinlock_t *lock) __acquires(lock)
{
	tmy_assert_outside();
	spin_lock(lock);
}

/* The hooks of each file below hooks/. */
void tmy_hooks_task(void) __init;
void tmy_hooks_execute(void) __init;
void tmy_hooks_file(void) __init;
void tmy_hooks_directory(void) __init;
void tmy_hooks_attribute(void) __init;
void tmy_hooks_mount(void) __init;
void tmy_hooks_network(void) __init;

#endif
