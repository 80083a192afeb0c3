/* SPDX-License-Identifier: GPL-2.0-only */
/* Domain: one by one, found, made, changed and deleted (kernel ABI specification 2). */
#ifndef TMY_ENGINE_DOMAIN_H
#define TMY_ENGINE_DOMAIN_H

#include "line.h"
#include "state.h"

extern const struct tmy_list_type tmy_domain_list;

/*
 * tmy_domain_make - a domain that does not exist yet
 * @like: whose profile and groups it gets; NULL: profile 0, no groups
 *
 * Its namespace is made, too. For writers.
 *
 * Return: NULL and -EINVAL in *@error when the name is not correct or too long, -ENOMEM without
 * memory.
 */
struct tmy_domain *tmy_domain_make(struct tmy_policy *policy, struct tmy_span name,
				   const struct tmy_domain *like, int *error);

/* Marks a domain deleted (2.6). <kernel> stays. For writers. */
void tmy_domain_delete(struct tmy_policy *policy, struct tmy_domain *domain);

/* A line about a domain: its attributes and entries. For writers. Return: as tmy_stream_write(). */
int tmy_domain_write(struct tmy_policy *policy, struct tmy_domain *domain,
		     const struct tmy_domain_line *line, struct tmy_problem *problem);

/*
 * Retired domains go in two steps, as readers find a domain through the tasks in it, too: those
 * without users are condemned, readers are waited for, and who is still condemned is freed. For
 * writers. Return of the first: is there one?
 */
bool tmy_domains_condemn(struct tmy_policy *policy);
void tmy_domains_free(struct tmy_policy *policy);

/* At the end of a policy: all of them. */
void tmy_domains_destroy(struct tmy_policy *policy);

/* Who keeps a domain across reads: a task, a stream. Taken by readers or writers, given back by
 * anyone. */
static inline struct tmy_domain *tmy_domain_get(struct tmy_domain *domain)
{
	tmy_count_up(&domain->users);
	/* A reader that knew a task in it may keep it at the last moment. */
	if (READ_ONCE(domain->condemned))
		WRITE_ONCE(domain->condemned, false);
	return domain;
}

static inline void tmy_domain_put(struct tmy_domain *domain)
{
	if (domain)
		tmy_count_down(&domain->users);
}

#endif
