// SPDX-License-Identifier: GPL-2.0-only
/* Managers: programs and domains whose tasks may change policy. */
#include "manager.h"
#include "hash.h"

enum {
	LIVE = 1 << TMY_LIVE_BITS,
};

static u32 manager_key(const void *item, u32 bits)
{
	(void)bits;
	return ((const struct tmy_atom *)item)->hash;
}

static void manager_release(struct tmy_policy *policy, const void *item)
{
	tmy_atom_put(policy, item);
}

const struct tmy_list_type tmy_manager_list = { .key = manager_key,
						.release = manager_release,
						.no_bits = true };

static int apply_manager_line(struct tmy_policy *policy, const struct tmy_manager_line *line)
{
	const struct tmy_atom *name;
	int error = 0;
	u32 position;

	if (line->non_root) {
		WRITE_ONCE(policy->manage_by_non_root, !line->remove);
		return 0;
	}
	/* TMY_ATOM_DOMAIN, as wildcards have no meaning here. */
	name = tmy_atom_domain(policy, line->name);
	if (!name)
		return -ENOMEM;
	position = tmy_list_find(&policy->managers, name, LIVE);
	if (!line->remove && position == TMY_NOWHERE) {
		error = tmy_list_add(policy, &policy->managers, name, LIVE);
		if (!error)
			return 0;
	} else if (line->remove && position == TMY_NOWHERE) {
		error = -ENOENT;
	} else if (line->remove) {
		tmy_list_set(policy, &policy->managers, position, 0);
	}
	tmy_atom_put(policy, name);
	return error;
}

int tmy_manager_write(struct tmy_policy *policy, const struct tmy_manager_line *line)
{
	int error = apply_manager_line(policy, line);

	/* Release: a reader that sees the new generation sees the change, too. */
	tmy_store_release(&policy->manager_generation, policy->manager_generation + 1);
	return error;
}

bool tmy_is_manager(const struct tmy_policy *policy, struct tmy_span name)
{
	const struct tmy_table *table = tmy_dereference(policy->managers.table);
	u32 hash = tmy_hash(policy->secret, name), head, position;

	if (!table)
		return false;
	head = tmy_chain(table, hash);
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		const struct tmy_atom *manager = tmy_item(table, position);

		if (manager->hash == hash && tmy_span_equal(tmy_atom_text(manager), name) &&
		    tmy_slot_alive(table, position))
			return true;
	}
	return false;
}

bool tmy_manage_by_non_root(const struct tmy_policy *policy)
{
	return READ_ONCE(policy->manage_by_non_root);
}

u32 tmy_manager_generation(const struct tmy_policy *policy)
{
	return tmy_load_acquire(&policy->manager_generation);
}
