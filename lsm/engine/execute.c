// SPDX-License-Identifier: GPL-2.0-only
/* Execute: decides an execution and the domain that it leads to. */
#include "execute.h"
#include "control.h"
#include "domain.h"
#include "hash.h"
#include "namespace.h"
#include "requirement.h"

/* Sets the target to @first, or to @first and @second separated by a space. */
static void set_target(struct tmy_execution *execution, struct tmy_span first,
		       struct tmy_span second)
{
	struct tmy_text text = tmy_text(execution->target, sizeof(execution->target));

	tmy_put(&text, first);
	if (second.length) {
		tmy_put_char(&text, ' ');
		tmy_put(&text, second);
	}
	execution->length = text.length;
}

/* Sets the target to "<PROGRAM>", the root of the namespace named after the program. */
static void set_namespace_root(struct tmy_execution *execution, struct tmy_span program)
{
	struct tmy_text text = tmy_text(execution->target, sizeof(execution->target));

	tmy_put_char(&text, '<');
	tmy_put(&text, program);
	tmy_put_char(&text, '>');
	execution->length = text.length;
}

/* The name without its last word; a single word is its own parent. */
static struct tmy_span parent_domain_name(struct tmy_span name)
{
	size_t length = name.length;

	while (length && name.at[length - 1] != ' ')
		length--;
	return length ? tmy_span(name.at, length - 1) : name;
}

static struct tmy_span last_word(struct tmy_span name)
{
	size_t start = name.length;

	while (start && name.at[start - 1] != ' ')
		start--;
	return tmy_span(name.at + start, name.length - start);
}

/* Sets the target as the transition argument of the entry says (2.8). */
static void apply_transition_argument(struct tmy_execution *execution,
				      const struct tmy_requirement *requirement,
				      struct tmy_span candidate)
{
	const struct tmy_domain *domain = execution->request.domain;
	struct tmy_span name = tmy_domain_name(domain), none = tmy_span(NULL, 0);

	execution->strict = true;
	switch (requirement->transition) {
	case TMY_KEEP:
		execution->stay = true;
		break;
	case TMY_CHILD:
		set_target(execution, name, candidate);
		break;
	case TMY_INITIALIZE:
		set_target(execution, tmy_atom_text(domain->space->name), candidate);
		break;
	case TMY_RESET:
		set_namespace_root(execution, candidate);
		break;
	case TMY_PARENT:
		set_target(execution, parent_domain_name(name), none);
		break;
	case TMY_TO_DOMAIN:
		set_target(execution, tmy_atom_text(requirement->target), none);
		break;
	case TMY_TO_PATH:
		set_target(execution, name, tmy_atom_text(requirement->target));
		break;
	}
}

static const struct tmy_atom *find_word_atom(const struct tmy_policy *policy, struct tmy_span word)
{
	bool pattern = tmy_literal_prefix(word.at, word.length) < word.length;

	return tmy_atom_find(policy, pattern ? TMY_ATOM_PATTERN : TMY_ATOM_WORD, word,
			     tmy_hash(policy->secret, word));
}

/* Sets the target as transition control says (2.9). */
static void apply_transition_control(const struct tmy_policy *policy,
				     struct tmy_execution *execution, struct tmy_span candidate)
{
	const struct tmy_domain *domain = execution->request.domain;
	const struct tmy_namespace *space = domain->space;
	struct tmy_control_request request = {
		.program = find_word_atom(policy, candidate),
		.domain = domain->name,
		.last = find_word_atom(policy, last_word(tmy_domain_name(domain))),
	};

	if (!tmy_control_matches(space, TMY_NO_RESET_DOMAIN, &request) &&
	    tmy_control_matches(space, TMY_RESET_DOMAIN, &request)) {
		execution->strict = true;
		set_namespace_root(execution, candidate);
	} else if (!tmy_control_matches(space, TMY_NO_INITIALIZE_DOMAIN, &request) &&
		   tmy_control_matches(space, TMY_INITIALIZE_DOMAIN, &request)) {
		set_target(execution, tmy_atom_text(space->name), candidate);
	} else if ((!tmy_control_matches(space, TMY_NO_KEEP_DOMAIN, &request) &&
		    tmy_control_matches(space, TMY_KEEP_DOMAIN, &request)) ||
		   (domain == policy->kernel_domain && !READ_ONCE(policy->active))) {
		/* Before activation, <kernel> is only left by the cases above or a transition
		 * argument. */
		execution->stay = true;
	} else {
		set_target(execution, tmy_domain_name(domain), candidate);
	}
}

void tmy_execute(const struct tmy_policy *policy, struct tmy_execution *execution)
{
	struct tmy_request *request = &execution->request;
	struct tmy_request_name *program = &request->names[0];
	const struct tmy_atom *aggregated;
	struct tmy_span candidate;

	request->kind = TMY_PATH;
	request->operation = TMY_EXECUTE;
	program->hash = tmy_hash(policy->secret, program->text);
	program->atom = tmy_atom_find(policy, TMY_ATOM_WORD, program->text, program->hash);
	aggregated = tmy_aggregate(policy, request->domain->space, program, request->scratch);
	if (aggregated)
		program->text = tmy_atom_text(aggregated);

	execution->stay = false;
	execution->strict = false;
	execution->length = 0;
	execution->verdict = (u8)tmy_decide(policy, request);
	if (execution->verdict == TMY_NEEDS_ARGUMENTS)
		return;
	/* The domain is named after the entry that granted, which may be a pattern (9, D-02). */
	candidate = request->matched ? tmy_atom_text(request->matched) : program->text;
	if (request->requirement && request->requirement->transition != TMY_NO_TRANSITION)
		apply_transition_argument(execution, request->requirement, candidate);
	else
		apply_transition_control(policy, execution, candidate);
}

static bool may_enter_domain(const struct tmy_policy *policy, const struct tmy_domain *domain)
{
	return !READ_ONCE(policy->active) ||
	       tmy_dereference_check(domain->space->profiles[READ_ONCE(domain->profile)],
				     &policy->lock);
}

/*
 * Under policy->domains_lock. A new domain is in the namespace of @from, which therefore exists:
 * creating one would need the policy's lock held exclusively.
 */
static struct tmy_domain *find_or_create_domain(struct tmy_policy *policy,
						const struct tmy_domain *from, struct tmy_span name,
						bool *made, int *error)
{
	struct tmy_domain *domain = tmy_find_domain(policy, name);

	if (domain)
		return domain;
	*error = -ENOENT;
	if (!tmy_span_equal(tmy_namespace_of(name), tmy_atom_text(from->space->name)))
		return NULL;
	domain = tmy_domain_create(policy, name, from, error);
	*made = domain;
	if (domain)
		tmy_count_update(policy);
	return domain;
}

struct tmy_domain *tmy_enter_existing(struct tmy_policy *policy, struct tmy_span name, int *error)
{
	struct tmy_domain *domain;

	*error = 0;
	tmy_read_begin();
	domain = tmy_find_domain(policy, name);
	if (domain && may_enter_domain(policy, domain)) {
		tmy_domain_get(domain);
	} else if (domain) {
		*error = -ENOENT;
		domain = NULL;
	}
	tmy_read_end();
	return domain;
}

struct tmy_domain *tmy_enter(struct tmy_policy *policy, const struct tmy_domain *from,
			     struct tmy_span name, bool *made, int *error)
{
	struct tmy_domain *domain;

	*made = false;
	*error = -EINVAL;
	if (name.length > TMY_DOMAIN_MAX_LENGTH)
		return NULL;
	domain = tmy_enter_existing(policy, name, error);
	if (domain || *error)
		return domain;

	tmy_lock_shared(&policy->lock);
	tmy_lock(&policy->domains_lock);
	domain = find_or_create_domain(policy, from, name, made, error);
	tmy_unlock(&policy->domains_lock);
	if (domain && !*made && !may_enter_domain(policy, domain)) {
		*error = -ENOENT;
		domain = NULL;
	}
	if (domain)
		tmy_domain_get(domain);
	tmy_unlock_shared(&policy->lock);
	return domain;
}

bool tmy_transition_failed(struct tmy_policy *policy, struct tmy_domain *domain)
{
	bool first;

	tmy_lock_shared(&policy->lock);
	tmy_lock(tmy_domain_lock(policy, domain));
	first = !domain->transition_failed;
	WRITE_ONCE(domain->transition_failed, true);
	tmy_unlock(tmy_domain_lock(policy, domain));
	tmy_unlock_shared(&policy->lock);
	return first;
}

void tmy_task_init(struct tmy_task *task, struct tmy_domain *domain)
{
	task->domain = tmy_domain_get(domain);
	task->pending = NULL;
}

void tmy_task_exit(struct tmy_task *task)
{
	tmy_task_abort(task);
	tmy_domain_put(task->domain);
	task->domain = NULL;
}

void tmy_task_prepare(struct tmy_task *task, struct tmy_domain *domain)
{
	tmy_task_abort(task);
	task->pending = domain;
}

void tmy_task_commit(struct tmy_task *task)
{
	struct tmy_domain *old = task->domain;

	if (!task->pending)
		return;
	WRITE_ONCE(task->domain, task->pending);
	task->pending = NULL;
	tmy_domain_put(old);
}

void tmy_task_abort(struct tmy_task *task)
{
	tmy_domain_put(task->pending);
	task->pending = NULL;
}
