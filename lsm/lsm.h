/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * LSM: the state that all parts of the kernel side share: the policy in force and the security
 * blobs.
 *
 * Lock order, outermost first:
 *
 *   struct tmy_open_file.lock (fs/interface.h), a mutex
 *     the engine's locks (engine/state.h), which may sleep
 *       audit_lock (audit.c), query_lock (query.c), spinlocks
 *
 * The local lock of the scratch buffers (scratch.h) nests with none of them. A check that is
 * granted and not logged takes only that one.
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

/* The policy in force. Created before the first hook is registered, never freed. */
extern struct tmy_policy *tmy_kernel_policy;

/*
 * The policy has been activated: profile modes are in effect (6.5). Enabled once, never disabled.
 * Until then a hook costs one branch, which is patched in and not taken.
 */
DECLARE_STATIC_KEY_FALSE(tmy_active_key);

static inline bool tmy_active(void)
{
	return static_branch_unlikely(&tmy_active_key);
}

/* Security blob of a task. */
struct tmy_security {
	/* Written by the task itself, or by its parent before it runs; others read task.domain
	 * under RCU. */
	struct tmy_task task;
	/* The program of the execution in progress has been checked: further calls of
	 * bprm_check_security are for its interpreters (2.12). Accessed by the task only. */
	bool program_checked;
};

/* Security blob of a superblock. */
struct tmy_superblock {
	bool new_mount_pending; /* hooks/attach.c */
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

/* The domain of the calling task. Valid until the task itself changes it. */
static inline struct tmy_domain *tmy_current_domain(void)
{
	return tmy_security(current)->task.domain;
}

/*
 * tmy_domain_of - the domain of any task
 *
 * Context: between tmy_read_begin() and tmy_read_end(), which is also how long the result is valid:
 * a domain that a task leaves is freed only after a grace period (tmy_collect()).
 */
static inline struct tmy_domain *tmy_domain_of(const struct task_struct *task)
{
	return READ_ONCE(tmy_security(task)->task.domain);
}

/* Takes a spinlock, of which none may be taken while a scratch buffer is locked. */
static inline void tmy_spin_lock(spinlock_t *lock) __acquires(lock)
{
	tmy_assert_scratch_not_held();
	spin_lock(lock);
}

/* Each registers the hooks of one file below hooks/. */
void tmy_hooks_task(void) __init;
void tmy_hooks_execute(void) __init;
void tmy_hooks_file(void) __init;
void tmy_hooks_directory(void) __init;
void tmy_hooks_attribute(void) __init;
void tmy_hooks_mount(void) __init;
void tmy_hooks_network(void) __init;

#endif
