// SPDX-License-Identifier: GPL-2.0-only
/* Manager: may the caller change policy? Asked for each line, found out once. */
#define pr_fmt(fmt) "TOMOYO: " fmt

#include <linux/cred.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/pid.h>

#include "engine/domain.h"
#include "fs/interface.h"
#include "names.h"

enum {
	SHOWN = 400, /* bytes of a name in a line of the kernel's log, which holds about 1000 */
};

static bool is_root(void)
{
	return uid_eq(current_uid(), GLOBAL_ROOT_UID) && uid_eq(current_euid(), GLOBAL_ROOT_UID);
}

/* The name of the program that is running; nothing when there is none. */
static struct tmy_span program_name(void)
{
	struct file *program = get_task_exe_file(current);
	struct tmy_span name = {};

	if (!program)
		return name;
	if (tmy_path_text(&program->f_path, &name))
		name = tmy_span(NULL, 0);
	fput(program);
	return name;
}

static int shown(struct tmy_span name)
{
	return (int)min_t(size_t, name.length, SHOWN);
}

static bool is_manager(void)
{
	struct tmy_span program = program_name(), domain = tmy_domain_name(tmy_current_domain());
	bool manager;

	tmy_read_begin();
	manager = (program.length && tmy_is_manager(tmy_kernel_policy, program)) ||
		  tmy_is_manager(tmy_kernel_policy, domain);
	tmy_read_end();
	if (!manager)
		pr_warn_ratelimited("%.*s in domain %.*s is no manager: it may not change policy\n",
				    shown(program), program.at, shown(domain), domain.at);
	tmy_text_free(program);
	return manager;
}

static bool remembered(const struct tmy_manager_memory *memory)
{
	return memory->process == task_tgid(current) &&
	       memory->execution == current->self_exec_id &&
	       memory->generation == tmy_manager_generation(tmy_kernel_policy) &&
	       memory->domain == tmy_current_domain() && uid_eq(memory->uid, current_uid()) &&
	       uid_eq(memory->euid, current_euid());
}

void tmy_forget_manager(struct tmy_open *open)
{
	put_pid(open->manager.process);
	tmy_domain_put(open->manager.domain);
	open->manager = (struct tmy_manager_memory){};
}

bool tmy_may_manage(struct tmy_open *open)
{
	/* Taken before the list is looked at: a change in between makes the memory worthless. */
	u32 generation = tmy_manager_generation(tmy_kernel_policy);

	if (IS_ENABLED(CONFIG_SECURITY_TOMOYO_INSECURE_BUILTIN_SETTING) ||
	    !tmy_policy_active(tmy_kernel_policy) || remembered(&open->manager))
		return true;
	if (!is_root() && !tmy_manage_by_non_root(tmy_kernel_policy))
		return false;
	if (!is_manager())
		return false;
	tmy_forget_manager(open);
	open->manager = (struct tmy_manager_memory){
		.process = get_pid(task_tgid(current)),
		.execution = current->self_exec_id,
		.generation = generation,
		.domain = tmy_domain_get(tmy_current_domain()),
		.uid = current_uid(),
		.euid = current_euid(),
	};
	return true;
}
