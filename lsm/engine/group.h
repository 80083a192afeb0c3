/* SPDX-License-Identifier: GPL-2.0-only */
/* Groups: path_group, number_group and address_group of a namespace (kernel ABI
 * specification 1.7, 6.2). */
#ifndef TMY_ENGINE_GROUP_H
#define TMY_ENGINE_GROUP_H

#include "request.h"
#include "state.h"

/*
 * tmy_group_get - the group of this name, made when there is none, with a reference
 *
 * For writers. Return: NULL without memory.
 */
struct tmy_group *tmy_group_get(struct tmy_policy *policy, struct tmy_namespace *space,
				enum tmy_exception_type type, struct tmy_span name);
void tmy_group_put(struct tmy_policy *policy, struct tmy_group *group); /* NULL is nothing */

/*
 * tmy_group_write - add a member, or take it out
 * @line: a line of this type
 *
 * For writers. Return: 0; -ENOENT when there is no such member to take out; -ENOMEM.
 */
int tmy_group_write(struct tmy_policy *policy, struct tmy_namespace *space,
		    const struct tmy_exception *line, bool remove);

/* A member as a line, for printing. It points into the atoms. */
void tmy_group_line(const struct tmy_group *group, const struct tmy_atom *member,
		    struct tmy_exception *line);

/*
 * tmy_group_name - the first member that matches a name; NULL when none does
 *
 * For readers, like those below.
 */
const struct tmy_atom *tmy_group_name(const struct tmy_policy *policy,
				      const struct tmy_group *group, const struct tmy_subject *name,
				      unsigned long *scratch);

/* Has a member of the group a number in common with low..high? */
bool tmy_group_numbers(const struct tmy_policy *policy, const struct tmy_group *group,
		       unsigned long low, unsigned long high);

bool tmy_group_address(const struct tmy_policy *policy, const struct tmy_group *group,
		       const u8 *bytes, u8 size);

extern const struct tmy_list_type tmy_group_list; /* of groups */

/* Takes out the groups that are out of use. For writers. */
void tmy_groups_sweep(struct tmy_policy *policy, struct tmy_namespace *space);

#endif
