// SPDX-License-Identifier: GPL-2.0-only
/* Manager: may the calling task change policy? Cached for each open file. */
#define pr_fmt(fmt) "TOMOYO: " fmt

#include <linux/cred.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/pid.h>

#include "engine/domain.h"
#include "fs/interface.h"
#include "names.h"

enum {
	LOGGED_NAME_MAX = 400, /* bytes; a line of the kernel log holds about 1000, and two names */
};

static bool current_is_root(void)
{
	return uid_eq(current_uid(), GLOBAL_ROOT_UID) && uid_eq(current_euid(), GLOBAL_ROOT_UID);
}

/* The pathname of the calling task's program; empty for a kernel thread. */
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

static int logged_length(struct tmy_span name)
{
	return (int)min_t(size_t, name.length, LOGGED_NAME_MAX);
}

static bool current_is_manager(void)
{
	struct tmy_span program = program_name(), domain = tmy_domain_name(tmy_current_domain());
	bool manager;

	tmy_read_begin();
	manager = (program.length && tmy_is_manager(tmy_kernel_policy, program)) ||
		  tmy_is_manager(tmy_kernel_policy, domain);
	tmy_read_end();
	if (!manager)
		pr_warn_ratelimited("%.*s in domain %.*s is no manager: it may not change policy\n",
				    logged_length(program), program.at, logged_length(domain),
				    domain.at);
	tmy_text_free(program);
	return manager;
}

static bool manager_cached(const struct tmy_manager_cache *cache)
{
	return cache->process == task_tgid(current) && cache->execution == current->self_exec_id &&
	       cache->generation == tmy_manager_generation(tmy_kernel_policy) &&
	       cache->domain == tmy_current_domain() && uid_eq(cache->uid, current_uid()) &&
	       uid_eq(cache->euid, current_euid());
}

void tmy_manager_cache_clear(struct tmy_open_file *open)
{
	put_pid(open->manager.process);
	tmy_domain_put(open->manager.domain);
	open->manager = (struct tmy_manager_cache){};
}

bool tmy_may_manage(struct tmy_open_file *open)
{
	/* Read before the list of managers: a change in between invalidates the cache. */
	u32 generation = tmy_manager_generation(tmy_kernel_policy);

	if (IS_ENABLED(CONFIG_SECURITY_TOMOYO_INSECURE_BUILTIN_SETTING) ||
	    !tmy_policy_active(tmy_kernel_policy) || manager_cached(&open->manager))
		return true;
	if (!current_is_root() && !tmy_manage_by_non_root(tmy_kernel_policy))
		return false;
	if (!current_is_manager())
		return false;
	tmy_manager_cache_clear(open);
	open->manager = (struct tmy_manager_cache){
		.process = get_pid(task_tgid(current)),
		.execution = current->self_exec_id,
		.generation = generation,
		.domain = tmy_domain_get(tmy_current_domain()),
		.uid = current_uid(),
		.euid = current_euid(),
	};
	return true;
}
