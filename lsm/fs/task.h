/* SPDX-License-Identifier: GPL-2.0-only */
/* Task: lookup of tasks by the ids that are written to files. */
#ifndef TMY_FS_TASK_H
#define TMY_FS_TASK_H

#include <linux/pid_namespace.h>
#include <linux/sched.h>

/*
 * tmy_find_task - find a task by its thread id
 * @global: @id is of the initial PID namespace; otherwise of the caller's
 *
 * Context: between tmy_read_begin() and tmy_read_end(), which is how long the result is valid.
 * Return: NULL when there is none.
 */
static inline struct task_struct *tmy_find_task(unsigned long id, bool global)
{
	if (id > INT_MAX)
		return NULL;
	return global ? find_task_by_pid_ns(id, &init_pid_ns) : find_task_by_vpid(id);
}

#endif
