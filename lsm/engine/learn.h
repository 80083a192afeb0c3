/* SPDX-License-Identifier: GPL-2.0-only */
/* Learn: from a request that was not granted to the entry that grants it (kernel ABI
 * specification 7.5, 7.7). */
#ifndef TMY_ENGINE_LEARN_H
#define TMY_ENGINE_LEARN_H

#include "request.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Prints a request as the line that would grant it, without conditions: the body of an audit
 * record. */
void tmy_put_request(struct tmy_text *text, const struct tmy_request *request);

/*
 * Prints the conditions that learning adds, with a space in front of each: the real path and the
 * first argument of a program, as far as they are known and not too long; the target of a symbolic
 * link.
 */
void tmy_put_request_conditions(struct tmy_text *text, const struct tmy_request *request);

enum tmy_learned {
	TMY_LEARNED,
	TMY_LEARNED_BEFORE, /* such an entry is there, by now */
	TMY_QUOTA_REACHED,  /* nothing was learned, and this is the first time: it is to be reported
			     */
	TMY_QUOTA_EXCEEDED, /* nothing was learned */
	TMY_NOT_LEARNED,    /* for lack of memory */
};

/*
 * tmy_learn - append the entry that grants a request to its domain
 *
 * In constant time, however many entries the domain has. May sleep.
 */
enum tmy_learned tmy_learn(struct tmy_policy *policy, struct tmy_domain *domain,
			   const struct tmy_request *request);

#ifdef __cplusplus
}
#endif

#endif
