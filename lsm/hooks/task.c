// SPDX-License-Identifier: GPL-2.0-only
/* Hooks of the lifetime of a task, which starts in its parent's domain (kernel ABI specification
 * 2.1, 2.15). */
#include "compat/hooks.h"
#include "lsm.h"

static int task_alloc(struct task_struct *task, unsigned long clone_flags)
{
	tmy_task_init(&tmy_security(task)->task, tmy_current_domain());
	return 0;
}

static void task_free(struct task_struct *task)
{
	tmy_task_exit(&tmy_security(task)->task);
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(task_alloc, task_alloc),
	LSM_HOOK_INIT(task_free, task_free),
};

void __init tmy_hooks_task(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
