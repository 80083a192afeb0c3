/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ACL: the entries of a domain or of an acl_group, stored and looked up (kernel ABI specification
 * 3).
 *
 * An entry is a slot of a table. What is in it is the atom of its name when there is nothing else,
 * and a body otherwise.
 */
#ifndef TMY_ENGINE_ACL_H
#define TMY_ENGINE_ACL_H

#include "request.h"
#include "state.h"

/* A name of a body: an atom, or a group with the lowest bit set. */
typedef uintptr_t tmy_name_ref;

struct tmy_body_number {
	struct tmy_group *group; /* NULL: number counts */
	struct tmy_number number;
};

struct tmy_body_address {
	struct tmy_group *group; /* NULL: address counts */
	struct tmy_address address;
};

/* Operands and conditions of an entry, as an atom. As many names and numbers as its kind has. */
struct tmy_body {
	const struct tmy_atom *requirement; /* NULL: none */
	u32 kind;			    /* enum tmy_kind */
	u32 protocol;
	tmy_name_ref names[TMY_ENTRY_NAMES];
	struct tmy_body_number numbers[]; /* and then, for TMY_INET, struct tmy_body_address */
};

void tmy_body_release(struct tmy_policy *policy, const struct tmy_body *body);

extern const struct tmy_list_type tmy_acl_list;

/*
 * tmy_acl_write - add an entry, or take its operations out
 * @operations: of the whole list, as the quota counts them (7.5)
 *
 * For writers. Return: 0; -ENOENT when there is no such entry to take anything from; -ENOMEM.
 */
int tmy_acl_write(struct tmy_policy *policy, struct tmy_namespace *space, struct tmy_list *list,
		  u32 *operations, const struct tmy_entry *entry, bool remove);

/* A slot as an entry, for printing. It points into the slot's atoms. */
void tmy_acl_entry(const void *item, u32 bits, struct tmy_entry *entry);

/*
 * tmy_acl_decide - the first entry of a list that grants the request, whose names must be prepared
 *
 * For readers. On TMY_GRANTED the request's matched and requirement are set.
 */
enum tmy_verdict tmy_acl_decide(const struct tmy_policy *policy, const struct tmy_list *list,
				struct tmy_request *request);

#endif
