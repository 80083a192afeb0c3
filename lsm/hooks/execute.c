// SPDX-License-Identifier: GPL-2.0-only
/* Execute: hooks of execve(2), which check the program and change the domain of the task (kernel
 * ABI specification 2.7 - 2.12). */
#include <linux/fs.h>

#include "audit.h"
#include "boot.h"
#include "compat/hooks.h"
#include "engine/word.h"
#include "hooks/execute.h"
#include "lookup.h"

/* The state of checking one execution. */
struct execution {
	struct tmy_check check;
	struct tmy_program program;
	struct tmy_domain *target; /* with a reference; NULL: the domain does not change */
};

/* The log flags for remarks, which are logged in every mode, even when it is disabled. */
static u8 remark_config(const struct tmy_domain *domain)
{
	u8 config;

	tmy_read_begin();
	config = tmy_config(tmy_kernel_policy, domain, TMY_ITEM_FILE_EXECUTE);
	tmy_read_end();
	return config;
}

void tmy_audit_new_domain(struct tmy_domain *domain)
{
	u8 config = remark_config(domain);
	unsigned int group;
	char line[24];

	if (!(config & TMY_CONFIG_REJECT_LOG))
		return;
	tmy_audit_remark(domain, config,
			 tmy_span(line, (size_t)scnprintf(line, sizeof(line), "use_profile %u",
							  tmy_domain_profile(domain))));
	for (group = 0; group < 256; group++)
		if (tmy_domain_uses_group(domain, group))
			tmy_audit_remark(domain, config,
					 tmy_span(line, (size_t)scnprintf(line, sizeof(line),
									  "use_group %u", group)));
}

static bool execution_mode_is(const struct execution *execution, enum tmy_mode mode)
{
	return (execution->check.config & TMY_CONFIG_MODE) == mode;
}

/* Return: true when all that is left to do is to enter the target domain. */
static bool execution_settled(const struct execution *execution,
			      const struct tmy_execution *decision)
{
	if (decision->verdict == TMY_NEEDS_ARGUMENTS)
		return false;
	if (execution_mode_is(execution, TMY_DISABLED))
		return true;
	return decision->verdict == TMY_GRANTED &&
	       !tmy_grant_logged(&decision->request, execution->check.config);
}

/*
 * Decides in the CPU's scratch buffer. @needs_arguments: becomes true when argv and envp have to be
 * loaded first. Return: false when it is not done, as it has to sleep or to allocate.
 */
static bool execute_fast_once(struct execution *execution, bool *needs_arguments)
{
	struct tmy_scratch *scratch = tmy_scratch_lock();
	struct tmy_execution *decision = &scratch->execution;
	bool done = false;
	int error = tmy_scratch_fill(scratch, &execution->check);

	*needs_arguments = execution->program.page_missing;
	if (!error) {
		tmy_read_begin();
		tmy_execute(tmy_kernel_policy, decision);
		done = !scratch->facts.failed && execution_settled(execution, decision);
		*needs_arguments =
			decision->verdict == TMY_NEEDS_ARGUMENTS || execution->program.page_missing;
		tmy_read_end();
	}
	if (done && !decision->stay && decision->length <= TMY_DOMAIN_MAX_LENGTH)
		execution->target = tmy_enter_existing(
			tmy_kernel_policy, tmy_span(decision->target, decision->length), &error);
	done = done && (decision->stay || execution->target);
	tmy_scratch_unlock();
	return done;
}

/* Return: false when the slow path has to be taken. */
static bool execute_fast(struct execution *execution)
{
	bool needs_arguments;

	do {
		if (execute_fast_once(execution, &needs_arguments))
			return true;
	} while (needs_arguments && tmy_check_load_arguments(&execution->check));
	return false;
}

/* The name may point into an aggregator, which is valid only until tmy_read_end(): copies it. */
static int copy_aggregated_name(struct tmy_scratch *scratch)
{
	struct tmy_span *name = &scratch->execution.request.names[0].text;
	struct tmy_arena *arena = &scratch->arena;

	if (name->at >= arena->at && name->at < arena->at + scratch->size)
		return 0;
	if (arena->back - arena->front < name->length)
		return -ENOMEM;
	memcpy(arena->at + arena->front, name->at, name->length);
	*name = tmy_span(arena->at + arena->front, name->length);
	arena->front += name->length;
	return 0;
}

static int decide_execution(struct tmy_scratch *scratch, bool *logged)
{
	struct tmy_execution *decision = &scratch->execution;
	int error;

	tmy_read_begin();
	tmy_execute(tmy_kernel_policy, decision);
	*logged = decision->verdict == TMY_GRANTED &&
		  tmy_grant_logged(&decision->request, scratch->check->config);
	error = copy_aggregated_name(scratch);
	tmy_read_end();
	return error;
}

/* Decides, and logs, counts, learns or asks. Return: 0, -EPERM, TMY_RETRY, -ENOMEM. */
static int check_execution(struct execution *execution, struct tmy_scratch *scratch)
{
	bool logged;
	int error;

	if (!execution_mode_is(execution, TMY_DISABLED))
		tmy_program_read(&execution->program); /* a record shows when this has failed */
	error = decide_execution(scratch, &logged);
	if (scratch->facts.failed) {
		execution->check.arguments = tmy_check_load_arguments(&execution->check);
		return TMY_RETRY;
	}
	if (error || execution_mode_is(execution, TMY_DISABLED))
		return error;
	if (scratch->execution.verdict != TMY_GRANTED)
		return tmy_handle_denied(scratch, &execution->check);
	if (tmy_audit_wanted(scratch->execution.request.domain, logged))
		tmy_audit(scratch, execution->check.config, true);
	return 0;
}

/* The target domain cannot be entered: fail the execution, or go on in the old domain (2.11). */
static int stay_in_domain(struct execution *execution, struct tmy_scratch *scratch)
{
	const struct tmy_execution *decision = &scratch->execution;
	struct tmy_domain *domain = tmy_current_domain();
	struct tmy_span name = tmy_domain_name(domain);
	size_t length = min_t(size_t, decision->length, sizeof(decision->target));

	if (decision->strict || execution_mode_is(execution, TMY_ENFORCING)) {
		pr_warn_ratelimited("TOMOYO: ERROR: Domain '%.*s' not ready.\n", (int)length,
				    decision->target);
		return -ENOMEM;
	}
	if (!tmy_transition_failed(tmy_kernel_policy, domain))
		return 0;
	tmy_program_read(&execution->program); /* for the record */
	tmy_audit_consequence(scratch, remark_config(domain), TMY_SPAN("transition_failed"));
	pr_warn("TOMOYO: ERROR: Domain '%.*s' not defined; '%.*s' goes on.\n", (int)length,
		decision->target, (int)name.length, name.at);
	return 0;
}

static int enter_target(struct execution *execution, struct tmy_scratch *scratch)
{
	const struct tmy_execution *decision = &scratch->execution;
	bool made;
	int error;

	if (decision->stay)
		return 0;
	execution->target = tmy_enter(tmy_kernel_policy, tmy_current_domain(),
				      tmy_span(decision->target, decision->length), &made, &error);
	if (!execution->target)
		return stay_in_domain(execution, scratch);
	if (made)
		tmy_audit_new_domain(execution->target);
	return 0;
}

/* Without memory to find out the target domain: as if it could not be entered. */
static int stay_in_domain_without_memory(const struct execution *execution)
{
	const char *called = execution->program.bprm->filename;
	struct tmy_domain *domain = tmy_current_domain();
	struct tmy_span name = tmy_domain_name(domain);

	if (execution_mode_is(execution, TMY_ENFORCING))
		return -ENOMEM;
	if (!tmy_transition_failed(tmy_kernel_policy, domain))
		return 0;
	tmy_audit_remark(domain, remark_config(domain), TMY_SPAN("transition_failed"));
	/* The name is controlled by the caller, hence escaped. */
	pr_warn("TOMOYO: ERROR: No memory to execute '%*pE'; '%.*s' goes on.\n",
		(int)strlen(called), called, (int)name.length, name.at);
	return 0;
}

static noinline int execute_slow(struct execution *execution)
{
	struct tmy_scratch *scratch;
	int error;

	do {
		if (tmy_scratch_alloc_filled(&execution->check, &scratch))
			return stay_in_domain_without_memory(execution);
		error = check_execution(execution, scratch);
		if (!error)
			error = enter_target(execution, scratch);
		tmy_scratch_free(scratch);
	} while (error == TMY_RETRY);
	return error;
}

/*
 * Is the name given to execve(2) the pathname of the file? Then no symbolic link was followed, and
 * no lookup is needed to find the program's name.
 */
static bool called_by_own_name(const struct linux_binprm *bprm)
{
	struct tmy_scratch *scratch = tmy_scratch_lock();
	/* Relative to the caller's root directory, as the name given to execve(2). */
	const char *name = d_path(&bprm->file->f_path, scratch->arena.at, (int)scratch->size);
	bool same = !IS_ERR(name) && !strcmp(name, bprm->filename);

	tmy_scratch_unlock();
	return same;
}

/* Return: 0 when @name is that of @file; -ENOENT when it is not, or does not exist; -ENOMEM. */
static int name_leads_to(const char *name, const struct file *file)
{
	struct path path;
	int error = tmy_lookup(name, LOOKUP_FOLLOW, &path);

	if (error)
		return error == -ENOMEM ? error : -ENOENT;
	if (d_backing_inode(path.dentry) != d_backing_inode(file->f_path.dentry))
		error = -ENOENT;
	path_put(&path);
	return error;
}

/*
 * The name of a program is that given to execve(2), a symbolic link in its last component not
 * followed (2.7, step 1). It may lead to another file by now than the one that was opened
 * (specification 9, D-15): then the pathname of that file is used. Lack of memory is an error, as
 * it must not decide which of the two it is.
 *
 * Return: 0: it is the name of @path, to be put; -ENOENT: it is that of bprm->file; -ENOMEM.
 */
static int resolve_program_name(const struct linux_binprm *bprm, struct path *path)
{
	const struct inode *inode;
	int error;

	if (called_by_own_name(bprm))
		return -ENOENT;
	error = tmy_lookup(bprm->filename, 0, path);
	if (error)
		return error == -ENOMEM ? error : -ENOENT;
	inode = d_backing_inode(path->dentry);
	if (inode && S_ISLNK(inode->i_mode))
		error = name_leads_to(bprm->filename, bprm->file);
	else if (inode != d_backing_inode(bprm->file->f_path.dentry))
		error = -ENOENT;
	if (error)
		path_put(path);
	return error;
}

static int check_program(struct linux_binprm *bprm, struct tmy_security *security)
{
	struct execution execution = {
		.check = {
			.kind = TMY_PATH,
			.operation = TMY_EXECUTE,
			.config = tmy_domain_config(security->task.domain, TMY_ITEM_FILE_EXECUTE),
			.names = { { .type = TMY_OF_PATH, .path = &bprm->file->f_path } },
			.objects = { &bprm->file->f_path },
		},
		.program = { .bprm = bprm },
	};
	struct path path;
	int unresolved = resolve_program_name(bprm, &path), error = 0;

	execution.check.program = &execution.program;
	if (!unresolved)
		execution.check.names[0].path = &path;
	if (unresolved == -ENOMEM)
		error = stay_in_domain_without_memory(&execution);
	else if (!execute_fast(&execution))
		error = execute_slow(&execution);
	if (!unresolved)
		path_put(&path);
	if (!error) {
		if (execution.target)
			tmy_task_prepare(&security->task, execution.target);
		error = tmy_check_environment(&execution.program, tmy_task_domain(&security->task),
					      execution.check.retries);
	}
	tmy_program_release(&execution.program);
	return error;
}

/* An interpreter or ELF loader is checked as "file read" in the new domain (2.12). */
static int check_interpreter(struct linux_binprm *bprm, struct tmy_security *security)
{
	struct tmy_domain *domain = tmy_task_domain(&security->task);
	struct tmy_check check = {
		.kind = TMY_PATH,
		.operation = TMY_READ,
		.config = tmy_domain_config(domain, TMY_ITEM_FILE_OPEN),
		.names = { { .type = TMY_OF_PATH, .path = &bprm->file->f_path } },
		.objects = { &bprm->file->f_path },
		.domain = domain,
	};

	return check.config ? tmy_check(&check) : 0;
}

/* Drops the pending transition of an earlier execution that failed (specification 9, D-01). */
static int bprm_creds_for_exec(struct linux_binprm *bprm)
{
	struct tmy_security *security = tmy_security(current);

	tmy_task_abort(&security->task);
	security->program_checked = false;
	if (!tmy_active())
		tmy_boot_trigger(bprm->filename);
	return 0;
}

static int bprm_check_security(struct linux_binprm *bprm)
{
	struct tmy_security *security = tmy_security(current);

	if (security->program_checked)
		return check_interpreter(bprm, security);
	security->program_checked = true;
	return check_program(bprm, security);
}

#ifdef TMY_HAVE_CONST_COMMITTED_CREDS
static void bprm_committed_creds(const struct linux_binprm *bprm)
#else
static void bprm_committed_creds(struct linux_binprm *bprm)
#endif
{
	tmy_task_commit(&tmy_security(current)->task);
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(bprm_creds_for_exec, bprm_creds_for_exec),
	LSM_HOOK_INIT(bprm_check_security, bprm_check_security),
	LSM_HOOK_INIT(bprm_committed_creds, bprm_committed_creds),
};

void __init tmy_hooks_execute(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
