// SPDX-License-Identifier: GPL-2.0-only
/* Execute: a program is executed, and its task comes into another domain (kernel ABI specification
 * 2.7 - 2.12). */
#include <linux/fs.h>

#include "audit.h"
#include "boot.h"
#include "compat/hooks.h"
#include "engine/word.h"
#include "hooks/execute.h"
#include "lookup.h"

/* An execution that is being judged. */
struct execution {
	struct tmy_check check;
	struct tmy_program program;
	struct tmy_domain *target; /* kept; NULL: the domain stays as it is */
};

/* What applies to remarks, which are made in any mode. */
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

static bool mode_is(const struct execution *execution, enum tmy_mode mode)
{
	return (execution->check.config & TMY_CONFIG_MODE) == mode;
}

/* Is there anything to do beside entering the target? */
static bool settled(const struct execution *execution, const struct tmy_execution *decision)
{
	if (decision->verdict == TMY_NEEDS_ARGUMENTS)
		return false;
	if (mode_is(execution, TMY_DISABLED))
		return true;
	return decision->verdict == TMY_GRANTED &&
	       !tmy_grant_logged(&decision->request, execution->check.config);
}

/*
 * Decides in the room of this processor. @needs_arguments: is that all that is missing? Return:
 * false when it takes memory or sleep.
 */
static bool execute_in_room(struct execution *execution, bool *needs_arguments)
{
	struct tmy_room *room = tmy_room_enter();
	struct tmy_execution *decision = &room->execution;
	bool done = false;
	int error = tmy_room_fill(room, &execution->check);

	*needs_arguments = execution->program.absent;
	if (!error) {
		tmy_read_begin();
		tmy_execute(tmy_kernel_policy, decision);
		done = !room->facts.failed && settled(execution, decision);
		*needs_arguments =
			decision->verdict == TMY_NEEDS_ARGUMENTS || execution->program.absent;
		tmy_read_end();
	}
	if (done && !decision->stay && decision->length <= TMY_DOMAIN_MAX_LENGTH)
		execution->target = tmy_enter_existing(
			tmy_kernel_policy, tmy_span(decision->target, decision->length), &error);
	done = done && (decision->stay || execution->target);
	tmy_room_leave();
	return done;
}

/* Return: false when it takes memory. */
static bool execute_quickly(struct execution *execution)
{
	bool needs_arguments;

	do {
		if (execute_in_room(execution, &needs_arguments))
			return true;
	} while (needs_arguments && tmy_want_arguments(&execution->check));
	return false;
}

/* What names the program may be of an aggregator that is gone when this is read. */
static int keep_name(struct tmy_room *room)
{
	struct tmy_span *name = &room->execution.request.names[0].text;
	struct tmy_arena *arena = &room->arena;

	if (name->at >= arena->at && name->at < arena->at + room->size)
		return 0;
	if (arena->back - arena->front < name->length)
		return -ENOMEM;
	memcpy(arena->at + arena->front, name->at, name->length);
	*name = tmy_span(arena->at + arena->front, name->length);
	arena->front += name->length;
	return 0;
}

static int decide(struct tmy_room *room, bool *logged)
{
	struct tmy_execution *decision = &room->execution;
	int error;

	tmy_read_begin();
	tmy_execute(tmy_kernel_policy, decision);
	*logged = decision->verdict == TMY_GRANTED &&
		  tmy_grant_logged(&decision->request, room->check->config);
	error = keep_name(room);
	tmy_read_end();
	return error;
}

/* Deals with the verdict. Return: 0, -EPERM, TMY_RETRY, -ENOMEM. */
static int judge(struct execution *execution, struct tmy_room *room)
{
	bool logged;
	int error;

	if (!mode_is(execution, TMY_DISABLED))
		tmy_program_read(&execution->program); /* records say so when this fails */
	error = decide(room, &logged);
	if (room->facts.failed) {
		execution->check.arguments = tmy_want_arguments(&execution->check);
		return TMY_RETRY;
	}
	if (error || mode_is(execution, TMY_DISABLED))
		return error;
	if (room->execution.verdict != TMY_GRANTED)
		return tmy_refuse(room, &execution->check);
	if (tmy_audit_wanted(room->execution.request.domain, logged))
		tmy_audit(room, execution->check.config, true);
	return 0;
}

/* The target cannot be entered (2.11). */
static int stay(struct execution *execution, struct tmy_room *room)
{
	const struct tmy_execution *decision = &room->execution;
	struct tmy_domain *domain = tmy_current_domain();
	struct tmy_span name = tmy_domain_name(domain);
	size_t length = min_t(size_t, decision->length, sizeof(decision->target));

	if (decision->strict || mode_is(execution, TMY_ENFORCING)) {
		pr_warn_ratelimited("TOMOYO: ERROR: Domain '%.*s' not ready.\n", (int)length,
				    decision->target);
		return -ENOMEM;
	}
	if (!tmy_transition_failed(tmy_kernel_policy, domain))
		return 0;
	tmy_program_read(&execution->program); /* the record has them in any mode */
	tmy_audit_consequence(room, remark_config(domain), TMY_SPAN("transition_failed"));
	pr_warn("TOMOYO: ERROR: Domain '%.*s' not defined; '%.*s' goes on.\n", (int)length,
		decision->target, (int)name.length, name.at);
	return 0;
}

static int enter(struct execution *execution, struct tmy_room *room)
{
	const struct tmy_execution *decision = &room->execution;
	bool made;
	int error;

	if (decision->stay)
		return 0;
	execution->target = tmy_enter(tmy_kernel_policy, tmy_current_domain(),
				      tmy_span(decision->target, decision->length), &made, &error);
	if (!execution->target)
		return stay(execution, room);
	if (made)
		tmy_audit_new_domain(execution->target);
	return 0;
}

/* Where the program leads cannot even be found out: the same as if it could not be entered. */
static int stay_without_memory(const struct execution *execution)
{
	const char *called = execution->program.bprm->filename;
	struct tmy_domain *domain = tmy_current_domain();
	struct tmy_span name = tmy_domain_name(domain);

	if (mode_is(execution, TMY_ENFORCING))
		return -ENOMEM;
	if (!tmy_transition_failed(tmy_kernel_policy, domain))
		return 0;
	tmy_audit_remark(domain, remark_config(domain), TMY_SPAN("transition_failed"));
	/* Escaped, as the name is whatever the caller wants. */
	pr_warn("TOMOYO: ERROR: No memory to execute '%*pE'; '%.*s' goes on.\n",
		(int)strlen(called), called, (int)name.length, name.at);
	return 0;
}

static noinline int execute_slowly(struct execution *execution)
{
	struct tmy_room *room;
	int error;

	do {
		if (tmy_room_for(&execution->check, &room))
			return stay_without_memory(execution);
		error = judge(execution, room);
		if (!error)
			error = enter(execution, room);
		tmy_room_free(room);
	} while (error == TMY_RETRY);
	return error;
}

/*
 * Is the program called by the name that its file has? Then no symbolic link has led to it, and
 * nothing needs to be looked up once more.
 */
static bool called_by_own_name(const struct linux_binprm *bprm)
{
	struct tmy_room *room = tmy_room_enter();
	/* As the caller sees it: below its root directory. */
	const char *name = d_path(&bprm->file->f_path, room->arena.at, (int)room->size);
	bool same = !IS_ERR(name) && !strcmp(name, bprm->filename);

	tmy_room_leave();
	return same;
}

/* Return: 0: to this file; -ENOENT: to another one, or nowhere; -ENOMEM. */
static int leads_to(const char *name, const struct file *file)
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
 * The program's name is that of what it was called by, a last symbolic link not followed (2.7, step
 * 1). What is there by now may be something else than what was opened (specification 9, D-15): then
 * the file's own name is the one to trust. But lack of memory must not choose between the two.
 * Return: 0: it is @path's, to be put; -ENOENT: the caller's name is of no use; -ENOMEM.
 */
static int resolve(const struct linux_binprm *bprm, struct path *path)
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
		error = leads_to(bprm->filename, bprm->file);
	else if (inode != d_backing_inode(bprm->file->f_path.dentry))
		error = -ENOENT;
	if (error)
		path_put(path);
	return error;
}

static int judge_program(struct linux_binprm *bprm, struct tmy_security *security)
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
	int unresolved = resolve(bprm, &path), error = 0;

	execution.check.program = &execution.program;
	if (!unresolved)
		execution.check.names[0].path = &path;
	if (unresolved == -ENOMEM)
		error = stay_without_memory(&execution);
	else if (!execute_quickly(&execution))
		error = execute_slowly(&execution);
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

/* What reads the program is itself only read, by the new domain (2.12). */
static int judge_interpreter(struct linux_binprm *bprm, struct tmy_security *security)
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

/* An execution begins. What is left of one that failed goes (specification 9, D-01). */
static int bprm_creds_for_exec(struct linux_binprm *bprm)
{
	struct tmy_security *security = tmy_security(current);

	tmy_task_abort(&security->task);
	security->judged = false;
	if (!tmy_active())
		tmy_boot_trigger(bprm->filename);
	return 0;
}

static int bprm_check_security(struct linux_binprm *bprm)
{
	struct tmy_security *security = tmy_security(current);

	if (security->judged)
		return judge_interpreter(bprm, security);
	security->judged = true;
	return judge_program(bprm, security);
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
