// SPDX-License-Identifier: GPL-2.0-only
/* Check: a question of a hook, and what becomes of it. */
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

static void learn(struct tmy_room *room, struct tmy_domain *domain, u8 config)
{
	struct tmy_span name = tmy_domain_name(domain);

	if (tmy_learn(tmy_kernel_policy, domain, &room->execution.request) != TMY_QUOTA_REACHED)
		return;
	tmy_audit_consequence(room, config, TMY_SPAN("quota_exceeded"));
	pr_warn("TOMOYO: WARNING: Domain '%.*s' has too many ACLs to hold; it learns no more.\n",
		(int)name.length, name.at);
}

int tmy_refuse(struct tmy_room *room, struct tmy_check *check)
{
	u8 mode = check->config & TMY_CONFIG_MODE;
	struct tmy_domain *domain = check->domain ? check->domain : tmy_current_domain();

	tmy_count_violation(mode);
	if (tmy_audit_wanted(domain, check->config & TMY_CONFIG_REJECT_LOG))
		tmy_audit(room, check->config, false);
	if (mode == TMY_LEARNING)
		learn(room, domain, check->config);
	if (mode != TMY_ENFORCING)
		return 0;
	switch (tmy_ask(room, check->config, check->retries)) {
	case TMY_ANSWER_YES:
		return 0;
	case TMY_ANSWER_RETRY:
		check->retries++;
		return TMY_RETRY;
	default:
		return -EPERM;
	}
}

/* Decides with everything that the decision may need, and in memory that may be kept. */
static enum tmy_verdict decide(struct tmy_room *room, struct tmy_check *check, bool *logged)
{
	struct tmy_request *request = &room->execution.request;
	enum tmy_verdict verdict;

	/* Whoever comes here may have arguments to be logged. */
	if (check->program)
		tmy_program_read(check->program);
	tmy_read_begin();
	verdict = tmy_decide(tmy_kernel_policy, request);
	*logged = verdict == TMY_GRANTED && tmy_grant_logged(request, check->config);
	tmy_read_end();
	return verdict;
}

static int judge(struct tmy_room *room, struct tmy_check *check)
{
	bool logged;
	enum tmy_verdict verdict = decide(room, check, &logged);

	if (room->facts.failed) {
		check->arguments = tmy_want_arguments(check);
		return TMY_RETRY;
	}
	if (verdict != TMY_GRANTED)
		return tmy_refuse(room, check);
	if (tmy_audit_wanted(room->execution.request.domain, logged))
		tmy_audit(room, check->config, true);
	return 0;
}

static noinline int check_slowly(struct tmy_check *check)
{
	struct tmy_room *room;
	int error;

	do {
		error = tmy_room_for(check, &room);
		/* Without memory there is no name, and without a name no permission. */
		if (error)
			return (check->config & TMY_CONFIG_MODE) == TMY_ENFORCING ? -ENOMEM : 0;
		error = judge(room, check);
		tmy_room_free(room);
	} while (error == TMY_RETRY);
	return error;
}

/* Is it granted, and nothing to be done about it? @needs_arguments: is that all that is missing? */
static bool granted_in_room(struct tmy_check *check, bool *needs_arguments)
{
	struct tmy_room *room = tmy_room_enter();
	bool settled = false;

	*needs_arguments = false;
	if (!tmy_room_fill(room, check)) {
		struct tmy_request *request = &room->execution.request;
		enum tmy_verdict verdict;

		tmy_read_begin();
		verdict = tmy_decide(tmy_kernel_policy, request);
		settled = verdict == TMY_GRANTED && !room->facts.failed &&
			  !tmy_grant_logged(request, check->config);
		*needs_arguments = verdict == TMY_NEEDS_ARGUMENTS;
		tmy_read_end();
	}
	*needs_arguments |= check->program && check->program->absent;
	tmy_room_leave();
	return settled;
}

bool tmy_want_arguments(struct tmy_check *check)
{
	struct tmy_program *program = check->program;
	bool found = check->arguments;

	if (!program)
		return false;
	if (!program->surveys || program->absent) {
		if (tmy_program_survey(program))
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
		if (granted_in_room(check, &needs_arguments))
			return 0;
	} while (needs_arguments && tmy_want_arguments(check));
	return check_slowly(check);
}
