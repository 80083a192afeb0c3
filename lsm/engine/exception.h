/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exception: one line of exception policy without its namespace, as text: parsed and printed
 * without a policy (kernel ABI specification 6.1).
 */
#ifndef TMY_ENGINE_EXCEPTION_H
#define TMY_ENGINE_EXCEPTION_H

#include "entry.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Transition control comes first, in the order in which it is evaluated (2.9). */
enum tmy_exception_type {
	TMY_NO_RESET_DOMAIN,
	TMY_RESET_DOMAIN,
	TMY_NO_INITIALIZE_DOMAIN,
	TMY_INITIALIZE_DOMAIN,
	TMY_NO_KEEP_DOMAIN,
	TMY_KEEP_DOMAIN,
	TMY_TRANSITION_CONTROLS,
	TMY_AGGREGATOR = TMY_TRANSITION_CONTROLS,
	TMY_PATH_GROUP,
	TMY_NUMBER_GROUP,
	TMY_ADDRESS_GROUP,
	TMY_ACL_GROUP,
	TMY_EXCEPTIONS,
};

/* Spans point into the line. */
struct tmy_exception {
	u8 type;      /* enum tmy_exception_type */
	u8 acl_group; /* of TMY_ACL_GROUP */
	/*
	 * Transition control: the program; at is NULL for "any". Aggregator: the original name.
	 * Groups: the name of the group.
	 */
	struct tmy_span name;
	/*
	 * Transition control: the domain, in full or its last word; at is NULL for "any".
	 * Aggregator: the new name. Path group: the member.
	 */
	struct tmy_span second;
	struct tmy_number number;   /* of a number group */
	struct tmy_address address; /* of an address group */
	struct tmy_entry entry;	    /* of TMY_ACL_GROUP */
};

/* "path_group", "no_keep_domain"... */
struct tmy_span tmy_exception_word(enum tmy_exception_type type);

/*
 * Parses a line. On error *@exception is undefined, except for type, which is TMY_EXCEPTIONS when
 * the first word is unknown, and for entry when type is TMY_ACL_GROUP (tmy_parse_entry()).
 */
bool tmy_parse_exception(struct tmy_span line, struct tmy_exception *exception,
			 struct tmy_problem *problem);

/* Prints the line in canonical form. */
void tmy_put_exception(struct tmy_text *text, const struct tmy_exception *exception);

#ifdef __cplusplus
}
#endif

#endif
