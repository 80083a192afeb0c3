/* SPDX-License-Identifier: GPL-2.0-only */
/* Namespace: an independent set of exception policy, profiles and domains (kernel ABI
 * specification 1.11). */
#ifndef TMY_ENGINE_NAMESPACE_H
#define TMY_ENGINE_NAMESPACE_H

#include "state.h"

extern const struct tmy_list_type tmy_namespace_list;

/* The namespace of this name; NULL when there is none. For writers. */
struct tmy_namespace *tmy_namespace_find(struct tmy_policy *policy, struct tmy_span name);

/* The same, but it is made when there is none. NULL: without memory. For writers. */
struct tmy_namespace *tmy_namespace_get(struct tmy_policy *policy, struct tmy_span name);

/* The name of the namespace that a domain of this name belongs to. */
struct tmy_span tmy_namespace_of(struct tmy_span domain);

/*
 * A line of exception policy or of profile behind its namespace; with @remove behind "delete ",
 * too. For writers. Return: as tmy_stream_write().
 */
int tmy_exception_write(struct tmy_policy *policy, struct tmy_namespace *space,
			struct tmy_span line, bool remove, struct tmy_problem *problem);
int tmy_profile_write(struct tmy_policy *policy, struct tmy_namespace *space, struct tmy_span line,
		      struct tmy_problem *problem);

/* Defines a profile unless it is. For writers. Return: NULL without memory. */
struct tmy_profile *tmy_profile_get(struct tmy_policy *policy, struct tmy_namespace *space,
				    u8 number);

/* The comment of a profile. For writers. */
struct tmy_span tmy_profile_comment(const struct tmy_namespace *space, u8 number);

/* At the end of a policy: first everything that refers to groups goes, then the groups. No reader
 * must be left. */
void tmy_namespace_clear(struct tmy_policy *policy, struct tmy_namespace *space);
void tmy_namespace_free(struct tmy_policy *policy, struct tmy_namespace *space);

#endif
