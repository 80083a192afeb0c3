/* SPDX-License-Identifier: GPL-2.0-only */
/* Learn: adds the entry that grants a request, in learning mode; prints requests as entries (kernel
 * ABI specification 7.5, 7.7). */
#ifndef TMY_ENGINE_LEARN_H
#define TMY_ENGINE_LEARN_H

#include "request.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Prints a request as the entry that would grant it, without conditions, as audit records do. */
void tmy_put_request(struct tmy_text *text, const struct tmy_request *request);

/*
 * Prints the conditions that learning adds, each with a leading space: of "file execute" the real
 * path and argv[0], if it is known and not cut off; of "file symlink" the target.
 */
void tmy_put_request_conditions(struct tmy_text *text, const struct tmy_request *request);

enum tmy_learned {
	TMY_LEARNED,
	TMY_LEARNED_BEFORE, /* the entry exists already */
	TMY_QUOTA_REACHED,  /* not learned, and the flag quota_exceeded was set: to be reported */
	TMY_QUOTA_EXCEEDED, /* not learned, the flag quota_exceeded was set before */
	TMY_NOT_LEARNED,    /* no memory, or the request cannot be written as an entry */
};

/*
 * tmy_learn - append the entry that grants a request to a domain
 *
 * Takes constant time, independent of the number of entries. Context: takes the policy's lock, may
 * sleep.
 */
enum tmy_learned tmy_learn(struct tmy_policy *policy, struct tmy_domain *domain,
			   const struct tmy_request *request);

#ifdef __cplusplus
}
#endif

#endif
