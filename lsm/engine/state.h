/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * State: the data structures of a policy, private to the engine.
 *
 * Locks, outermost first:
 *
 *   tmy_policy.lock               exclusive: writing or reading policy files, collecting;
 *                                 shared: learning, creating a domain by a transition
 *     tmy_policy.domain_locks[]   the entries, operations and flags of a domain
 *     tmy_policy.domains_lock     the list of domains
 *       tmy_atoms.lock            a shard of the atoms, one at a time
 *         tmy_policy.retire_lock  the lists of retired tables and of dirty lists, the counter of
 *                                 updates
 *
 * A domain's lock and domains_lock are never held together. Neither is needed while
 * tmy_policy.lock is held exclusively.
 *
 * Members are protected by tmy_policy.lock, held exclusively, except those that name another lock,
 * for which shared is enough. Readers take no lock and use RCU pointers and single words only.
 * Sharing lets learning in one domain go on while another learns (specification 9, D-19).
 */
#ifndef TMY_ENGINE_STATE_H
#define TMY_ENGINE_STATE_H

#include "atom.h"
#include "exception.h"
#include "policy.h"
#include "stat.h"
#include "table.h"

enum {
	TMY_GROUPS = 256,			    /* acl_groups of a namespace */
	TMY_GROUP_BITS = 8 * sizeof(unsigned long), /* in a word of tmy_domain.groups */
	TMY_GROUP_WORDS = TMY_GROUPS / TMY_GROUP_BITS,
	TMY_PARTS = 16, /* shards of domain_locks and atoms, chosen by hash */
};

/* path_group, number_group or address_group (6.2). Freed without members and references. */
struct tmy_group {
	const struct tmy_atom *name;
	struct tmy_namespace *space;
	struct tmy_list members; /* atoms: words and patterns, numbers, or addresses */
	u32 refs;		 /* of operands, and of streams that read it */
	u8 type;		 /* TMY_PATH_GROUP, TMY_NUMBER_GROUP or TMY_ADDRESS_GROUP */
};

struct tmy_namespace {
	const struct tmy_atom *name;
	struct tmy_list controls;    /* transition control, TMY_ATOM_CONTROL */
	struct tmy_list aggregators; /* TMY_ATOM_AGGREGATOR */
	struct tmy_list groups;	     /* struct tmy_group of all types */
	struct tmy_list __tmy_rcu *
		acl_groups[TMY_GROUPS]; /* entries; NULL: never used. Not freed before the policy */
	struct tmy_profile __tmy_rcu
		*profiles[TMY_PROFILES]; /* NULL: not defined. Not freed before the policy */
	const struct tmy_comment *comments[TMY_PROFILES]; /* NULL: empty */
	unsigned long profile_version;
};

/* The comment of a profile, without a NUL. */
struct tmy_comment {
	size_t length;
	char text[];
};

struct tmy_domain {
	const struct tmy_atom *name; /* TMY_ATOM_DOMAIN */
	struct tmy_namespace *space;
	struct tmy_list entries;	       /* domain's lock */
	unsigned long groups[TMY_GROUP_WORDS]; /* one bit for each acl_group in use */
	u32 operations;		    /* as counted by the quota of learning (7.5); domain's lock */
	tmy_count users;	    /* references: of tasks, streams and others */
	struct tmy_domain *retired; /* next in policy->retired_domains */
	u8 profile;
	bool quota_exceeded;	/* domain's lock */
	bool transition_failed; /* domain's lock */
	bool deleted;
	bool reclaimable; /* had no users when the grace period began (domain.h) */
};

/* A shard of the atoms: those with hash % TMY_PARTS in common. */
struct tmy_atoms {
	struct tmy_lock lock; /* protects list, while the policy's lock is shared */
	struct tmy_list list;
};

struct tmy_policy {
	struct tmy_shared_lock lock;
	struct tmy_lock domain_locks[TMY_PARTS]; /* see tmy_domain_lock() */
	struct tmy_lock domains_lock;
	struct tmy_lock retire_lock;
	u64 secret;			   /* key of all hashes; constant */
	bool active;			   /* set once, never cleared */
	struct tmy_atoms atoms[TMY_PARTS]; /* see tmy_atoms_of() */
	struct tmy_list domains;	   /* struct tmy_domain; domains_lock */
	struct tmy_list namespaces;	   /* struct tmy_namespace, never deleted */
	struct tmy_list managers;	   /* atoms */
	struct tmy_namespace *kernel_space;
	struct tmy_domain *kernel_domain;
	bool manage_by_non_root;
	u32 manager_generation;		    /* of managers, manage_by_non_root and active */
	tmy_count unused_atoms;		    /* since the last sweep */
	u32 unused_groups;		    /* since the last sweep */
	struct tmy_domain *retired_domains; /* deleted, waiting for their last users (domain.h) */
	struct tmy_table *retired;	    /* tables that readers may still use; retire_lock */
	struct tmy_list *dirty;		    /* lists that are to be compacted; retire_lock */
	struct tmy_stream *streams;	    /* all that are open */
	struct tmy_stat stat;		    /* updates are counted under retire_lock */
};

/* The shard of atoms with this hash. */
static inline struct tmy_atoms *tmy_atoms_of(struct tmy_policy *policy, u32 hash)
{
	return &policy->atoms[hash % TMY_PARTS];
}

/* The lock of a domain's entries, operations and flags; shared with other domains. */
static inline struct tmy_lock *tmy_domain_lock(struct tmy_policy *policy,
					       const struct tmy_domain *domain)
{
	return &policy->domain_locks[domain->name->hash % TMY_PARTS];
}

/* Counts a change of policy (7.8). Takes retire_lock. */
void tmy_count_update(struct tmy_policy *policy);

/* Memory charged to the policy (7.8, 7.9). Return: NULL without memory or above the quota. */
void *tmy_alloc(struct tmy_policy *policy, size_t size);
/* Ignores the quota, for what will free more than it takes. */
void *tmy_alloc_above_quota(struct tmy_policy *policy, size_t size);
void *tmy_alloc_zeroed(struct tmy_policy *policy, size_t size);
void tmy_free(struct tmy_policy *policy, const void *memory, size_t size);

/* Initialises an empty list, which allocates nothing. */
void tmy_list_init(struct tmy_list *list, const struct tmy_list_type *type);

/* Adjusts the cursors of streams in a list that gets a new table without dead slots (reader.c). */
void tmy_streams_compacted(struct tmy_policy *policy, const struct tmy_list *list,
			   const struct tmy_table *old);

#endif
