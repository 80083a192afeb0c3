// SPDX-License-Identifier: GPL-2.0-only
/* Policy: creation, activation and lifetime of a policy; memory accounting; the collector. */
#include "policy.h"
#include "acl.h"
#include "domain.h"
#include "group.h"
#include "hash.h"
#include "manager.h"
#include "namespace.h"

/* Charged before it is allocated, so that concurrent callers do not exceed the quota. @quota: 0:
 * none
 */
static void *alloc_within_quota(struct tmy_policy *policy, size_t size, u64 quota)
{
	tmy_sum *used = &policy->stat.used[TMY_MEMORY_POLICY];
	void *memory = NULL;

	if (tmy_sum_add(used, tmy_os_rounded(size)) <= quota || !quota)
		memory = tmy_os_alloc(size);
	if (!memory)
		tmy_sum_sub(used, tmy_os_rounded(size));
	return memory;
}

void *tmy_alloc_above_quota(struct tmy_policy *policy, size_t size)
{
	return alloc_within_quota(policy, size, 0);
}

void *tmy_alloc(struct tmy_policy *policy, size_t size)
{
	return alloc_within_quota(policy, size, READ_ONCE(policy->stat.quota[TMY_MEMORY_POLICY]));
}

void *tmy_alloc_zeroed(struct tmy_policy *policy, size_t size)
{
	void *memory = tmy_alloc(policy, size);

	if (memory)
		memset(memory, 0, size);
	return memory;
}

void tmy_free(struct tmy_policy *policy, const void *memory, size_t size)
{
	tmy_sum_sub(&policy->stat.used[TMY_MEMORY_POLICY], tmy_os_rounded(size));
	tmy_os_free(memory, size);
}

void tmy_list_init(struct tmy_list *list, const struct tmy_list_type *type)
{
	memset(list, 0, sizeof(*list));
	list->type = type;
}

void tmy_count_update(struct tmy_policy *policy)
{
	tmy_lock(&policy->retire_lock);
	tmy_count_event(&policy->stat, TMY_EVENT_UPDATE);
	tmy_unlock(&policy->retire_lock);
}

static void init_locks(struct tmy_policy *policy)
{
	unsigned int i;

	tmy_shared_lock_init(&policy->lock);
	tmy_lock_init(&policy->domains_lock);
	tmy_lock_init(&policy->retire_lock);
	for (i = 0; i < TMY_PARTS; i++) {
		tmy_lock_init(&policy->domain_locks[i]);
		tmy_lock_init(&policy->atoms[i].lock);
	}
}

struct tmy_policy *tmy_policy_create(void)
{
	struct tmy_policy *policy = tmy_os_alloc(sizeof(*policy));
	unsigned int i;
	int error;

	if (!policy)
		return NULL;
	memset(policy, 0, sizeof(*policy));
	init_locks(policy);
	policy->secret = tmy_os_random();
	for (i = 0; i < TMY_PARTS; i++)
		tmy_list_init(&policy->atoms[i].list, &tmy_atom_list);
	tmy_list_init(&policy->domains, &tmy_domain_list);
	tmy_list_init(&policy->namespaces, &tmy_namespace_list);
	tmy_list_init(&policy->managers, &tmy_manager_list);
	tmy_lock_exclusive(&policy->lock);
	policy->kernel_domain = tmy_domain_create(policy, TMY_SPAN("<kernel>"), NULL, &error);
	tmy_unlock_exclusive(&policy->lock);
	if (policy->kernel_domain) {
		policy->kernel_space = policy->kernel_domain->space;
		return policy;
	}
	tmy_policy_destroy(policy);
	return NULL;
}

/* Frees retired tables, after a grace period. */
static void free_tables(struct tmy_policy *policy, struct tmy_table *retired)
{
	while (retired) {
		struct tmy_table *table = retired;

		retired = table->retired;
		tmy_table_free(policy, table);
	}
}

static void free_retired(struct tmy_policy *policy)
{
	struct tmy_table *retired = policy->retired;

	policy->retired = NULL;
	free_tables(policy, retired);
}

static void destroy_namespaces(struct tmy_policy *policy,
			       void (*destroy)(struct tmy_policy *, struct tmy_namespace *))
{
	const struct tmy_table *table = tmy_list_table(&policy->namespaces);
	u32 i;

	for (i = 0; table && i < table->used; i++)
		destroy(policy, tmy_items(table)[i]);
}

void tmy_policy_destroy(struct tmy_policy *policy)
{
	unsigned int i;

	free_retired(policy);
	tmy_domains_destroy(policy);
	destroy_namespaces(policy, tmy_namespace_clear);
	tmy_list_destroy(policy, &policy->managers);
	tmy_atoms_sweep(policy);
	destroy_namespaces(policy, tmy_namespace_free);
	tmy_list_destroy(policy, &policy->namespaces);
	for (i = 0; i < TMY_PARTS; i++)
		tmy_list_destroy(policy, &policy->atoms[i].list);
	tmy_os_free(policy, sizeof(*policy));
}

/* Gives new tables to lists with dead slots or many spare ones. */
static void compact_lists(struct tmy_policy *policy)
{
	unsigned int i;

	while (policy->dirty) {
		struct tmy_list *list = policy->dirty;

		policy->dirty = list->dirty == list ? NULL : list->dirty;
		list->dirty = NULL;
		tmy_list_compact(policy, list);
	}
	/* Long-lived lists are tried every time: compacting may have failed for lack of memory. */
	tmy_list_compact(policy, &policy->domains);
	for (i = 0; i < TMY_PARTS; i++)
		tmy_list_compact(policy, &policy->atoms[i].list);
}

static void sweep_unused(struct tmy_policy *policy)
{
	const struct tmy_table *spaces = tmy_list_table(&policy->namespaces);
	u32 i;

	for (i = 0; policy->unused_groups && spaces && i < spaces->used; i++)
		tmy_groups_sweep(policy, tmy_items(spaces)[i]);
	policy->unused_groups = 0;
	tmy_atoms_sweep(policy);
}

/*
 * Freeing drops references: of a domain to its entries, of an entry to its names. So each round
 * removes what has become unused, waits for readers, and frees what was removed before that.
 */
void tmy_collect(struct tmy_policy *policy)
{
	struct tmy_table *retired;
	bool more;

	do {
		tmy_lock_exclusive(&policy->lock);
		sweep_unused(policy);
		compact_lists(policy);
		retired = policy->retired;
		policy->retired = NULL;
		more = tmy_domains_mark_reclaimable(policy);
		tmy_unlock_exclusive(&policy->lock);
		if (!retired && !more)
			return;
		tmy_os_wait_for_readers();
		tmy_lock_exclusive(&policy->lock);
		free_tables(policy, retired);
		tmy_domains_free(policy);
		more = tmy_count_read(&policy->unused_atoms) || policy->unused_groups ||
		       policy->dirty || policy->retired || tmy_domains_mark_reclaimable(policy);
		tmy_unlock_exclusive(&policy->lock);
	} while (more);
}

bool tmy_policy_active(const struct tmy_policy *policy)
{
	return READ_ONCE(policy->active);
}

static const char *activation_problem(struct tmy_domain *domain)
{
	struct tmy_namespace *space = domain->space;

	/* The version that tomoyo-tools 2.5 wrote is equivalent (6.5). */
	if (space->profile_version == 20110903)
		space->profile_version = TMY_PROFILE_VERSION;
	if (space->profile_version != TMY_PROFILE_VERSION)
		return "its namespace has an unknown PROFILE_VERSION";
	if (!tmy_dereference_locked(space->profiles[domain->profile]))
		return "its profile is not defined";
	return NULL;
}

int tmy_policy_activate(struct tmy_policy *policy, const char **problem,
			const struct tmy_domain **domain)
{
	const struct tmy_table *table;
	u32 i;

	*problem = NULL;
	tmy_lock_exclusive(&policy->lock);
	table = tmy_list_table(&policy->domains);
	for (i = 0; i < table->used && !*problem; i++) {
		if (!tmy_slot_alive(table, i))
			continue;
		*domain = tmy_item(table, i);
		*problem = activation_problem(tmy_item(table, i));
	}
	if (!*problem) {
		WRITE_ONCE(policy->active, true);
		tmy_store_release(&policy->manager_generation, policy->manager_generation + 1);
	}
	tmy_unlock_exclusive(&policy->lock);
	return *problem ? -EINVAL : 0;
}

static const struct tmy_profile *get_profile(const struct tmy_domain *domain)
{
	return tmy_dereference_lasting(domain->space->profiles[READ_ONCE(domain->profile)]);
}

u8 tmy_config(const struct tmy_policy *policy, const struct tmy_domain *domain, enum tmy_item item)
{
	const struct tmy_profile *profile;

	if (!READ_ONCE(policy->active) || item >= TMY_OPERATION_ITEMS)
		return TMY_DISABLED;
	profile = get_profile(domain);
	return profile ? READ_ONCE(profile->resolved[item]) : TMY_DISABLED;
}

u32 tmy_audit_limit(const struct tmy_domain *domain)
{
	const struct tmy_profile *profile = get_profile(domain);

	return profile ? READ_ONCE(profile->max_audit_log) : 0;
}

struct tmy_stat *tmy_policy_stat(struct tmy_policy *policy)
{
	return &policy->stat;
}
