// SPDX-License-Identifier: GPL-2.0-only
/* The file self_domain: a program requests a domain transition for itself (kernel ABI specification
 * 2.14). */
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "check.h"
#include "engine/word.h"
#include "fs/interface.h"
#include "hooks/execute.h"
#include "scratch.h"

/* Enforced in every mode, and not logged. */
static int check_transition(struct tmy_span name)
{
	const struct tmy_check check = {
		.kind = TMY_TRANSITION,
		.names = { { .type = TMY_OF_WORD, .text = name } },
	};
	struct tmy_scratch *scratch = tmy_scratch_alloc(0);
	int error;

	if (!scratch)
		return -ENOMEM;
	error = tmy_scratch_fill(scratch, &check);
	if (!error) {
		tmy_read_begin();
		if (tmy_decide(tmy_kernel_policy, &scratch->execution.request) != TMY_GRANTED)
			error = -EPERM;
		tmy_read_end();
	}
	tmy_scratch_free(scratch);
	return error;
}

static int enter_domain(struct tmy_span name)
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
	error = tmy_correct_domain(name.at, name.length) ? check_transition(name) : -EINVAL;
	if (!error)
		error = enter_domain(name);
	kfree(text);
	return error ? error : count;
}

static ssize_t read_self_domain(struct file *file, char __user *to, size_t count, loff_t *position)
{
	struct tmy_span name = tmy_domain_name(tmy_current_domain());

	return simple_read_from_buffer(to, count, position, name.at, name.length);
}

/* Without llseek: the file is not seekable, though read(2) uses and advances the position. */
const struct file_operations tmy_self_domain_operations = {
	.read = read_self_domain,
	.write = write_self_domain,
};
