/* SPDX-License-Identifier: GPL-2.0-only */
/* Groups: path_group, number_group and address_group of a namespace (kernel ABI
 * specification 1.7, 6.2). */
#ifndef TMY_ENGINE_GROUP_H
#define TMY_ENGINE_GROUP_H

#include "request.h"
#include "state.h"

/*
 * tmy_group_get - find or create a group
 *
 * Context: under the policy's lock, held exclusively. Return: the group, with a reference to be
 * dropped with tmy_group_put(); NULL without memory.
 */
struct tmy_group *tmy_group_get(struct tmy_policy *policy, struct tmy_namespace *space,
				enum tmy_exception_type type, struct tmy_span name);
void tmy_group_put(struct tmy_policy *policy, struct tmy_group *group); /* @group may be NULL */

/*
 * tmy_group_write - add or remove a member
 * @line: TMY_PATH_GROUP, TMY_NUMBER_GROUP or TMY_ADDRESS_GROUP
 *
 * Context: under the policy's lock, held exclusively. Return: 0; -ENOENT when there is no such
 * member to remove; -ENOMEM.
 */
int tmy_group_write(struct tmy_policy *policy, struct tmy_namespace *space,
		    const struct tmy_exception *line, bool remove);

/* Converts a member to a line, for printing. It points into the atoms. */
void tmy_group_line(const struct tmy_group *group, const struct tmy_atom *member,
		    struct tmy_exception *line);

/*
 * tmy_group_name - find the first member of a path_group that matches a name
 *
 * Context: read section, as for the functions below. Return: the member; NULL when none matches.
 */
const struct tmy_atom *tmy_group_name(const struct tmy_policy *policy,
				      const struct tmy_group *group,
				      const struct tmy_request_name *name, unsigned long *scratch);

/* Does a member of a number_group overlap with the range from low to high? */
bool tmy_group_numbers(const struct tmy_policy *policy, const struct tmy_group *group,
		       unsigned long low, unsigned long high);

/* Does a member of an address_group contain this address? */
bool tmy_group_address(const struct tmy_policy *policy, const struct tmy_group *group,
		       const u8 *bytes, u8 size);

extern const struct tmy_list_type tmy_group_list; /* of groups */

/* Removes the groups without members and references. Under the policy's lock, held exclusively. */
void tmy_groups_sweep(struct tmy_policy *policy, struct tmy_namespace *space);

#endif
