/* SPDX-License-Identifier: GPL-2.0-only */
/* Task: who is meant by a number that was written. */
#ifndef TMY_FS_TASK_H
#define TMY_FS_TASK_H

#include <linux/pid_namespace.h>
#include <linux/sched.h>

/*
 * tmy_find_task - the task with this id, which may be that of a thread
 * @global: an id of the initial PID namespace, else of the writer's
 *
 * For readers. Return: NULL when there is none.
 */
static inline struct task_struct *tmy_find_task(unsigned long id, bool global)
{
	if (id > INT_MAX)
		return NULL;
	return global ? find_task_by_pid_ns(id, &init_pid_ns) : find_task_by_vpid(id);
}

#endif
