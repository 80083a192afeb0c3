// SPDX-License-Identifier: GPL-2.0-only
/* Check: an access that a hook wants to have decided, on the fast path and on the slow path. */
#include "audit.h"
#include "counters.h"
#include "engine/learn.h"
#include "program.h"
#include "query.h"

DEFINE_STATIC_KEY_FALSE(tmy_active_key);

u8 tmy_domain_config(const struct tmy_domain *domain, enum tmy_item item)
{
	u8 config = tmy_config(tmy_kernel_policy, domain, item);

	return config & TMY_CONFIG_MODE ? config : TMY_DISABLED;
}

u8 tmy_current_config(enum tmy_item item)
{
	return tmy_domain_config(tmy_current_domain(), item);
}

static void learn_request(struct tmy_scratch *scratch, struct tmy_domain *domain, u8 config)
{
	struct tmy_span name = tmy_domain_name(domain);

	if (tmy_learn(tmy_kernel_policy, domain, &scratch->execution.request) != TMY_QUOTA_REACHED)
		return;
	tmy_audit_consequence(scratch, config, TMY_SPAN("quota_exceeded"));
	pr_warn("TOMOYO: WARNING: Domain '%.*s' has too many ACLs to hold; it learns no more.\n",
		(int)name.length, name.at);
}

int tmy_handle_denied(struct tmy_scratch *scratch, struct tmy_check *check)
{
	u8 mode = check->config & TMY_CONFIG_MODE;
	struct tmy_domain *domain = check->domain ? check->domain : tmy_current_domain();

	tmy_count_violation(mode);
	if (tmy_audit_wanted(domain, check->config & TMY_CONFIG_REJECT_LOG))
		tmy_audit(scratch, check->config, false);
	if (mode == TMY_LEARNING)
		learn_request(scratch, domain, check->config);
	if (mode != TMY_ENFORCING)
		return 0;
	switch (tmy_query_ask(scratch, check->config, check->retries)) {
	case TMY_ANSWER_YES:
		return 0;
	case TMY_ANSWER_RETRY:
		check->retries++;
		return TMY_RETRY;
	default:
		return -EPERM;
	}
}

/* Reads argv and envp of the program first, as the log has them. They may be unreadable. */
static enum tmy_verdict decide_slow(struct tmy_scratch *scratch, struct tmy_check *check,
				    bool *logged)
{
	struct tmy_request *request = &scratch->execution.request;
	enum tmy_verdict verdict;

	if (check->program)
		tmy_program_read(check->program);
	tmy_read_begin();
	verdict = tmy_decide(tmy_kernel_policy, request);
	*logged = verdict == TMY_GRANTED && tmy_grant_logged(request, check->config);
	tmy_read_end();
	return verdict;
}

static int check_slow_once(struct tmy_scratch *scratch, struct tmy_check *check)
{
	bool logged;
	enum tmy_verdict verdict = decide_slow(scratch, check, &logged);

	if (scratch->facts.failed) {
		check->arguments = tmy_check_load_arguments(check);
		return TMY_RETRY;
	}
	if (verdict != TMY_GRANTED)
		return tmy_handle_denied(scratch, check);
	if (tmy_audit_wanted(scratch->execution.request.domain, logged))
		tmy_audit(scratch, check->config, true);
	return 0;
}

static noinline int check_slow(struct tmy_check *check)
{
	struct tmy_scratch *scratch;
	int error;

	do {
		error = tmy_scratch_alloc_filled(check, &scratch);
		/* Without memory the names are not known, so nothing can be granted. */
		if (error)
			return (check->config & TMY_CONFIG_MODE) == TMY_ENFORCING ? -ENOMEM : 0;
		error = check_slow_once(scratch, check);
		tmy_scratch_free(scratch);
	} while (error == TMY_RETRY);
	return error;
}

/*
 * Return: true when the request is granted and not to be logged. @needs_arguments: becomes true
 * when it may be once argv and envp have been loaded.
 */
static bool check_fast(struct tmy_check *check, bool *needs_arguments)
{
	struct tmy_scratch *scratch = tmy_scratch_lock();
	bool settled = false;

	*needs_arguments = false;
	if (!tmy_scratch_fill(scratch, check)) {
		struct tmy_request *request = &scratch->execution.request;
		enum tmy_verdict verdict;

		tmy_read_begin();
		verdict = tmy_decide(tmy_kernel_policy, request);
		settled = verdict == TMY_GRANTED && !scratch->facts.failed &&
			  !tmy_grant_logged(request, check->config);
		*needs_arguments = verdict == TMY_NEEDS_ARGUMENTS;
		tmy_read_end();
	}
	*needs_arguments |= check->program && check->program->page_missing;
	tmy_scratch_unlock();
	return settled;
}

bool tmy_check_load_arguments(struct tmy_check *check)
{
	struct tmy_program *program = check->program;
	bool found = check->arguments;

	if (!program)
		return false;
	if (!program->fault_ins || program->page_missing) {
		if (tmy_program_fault_in(program))
			return false;
		found = false;
	}
	check->arguments = true;
	return !found;
}

int tmy_check(struct tmy_check *check)
{
	bool needs_arguments;

	do {
		if (check_fast(check, &needs_arguments))
			return 0;
	} while (needs_arguments && tmy_check_load_arguments(check));
	return check_slow(check);
}
