/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requirement: the conditions of an entry, ready to be evaluated, with their canonical text (kernel
 * ABI specification 4).
 *
 * It is an atom, so entries with the same conditions share it.
 */
#ifndef TMY_ENGINE_REQUIREMENT_H
#define TMY_ENGINE_REQUIREMENT_H

#include "atom.h"
#include "request.h"

struct tmy_group;
struct tmy_namespace;

/* One side of a condition: as in struct tmy_operand, with names and groups looked up. */
struct tmy_side {
	u8 type;    /* enum tmy_operand_type */
	u8 keyword; /* enum tmy_keyword */
	u32 index;
	struct tmy_number number;
	const struct tmy_atom *name; /* NULL: none, or the empty string */
	struct tmy_group *group;
};

struct tmy_test {
	struct tmy_side left, right;
	u32 equal; /* 1: =, 0: != */
	u32 zero;
};

struct tmy_requirement {
	const struct tmy_atom *target; /* of TMY_TO_DOMAIN and TMY_TO_PATH; NULL otherwise */
	u32 tests;		       /* how many */
	u32 length;		       /* bytes of the text */
	u8 transition;		       /* enum tmy_transition_type */
	u8 grant_log;		       /* enum tmy_grant_log */
	u8 needs_arguments;	       /* argv or envp is asked for */
	u8 zero[5];
	struct tmy_test test[];
	/* Behind the tests: the canonical text. */
};

static inline struct tmy_span tmy_requirement_text(const struct tmy_requirement *requirement)
{
	return tmy_span((const char *)&requirement->test[requirement->tests], requirement->length);
}

/*
 * tmy_requirement_intern - from the text of conditions, which must be correct and not empty
 * @transition: may a transition argument come first?
 *
 * For writers. Return: NULL without memory.
 */
const struct tmy_atom *tmy_requirement_intern(struct tmy_policy *policy,
					      struct tmy_namespace *space, struct tmy_span text,
					      bool transition);

/* Gives back what a requirement refers to. For writers. */
void tmy_requirement_release(struct tmy_policy *policy, const struct tmy_requirement *requirement);

/*
 * tmy_requirement_verdict - do all conditions hold (4.3)?
 *
 * For readers. Return: TMY_GRANTED when they do.
 */
enum tmy_verdict tmy_requirement_verdict(const struct tmy_policy *policy,
					 const struct tmy_requirement *requirement,
					 const struct tmy_request *request);

#endif
