// SPDX-License-Identifier: GPL-2.0-only
/* Domain: creation, modification and lifetime of domains. */
#include "domain.h"
#include "acl.h"
#include "hash.h"
#include "namespace.h"
#include "word.h"

enum {
	LIVE = 1 << TMY_LIVE_BITS,
};

static u32 domain_key(const void *item, u32 bits)
{
	(void)bits;
	return ((const struct tmy_domain *)item)->name->hash;
}

/* The domain cannot be found any more, but tasks and streams may have references to it. */
static void domain_release(struct tmy_policy *policy, const void *item)
{
	struct tmy_domain *domain = (struct tmy_domain *)item;

	domain->retired = policy->retired_domains;
	policy->retired_domains = domain;
}

const struct tmy_list_type tmy_domain_list = { .key = domain_key,
					       .release = domain_release,
					       .no_bits = true };

struct tmy_domain *tmy_find_domain(struct tmy_policy *policy, struct tmy_span name)
{
	const struct tmy_table *table = tmy_dereference_check(policy->domains.table, &policy->lock);
	u32 hash = tmy_hash(policy->secret, name), head, position;

	if (!table)
		return NULL;
	head = tmy_chain(table, hash);
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		struct tmy_domain *domain = tmy_item(table, position);

		if (domain->name->hash == hash &&
		    tmy_span_equal(tmy_atom_text(domain->name), name) &&
		    tmy_slot_alive(table, position))
			return domain;
	}
	return NULL;
}

struct tmy_span tmy_domain_name(const struct tmy_domain *domain)
{
	return tmy_atom_text(domain->name);
}

bool tmy_domain_deleted(const struct tmy_domain *domain)
{
	return READ_ONCE(domain->deleted);
}

u8 tmy_domain_profile(const struct tmy_domain *domain)
{
	return READ_ONCE(domain->profile);
}

static void domain_free(struct tmy_policy *policy, struct tmy_domain *domain)
{
	tmy_list_destroy(policy, &domain->entries);
	tmy_atom_put(policy, domain->name);
	tmy_free(policy, domain, sizeof(*domain));
}

struct tmy_domain *tmy_domain_create(struct tmy_policy *policy, struct tmy_span name,
				     const struct tmy_domain *like, int *error)
{
	struct tmy_domain *domain;

	*error = -EINVAL;
	if (name.length > TMY_DOMAIN_MAX_LENGTH || !tmy_correct_domain(name.at, name.length))
		return NULL;
	*error = -ENOMEM;
	domain = tmy_alloc_zeroed(policy, sizeof(*domain));
	if (!domain)
		return NULL;
	tmy_list_init(&domain->entries, &tmy_acl_list);
	domain->space = tmy_namespace_get(policy, tmy_namespace_of(name));
	domain->name = tmy_atom_domain(policy, name);
	if (like) {
		domain->profile = like->profile;
		memcpy(domain->groups, like->groups, sizeof(domain->groups));
	}
	if (domain->space && domain->name &&
	    !tmy_list_add(policy, &policy->domains, domain, LIVE)) {
		*error = 0;
		return domain;
	}
	domain_free(policy, domain);
	return NULL;
}

void tmy_domain_delete(struct tmy_policy *policy, struct tmy_domain *domain)
{
	const struct tmy_table *table = tmy_list_table(&policy->domains);
	u32 position;

	if (domain == policy->kernel_domain || domain->deleted)
		return;
	position = tmy_list_find(&policy->domains, domain, LIVE);
	if (!table || position == TMY_NOWHERE)
		return;
	WRITE_ONCE(domain->deleted, true);
	tmy_list_set(policy, &policy->domains, position, 0);
}

static int set_domain_profile(struct tmy_policy *policy, struct tmy_domain *domain, u8 number)
{
	/* After activation only profiles that are defined can be assigned (2.3). */
	if (!policy->active || tmy_dereference_locked(domain->space->profiles[number]))
		WRITE_ONCE(domain->profile, number);
	return 0;
}

static int set_domain_group(struct tmy_domain *domain, u8 number, bool remove)
{
	unsigned long *word = &domain->groups[number / TMY_GROUP_BITS];
	unsigned long bit = 1UL << number % TMY_GROUP_BITS;

	WRITE_ONCE(*word, remove ? *word & ~bit : *word | bit);
	return 0;
}

bool tmy_domain_uses_group(const struct tmy_domain *domain, unsigned int group)
{
	return READ_ONCE(domain->groups[group / TMY_GROUP_BITS]) >> group % TMY_GROUP_BITS & 1;
}

int tmy_domain_write(struct tmy_policy *policy, struct tmy_domain *domain,
		     const struct tmy_domain_line *line, struct tmy_problem *problem)
{
	switch (line->type) {
	case TMY_LINE_PROFILE:
		return line->remove ? 0 : set_domain_profile(policy, domain, (u8)line->number);
	case TMY_LINE_GROUP:
		return set_domain_group(domain, (u8)line->number, line->remove);
	case TMY_LINE_QUOTA_EXCEEDED:
		WRITE_ONCE(domain->quota_exceeded, !line->remove);
		return 0;
	case TMY_LINE_TRANSITION_FAILED:
		WRITE_ONCE(domain->transition_failed, !line->remove);
		return 0;
	case TMY_LINE_ENTRY:
		return tmy_acl_write(policy, domain->space, &domain->entries, &domain->operations,
				     &line->entry, line->remove);
	}
	tmy_problem(problem, line->text.at, "it is not about a domain");
	return -EINVAL;
}

bool tmy_domains_mark_reclaimable(struct tmy_policy *policy)
{
	struct tmy_domain *domain;
	bool any = false;

	for (domain = policy->retired_domains; domain; domain = domain->retired) {
		WRITE_ONCE(domain->reclaimable, !tmy_count_read(&domain->users));
		any |= domain->reclaimable;
	}
	return any;
}

void tmy_domains_free(struct tmy_policy *policy)
{
	struct tmy_domain **link = &policy->retired_domains;

	while (*link) {
		struct tmy_domain *domain = *link;

		/* Its list of entries may still be linked in policy->dirty. */
		if (!READ_ONCE(domain->reclaimable) || domain->entries.dirty) {
			link = &domain->retired;
			continue;
		}
		*link = domain->retired;
		domain_free(policy, domain);
	}
}

void tmy_domains_destroy(struct tmy_policy *policy)
{
	tmy_list_destroy(policy, &policy->domains);
	while (policy->retired_domains) {
		struct tmy_domain *domain = policy->retired_domains;

		policy->retired_domains = domain->retired;
		domain_free(policy, domain);
	}
}
