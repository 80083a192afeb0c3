/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Execute: decides an execution and the domain that it leads to (kernel ABI specification 2.7 -
 * 2.11).
 *
 * A hook calls tmy_execute(), handles the verdict as the mode says, and calls tmy_enter() to find
 * or create the target domain. The domain of the task is changed only when the execution can no
 * longer fail, see struct tmy_task.
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
	 * In: domain, facts, scratch, and names[0], the program's name. Out: names[0], replaced
	 * when an aggregator matches, and the result. As the new name may be longer, scratch must
	 * have at least TMY_MATCH_SCRATCH(TMY_DOMAIN_MAX_LENGTH) elements.
	 */
	struct tmy_request request;

	/* Out. */
	u8 verdict;  /* enum tmy_verdict; on TMY_NEEDS_ARGUMENTS nothing below is set */
	bool stay;   /* the domain does not change, there is no target */
	bool strict; /* if the target cannot be entered the execution fails in every mode (2.11) */
	size_t length; /* of target, which is cut off if it exceeds TMY_DOMAIN_MAX_LENGTH */
	char target[TMY_DOMAIN_MAX_LENGTH];
};

/*
 * tmy_execute - decide an execution and determine its target domain (2.7, steps 2 - 5)
 *
 * The target is also set when the execution is denied, as it goes on in permissive mode. names[0]
 * has to be set again before another call. Context: read section, does not sleep.
 */
void tmy_execute(const struct tmy_policy *policy, struct tmy_execution *execution);

/*
 * tmy_enter_existing - find a domain that a task may enter (2.10)
 * @error: on failure, -ENOENT when it must not be entered; 0 when it does not exist
 *
 * Context: takes no lock, does not sleep. Return: the domain, with a reference for the caller, to
 * be dropped with tmy_domain_put(); NULL on failure.
 */
struct tmy_domain *tmy_enter_existing(struct tmy_policy *policy, struct tmy_span name, int *error);

/*
 * tmy_enter - find or create a domain that a task in @from may enter (2.10)
 * @made: whether it was created
 * @error: on failure, -EINVAL, -ENOENT or -ENOMEM
 *
 * Context: may sleep. Return: the domain, with a reference for the caller, to be dropped with
 * tmy_domain_put(); NULL on failure.
 */
struct tmy_domain *tmy_enter(struct tmy_policy *policy, const struct tmy_domain *from,
			     struct tmy_span name, bool *made, int *error);

/* Sets a domain's flag transition_failed (2.11). May sleep. Return: true when it was not set. */
bool tmy_transition_failed(struct tmy_policy *policy, struct tmy_domain *domain);

/*
 * The domain of a task, in its security blob. Written by the task itself only, so there is no lock;
 * others may read domain in a read section. Both pointers hold a reference.
 */
struct tmy_task {
	struct tmy_domain *domain;
	struct tmy_domain *pending; /* target of an execution that may still fail; NULL: none */
};

/* The domain that further checks of the execution in progress are made for. */
static inline struct tmy_domain *tmy_task_domain(const struct tmy_task *task)
{
	return task->pending ? task->pending : task->domain;
}

/* Initialises a new task, whose domain is that of its parent. Takes a reference to @domain. */
void tmy_task_init(struct tmy_task *task, struct tmy_domain *domain);
void tmy_task_exit(struct tmy_task *task);

/* Set, apply or drop the pending domain. tmy_task_prepare() consumes a reference to @domain, which
 * may be NULL. */
void tmy_task_prepare(struct tmy_task *task, struct tmy_domain *domain);
void tmy_task_commit(struct tmy_task *task); /* the execution can no longer fail */
void tmy_task_abort(struct tmy_task *task);  /* the execution has failed */

#ifdef __cplusplus
}
#endif

#endif
