// SPDX-License-Identifier: GPL-2.0-only
/* Self domain: a program that asks for another domain (kernel ABI specification 2.14). */
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "check.h"
#include "engine/word.h"
#include "fs/interface.h"
#include "hooks/execute.h"
#include "scratch.h"

/* The mode plays no part, and nobody is told. */
static int permitted(struct tmy_span name)
{
	const struct tmy_check check = {
		.kind = TMY_TRANSITION,
		.names = { { .type = TMY_OF_WORD, .text = name } },
	};
	struct tmy_room *room = tmy_room_new(0);
	int error;

	if (!room)
		return -ENOMEM;
	error = tmy_room_fill(room, &check);
	if (!error) {
		tmy_read_begin();
		if (tmy_decide(tmy_kernel_policy, &room->execution.request) != TMY_GRANTED)
			error = -EPERM;
		tmy_read_end();
	}
	tmy_room_free(room);
	return error;
}

static int enter(struct tmy_span name)
{
	struct tmy_task *task = &tmy_security(current)->task;
	struct tmy_domain *domain;
	bool made;
	int error;

	domain = tmy_enter(tmy_kernel_policy, task->domain, name, &made, &error);
	if (!domain)
		return -ENOENT;
	if (made)
		tmy_audit_new_domain(domain);
	tmy_task_prepare(task, domain);
	tmy_task_commit(task);
	return 0;
}

static ssize_t write_self_domain(struct file *file, const char __user *from, size_t count,
				 loff_t *position)
{
	struct tmy_span name;
	char *text;
	int error;

	if (!count || count > TMY_DOMAIN_MAX_LENGTH)
		return -ENOMEM;
	text = memdup_user_nul(from, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	name = tmy_span(text, tmy_normalize(text, count));
	error = tmy_correct_domain(name.at, name.length) ? permitted(name) : -EINVAL;
	if (!error)
		error = enter(name);
	kfree(text);
	return error ? error : count;
}

static ssize_t read_self_domain(struct file *file, char __user *to, size_t count, loff_t *position)
{
	struct tmy_span name = tmy_domain_name(tmy_current_domain());

	return simple_read_from_buffer(to, count, position, name.at, name.length);
}

/* Without llseek: it cannot be done, but the position counts. */
const struct file_operations tmy_self_domain_operations = {
	.read = read_self_domain,
	.write = write_self_domain,
};
