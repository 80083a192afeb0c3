/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * State: what a policy consists of. Only the engine's own files know.
 *
 * Unless something else is said, members are written under the policy's lock, held exclusively, and
 * read under it or, where they are RCU pointers or single words, by readers.
 *
 * Learning and making a domain share the policy's lock, and take one more for what they change: of
 * the domain that learns, or of the list of domains; inside of that those of atoms, one at a time;
 * inside of all the lock of the books. So who learns in one domain does not wait for who learns in
 * another (specification 9, D-19).
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
	TMY_GROUP_BITS = 8 * sizeof(unsigned long), /* of a word of a domain's set of them */
	TMY_GROUP_WORDS = TMY_GROUPS / TMY_GROUP_BITS,
	TMY_PARTS = 16, /* in which writers that share the policy's lock meet by chance */
};

/* path_group, number_group or address_group (6.2). Freed when it has no members and no references.
 */
struct tmy_group {
	const struct tmy_atom *name;
	struct tmy_namespace *space;
	struct tmy_list members; /* atoms: words and patterns, numbers, or addresses */
	u32 refs;		 /* operands that refer to it, and streams that read it */
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

/* The comment of a profile. */
struct tmy_comment {
	size_t length;
	char text[];
};

struct tmy_domain {
	const struct tmy_atom *name; /* TMY_ATOM_DOMAIN */
	struct tmy_namespace *space;
	struct tmy_list entries;	       /* shared: the domain's lock */
	unsigned long groups[TMY_GROUP_WORDS]; /* one bit for each acl_group in use */
	u32 operations; /* what counts for the quota of learning (7.5); shared: the domain's lock */
	tmy_count users; /* tasks in it and streams at it */
	struct tmy_domain
		*retired; /* next in the policy's list of domains that are no longer found */
	u8 profile;
	bool quota_exceeded;	/* shared: the domain's lock */
	bool transition_failed; /* likewise */
	bool deleted;
	bool condemned; /* nobody had it when readers were waited for */
};

/* The atoms whose hashes have the same remainder. */
struct tmy_atoms {
	struct tmy_lock lock; /* shared: who adds to the list */
	struct tmy_list list;
};

struct tmy_policy {
	struct tmy_shared_lock lock;
	struct tmy_lock learning[TMY_PARTS]; /* the domains' locks, see tmy_domain_lock() */
	struct tmy_lock making;		     /* shared: who makes a domain */
	struct tmy_lock books;		     /* shared: who changes what says so */
	u64 secret;			     /* of all hashes; never changes */
	bool active;			     /* never becomes false again */
	struct tmy_atoms atoms[TMY_PARTS];   /* all of them, see tmy_atoms_of() */
	struct tmy_list domains;    /* struct tmy_domain, in order of creation; shared: making */
	struct tmy_list namespaces; /* struct tmy_namespace, likewise */
	struct tmy_list managers;   /* words and domains */
	struct tmy_namespace *kernel_space;
	struct tmy_domain *kernel_domain;
	bool manage_by_non_root;
	u32 manager_generation;		    /* of managers, manage_by_non_root and active */
	tmy_count unused_atoms;		    /* since the last sweep */
	u32 unused_groups;		    /* likewise */
	struct tmy_domain *retired_domains; /* until their last user leaves */
	struct tmy_table *retired;	    /* tables that readers may still see; shared: books */
	struct tmy_list *dirty;		    /* lists with dead slots; shared: books */
	struct tmy_stream *streams;
	struct tmy_stat stat; /* shared: books count updates */
};

/* Where an atom with this hash is, or belongs. */
static inline struct tmy_atoms *tmy_atoms_of(struct tmy_policy *policy, u32 hash)
{
	return &policy->atoms[hash % TMY_PARTS];
}

/* Under the policy's lock: who adds entries to a domain. */
static inline struct tmy_lock *tmy_domain_lock(struct tmy_policy *policy,
					       const struct tmy_domain *domain)
{
	return &policy->learning[domain->name->hash % TMY_PARTS];
}

/* Counts a change of policy (7.8). */
void tmy_count_update(struct tmy_policy *policy);

/* Memory that counts as policy (7.8, 7.9). Return: NULL without memory or above the quota. */
void *tmy_alloc(struct tmy_policy *policy, size_t size);
/* The same for what will free more than it takes: the quota does not count. */
void *tmy_alloc_above_quota(struct tmy_policy *policy, size_t size);
void *tmy_alloc_zeroed(struct tmy_policy *policy, size_t size);
void tmy_free(struct tmy_policy *policy, const void *memory, size_t size);

/* Does nothing when it is not counted; for things in a list that is destroyed with its owner. */
void tmy_list_init(struct tmy_list *list, const struct tmy_list_type *type);

/* A list is about to lose its dead slots: streams that read it follow (stream.c). */
void tmy_streams_compacted(struct tmy_policy *policy, const struct tmy_list *list,
			   const struct tmy_table *old);

#endif
