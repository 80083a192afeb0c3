/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Domain: creation, modification and lifetime of domains (kernel ABI specification 2).
 *
 * Lifetime: tmy_domain_delete() marks a domain deleted and its slot dead, so that it is no longer
 * found. When the table that it was in is freed, it is put on policy->retired_domains, where it
 * stays as long as tasks or streams refer to it. tmy_collect() frees it then, after a grace period.
 */
#ifndef TMY_ENGINE_DOMAIN_H
#define TMY_ENGINE_DOMAIN_H

#include "line.h"
#include "state.h"

extern const struct tmy_list_type tmy_domain_list;

/*
 * tmy_domain_create - create a domain, and its namespace if needed
 * @name: there must be no domain of this name
 * @like: profile and groups are copied from it; NULL: profile 0, no groups
 * @error: on failure, -EINVAL when the name is not correct or too long, or -ENOMEM
 *
 * Context: under the policy's lock, exclusive, or shared with policy->domains_lock when the
 * namespace exists; may sleep. Return: the domain, without a reference; NULL on failure.
 */
struct tmy_domain *tmy_domain_create(struct tmy_policy *policy, struct tmy_span name,
				     const struct tmy_domain *like, int *error);

/* Deletes a domain (2.6), except <kernel>. Under the policy's lock, held exclusively. */
void tmy_domain_delete(struct tmy_policy *policy, struct tmy_domain *domain);

/* Applies a line about a domain: profile, groups, flags, entries. Under the policy's lock, held
 * exclusively. Return: as tmy_stream_write(). */
int tmy_domain_write(struct tmy_policy *policy, struct tmy_domain *domain,
		     const struct tmy_domain_line *line, struct tmy_problem *problem);

/*
 * Retired domains are freed in two steps, as readers may still get a reference to a domain from a
 * task that leaves it: tmy_domains_mark_reclaimable() marks those without users, then readers are
 * waited for, then tmy_domains_free() frees those that are still marked. Context: under the
 * policy's lock, held exclusively. Return of the first: true when it has marked any.
 */
bool tmy_domains_mark_reclaimable(struct tmy_policy *policy);
void tmy_domains_free(struct tmy_policy *policy);

/* Frees all domains, when the policy is destroyed. */
void tmy_domains_destroy(struct tmy_policy *policy);

/*
 * tmy_domain_get - take a reference, for use beyond a read section
 *
 * Context: read section, or under the policy's lock, or with another reference. Does not sleep.
 * Return: @domain.
 */
static inline struct tmy_domain *tmy_domain_get(struct tmy_domain *domain)
{
	tmy_count_inc(&domain->users);
	/* Taken by a reader between the two steps of tmy_collect(): not to be freed. */
	if (READ_ONCE(domain->reclaimable))
		WRITE_ONCE(domain->reclaimable, false);
	return domain;
}

/* Drops a reference. @domain may be NULL. Context: any. */
static inline void tmy_domain_put(struct tmy_domain *domain)
{
	if (domain)
		tmy_count_dec(&domain->users);
}

#endif
