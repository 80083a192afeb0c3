/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requirement: the conditions and the transition argument of an entry in compiled form, with their
 * canonical text (kernel ABI specification 4).
 *
 * It is the value of an atom, which is shared by all entries with the same conditions.
 */
#ifndef TMY_ENGINE_REQUIREMENT_H
#define TMY_ENGINE_REQUIREMENT_H

#include "atom.h"
#include "request.h"

struct tmy_group;
struct tmy_namespace;

/* An operand of a condition: struct tmy_operand with names and groups resolved. */
struct tmy_side {
	u8 type;    /* enum tmy_operand_type */
	u8 keyword; /* enum tmy_keyword */
	u32 index;
	struct tmy_number number;
	const struct tmy_atom *name; /* NULL: none, or the empty string */
	struct tmy_group *group;
};

/* A condition. */
struct tmy_test {
	struct tmy_side left, right;
	u32 equal; /* 1: =, 0: != */
	u32 zero;
};

struct tmy_requirement {
	const struct tmy_atom *target; /* of TMY_TO_DOMAIN and TMY_TO_PATH; NULL otherwise */
	u32 tests;		       /* number of conditions */
	u32 length;		       /* of the canonical text */
	u8 transition;		       /* enum tmy_transition_type */
	u8 grant_log;		       /* enum tmy_grant_log */
	u8 needs_arguments;	       /* a condition refers to argv or envp */
	u8 zero[5];
	struct tmy_test test[];
	/* Followed by the canonical text. */
};

static inline struct tmy_span tmy_requirement_text(const struct tmy_requirement *requirement)
{
	return tmy_span((const char *)&requirement->test[requirement->tests], requirement->length);
}

/*
 * tmy_requirement_intern - compile conditions
 * @text: must be correct (tmy_check_conditions()) and not empty
 * @transition: may a transition argument come first?
 *
 * Context: under the policy's lock, which must be exclusive if the conditions refer to groups.
 * Return: the atom, with a reference; NULL without memory.
 */
const struct tmy_atom *tmy_requirement_intern(struct tmy_policy *policy,
					      struct tmy_namespace *space, struct tmy_span text,
					      bool transition);

/* Drops the references that a requirement holds. For writers. */
void tmy_requirement_release(struct tmy_policy *policy, const struct tmy_requirement *requirement);

/*
 * tmy_requirement_verdict - evaluate all conditions (4.3)
 *
 * Context: read section. Return: TMY_GRANTED when all hold; TMY_NEEDS_ARGUMENTS when argv or envp
 * has to be loaded to decide; else TMY_DENIED.
 */
enum tmy_verdict tmy_requirement_verdict(const struct tmy_policy *policy,
					 const struct tmy_requirement *requirement,
					 const struct tmy_request *request);

#endif
