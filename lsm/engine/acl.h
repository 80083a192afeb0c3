/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ACL: storage and lookup of the entries of a domain or of an acl_group (kernel ABI specification
 * 3).
 *
 * An entry is a slot of a table. Its item is an atom: of its name if the entry consists of nothing
 * else, otherwise of a struct tmy_body. Its live bits are the operations.
 */
#ifndef TMY_ENGINE_ACL_H
#define TMY_ENGINE_ACL_H

#include "request.h"
#include "state.h"

/* A name of a body, with a reference: a struct tmy_atom *, or a struct tmy_group * plus 1. */
typedef uintptr_t tmy_name_ref;

struct tmy_body_number {
	struct tmy_group *group; /* NULL: number is used */
	struct tmy_number number;
};

struct tmy_body_address {
	struct tmy_group *group; /* NULL: address is used */
	struct tmy_address address;
};

/*
 * Operands and conditions of an entry, the value of an atom. It has as many names and numbers as
 * the kind has.
 */
struct tmy_body {
	const struct tmy_atom *requirement; /* NULL: no conditions */
	u32 kind;			    /* enum tmy_kind */
	u32 protocol;
	tmy_name_ref names[TMY_ENTRY_NAMES];
	struct tmy_body_number numbers[]; /* and then, for TMY_INET, struct tmy_body_address */
};

/* Drops the references that a body holds. For writers. */
void tmy_body_release(struct tmy_policy *policy, const struct tmy_body *body);

extern const struct tmy_list_type tmy_acl_list;

/*
 * tmy_acl_write - add operations to an entry, creating it if needed, or remove them
 * @operations: number of operations in the whole list, for the quota of learning (7.5); updated
 *
 * Context: under the policy's lock, exclusive, or shared with the domain's lock (state.h); may
 * sleep. Return: 0; -ENOENT when there is no entry to remove operations from; -ENOMEM.
 */
int tmy_acl_write(struct tmy_policy *policy, struct tmy_namespace *space, struct tmy_list *list,
		  u32 *operations, const struct tmy_entry *entry, bool remove);

/* Converts a slot to a struct tmy_entry, for printing. It points into atoms of the slot. */
void tmy_acl_entry(const void *item, u32 bits, struct tmy_entry *entry);

/*
 * tmy_acl_decide - find the first entry of a list that grants a request
 * @request: with hash and atom of its names set; on TMY_GRANTED matched and requirement are set
 *
 * Context: read section. Return: TMY_NEEDS_ARGUMENTS when that depends on argv or envp.
 */
enum tmy_verdict tmy_acl_decide(const struct tmy_policy *policy, const struct tmy_list *list,
				struct tmy_request *request);

#endif
