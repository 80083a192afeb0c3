/* SPDX-License-Identifier: GPL-2.0-only */
/* Namespace: an independent set of exception policy, profiles and domains (kernel ABI
 * specification 1.11). */
#ifndef TMY_ENGINE_NAMESPACE_H
#define TMY_ENGINE_NAMESPACE_H

#include "state.h"

extern const struct tmy_list_type tmy_namespace_list;

/*
 * Namespaces are not freed before the policy. All functions below are for writers; those that
 * change something need the policy's lock held exclusively.
 */

/* Finds a namespace. Return: NULL when there is none. */
struct tmy_namespace *tmy_namespace_find(struct tmy_policy *policy, struct tmy_span name);

/* Finds or creates a namespace. Return: NULL without memory. */
struct tmy_namespace *tmy_namespace_get(struct tmy_policy *policy, struct tmy_span name);

/* The name of the namespace of a domain: the first word of the domain's name. */
struct tmy_span tmy_namespace_of(struct tmy_span domain);

/*
 * Apply a line of exception policy or profile, without its namespace. @remove: the line was
 * preceded by "delete ". Return: as tmy_stream_write().
 */
int tmy_exception_write(struct tmy_policy *policy, struct tmy_namespace *space,
			struct tmy_span line, bool remove, struct tmy_problem *problem);
int tmy_profile_write(struct tmy_policy *policy, struct tmy_namespace *space, struct tmy_span line,
		      struct tmy_problem *problem);

/* Finds or defines a profile. Return: NULL without memory. */
struct tmy_profile *tmy_profile_get(struct tmy_policy *policy, struct tmy_namespace *space,
				    u8 number);

/* The comment of a profile. */
struct tmy_span tmy_profile_comment(const struct tmy_namespace *space, u8 number);

/* When the policy is destroyed: tmy_namespace_clear() drops all that may refer to groups,
 * tmy_namespace_free() the groups and the rest. There must be no readers. */
void tmy_namespace_clear(struct tmy_policy *policy, struct tmy_namespace *space);
void tmy_namespace_free(struct tmy_policy *policy, struct tmy_namespace *space);

#endif
