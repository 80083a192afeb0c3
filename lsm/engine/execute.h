/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Execute: which domain a program comes to run in (kernel ABI specification 2.7 - 2.11).
 *
 * A hook asks tmy_execute() what is to happen, deals with the verdict as the mode says, and lets
 * tmy_enter() find or make the target. The domain changes when the execution can no longer fail:
 * see struct tmy_task.
 */
#ifndef TMY_ENGINE_EXECUTE_H
#define TMY_ENGINE_EXECUTE_H

#include "request.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tmy_execution {
	/*
	 * In: domain, facts, scratch, and names[0], the program's name. Out: names[0] is what an
	 * aggregator made of it, and what the request's answer consists of. As that may be longer,
	 * scratch is at least TMY_MATCH_SCRATCH(TMY_DOMAIN_MAX_LENGTH).
	 */
	struct tmy_request request;

	/* Out. */
	u8 verdict;    /* enum tmy_verdict; on TMY_NEEDS_ARGUMENTS nothing below is set */
	bool stay;     /* the domain remains as it is */
	bool strict;   /* that the target cannot be entered fails the execution in every mode (2.11)
			*/
	size_t length; /* of target; more than TMY_DOMAIN_MAX_LENGTH: the name is too long and
			  incomplete */
	char target[TMY_DOMAIN_MAX_LENGTH];
};

/*
 * tmy_execute - may the program be executed, and which domain does that lead to (2.7, steps 2 - 5)?
 *
 * The target is that of an execution that goes on, be it granted or only not prevented. For
 * readers. To try again, set names[0] anew.
 */
void tmy_execute(const struct tmy_policy *policy, struct tmy_execution *execution);

/*
 * tmy_enter_existing - a domain that is there and may be entered (2.10)
 *
 * Takes no lock and does not sleep. Return: the domain, kept for the caller; NULL with -ENOENT in
 * @error when it must not be entered, 0 when it would have to be made.
 */
struct tmy_domain *tmy_enter_existing(struct tmy_policy *policy, struct tmy_span name, int *error);

/*
 * tmy_enter - find or make a domain that a task in @from may enter (2.10)
 * @made: whether it was made
 *
 * May sleep. Return: the domain, kept for the caller (tmy_domain_put()); NULL with -EINVAL, -ENOENT
 * or -ENOMEM in @error.
 */
struct tmy_domain *tmy_enter(struct tmy_policy *policy, const struct tmy_domain *from,
			     struct tmy_span name, bool *made, int *error);

/* Notes that an execution went on in its old domain (2.11). Return: true when it is the first time.
 * May sleep. */
bool tmy_transition_failed(struct tmy_policy *policy, struct tmy_domain *domain);

/*
 * The domain of a task. Only the task itself changes it, so nothing is locked; others read domain.
 * Both domains are kept.
 */
struct tmy_task {
	struct tmy_domain *domain;
	struct tmy_domain *pending; /* an execution that may still fail leads there; NULL: none */
};

/* The domain in which the execution that is under way is checked further. */
static inline struct tmy_domain *tmy_task_domain(const struct tmy_task *task)
{
	return task->pending ? task->pending : task->domain;
}

/* A task begins in a domain; a child in that of its parent. */
void tmy_task_init(struct tmy_task *task, struct tmy_domain *domain);
void tmy_task_exit(struct tmy_task *task);

/* The execution leads to @domain, which was kept for the task; NULL: it stays where it is. */
void tmy_task_prepare(struct tmy_task *task, struct tmy_domain *domain);
void tmy_task_commit(struct tmy_task *task); /* it can no longer fail */
void tmy_task_abort(struct tmy_task *task);  /* it has failed, or never began */

#ifdef __cplusplus
}
#endif

#endif
