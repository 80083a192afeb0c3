// SPDX-License-Identifier: GPL-2.0-only
/* Groups: path_group, number_group and address_group. */
#include "group.h"
#include "hash.h"
#include "search.h"

enum {
	MEMBER_LIVE = 1 << TMY_LIVE_BITS,
	GROUP_LIVE = 1 << TMY_LIVE_BITS,
	/* Types of keys of members; SHAPED is also the salt of these keys. */
	EXACT = 0,
	SHAPED = 1,
	/* The where of shapes of ranges. */
	NUMBERS = 1,
	ADDRESSES = 2, /* plus the size of the address */
};

/* The key and the shape of a number or an address. */
static u32 range_key(const struct tmy_atom *atom, struct tmy_shape *shape)
{
	const struct tmy_number *number = tmy_atom_value(atom);
	const struct tmy_address *address = tmy_atom_value(atom);
	u8 low[sizeof(unsigned long)], high[sizeof(unsigned long)];

	shape->tail = 0;
	shape->kinds = 1;
	if (tmy_atom_type(atom) == TMY_ATOM_ADDRESS) {
		shape->where = ADDRESSES + address->size;
		return tmy_range_key(shape->where, address->low, address->high, address->size,
				     &shape->head);
	}
	tmy_number_bytes(number->low, low);
	tmy_number_bytes(number->high, high);
	shape->where = NUMBERS;
	return tmy_range_key(shape->where, low, high, sizeof(low), &shape->head);
}

static u32 member_key(const void *item, u32 bits)
{
	const struct tmy_atom *atom = item;
	struct tmy_shape unused;

	(void)bits;
	if (tmy_atom_type(atom) == TMY_ATOM_WORD)
		return atom->hash;
	if (tmy_atom_type(atom) == TMY_ATOM_PATTERN)
		return tmy_hash_pair(((const struct tmy_pattern *)tmy_atom_value(atom))->key,
				     SHAPED);
	return tmy_hash_pair(range_key(atom, &unused), SHAPED);
}

static bool member_shared_key(const void *item, u32 bits)
{
	(void)bits;
	return tmy_atom_type(item) != TMY_ATOM_WORD;
}

static bool member_shape(const void *item, u32 bits, struct tmy_shape *shape)
{
	const struct tmy_atom *atom = item;
	const struct tmy_pattern *pattern = tmy_atom_value(atom);

	(void)bits;
	if (tmy_atom_type(atom) == TMY_ATOM_WORD)
		return false;
	if (tmy_atom_type(atom) == TMY_ATOM_PATTERN) {
		shape->where = pattern->directory;
		shape->head = pattern->head;
		shape->tail = pattern->tail;
		shape->kinds = 1;
	} else {
		range_key(atom, shape);
	}
	return true;
}

static void member_release(struct tmy_policy *policy, const void *item)
{
	tmy_atom_put(policy, item);
}

static const struct tmy_list_type member_list = {
	.key = member_key,
	.shared_key = member_shared_key,
	.shape = member_shape,
	.release = member_release,
};

static u32 member_bits(const struct tmy_atom *member)
{
	return MEMBER_LIVE | (tmy_atom_type(member) == TMY_ATOM_WORD ? EXACT : SHAPED);
}

static u32 group_key(const void *item, u32 bits)
{
	(void)bits;
	return ((const struct tmy_group *)item)->name->hash;
}

static void group_release(struct tmy_policy *policy, const void *item)
{
	struct tmy_group *group = (struct tmy_group *)item;

	tmy_list_destroy(policy, &group->members);
	tmy_atom_put(policy, group->name);
	tmy_free(policy, group, sizeof(*group));
}

const struct tmy_list_type tmy_group_list = { .key = group_key,
					      .release = group_release,
					      .no_bits = true };

static struct tmy_group *find_group(struct tmy_namespace *space, enum tmy_exception_type type,
				    const struct tmy_atom *name)
{
	const struct tmy_table *table = tmy_list_table(&space->groups);
	u32 head, position;

	if (!table)
		return NULL;
	head = tmy_chain(table, name->hash);
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		struct tmy_group *group = tmy_item(table, position);

		if (group->name == name && group->type == type && tmy_slot_alive(table, position))
			return group;
	}
	return NULL;
}

/* Consumes the reference to @name. */
static struct tmy_group *create_group(struct tmy_policy *policy, struct tmy_namespace *space,
				      enum tmy_exception_type type, const struct tmy_atom *name)
{
	struct tmy_group *group = tmy_alloc_zeroed(policy, sizeof(*group));

	if (group) {
		group->name = name;
		group->space = space;
		group->type = (u8)type;
		tmy_list_init(&group->members, &member_list);
		if (!tmy_list_add(policy, &space->groups, group, GROUP_LIVE))
			return group;
		tmy_free(policy, group, sizeof(*group));
	}
	tmy_atom_put(policy, name);
	return NULL;
}

struct tmy_group *tmy_group_get(struct tmy_policy *policy, struct tmy_namespace *space,
				enum tmy_exception_type type, struct tmy_span name)
{
	/* TMY_ATOM_DOMAIN, as wildcards have no meaning in the name of a group. */
	const struct tmy_atom *atom = tmy_atom_domain(policy, name);
	struct tmy_group *group = atom ? find_group(space, type, atom) : NULL;

	if (group)
		tmy_atom_put(policy, atom);
	else if (atom)
		group = create_group(policy, space, type, atom);
	if (group)
		group->refs++;
	return group;
}

static bool group_unused(const struct tmy_group *group)
{
	const struct tmy_table *table = tmy_list_table(&group->members);

	return !group->refs && (!table || table->used == group->members.dead);
}

void tmy_group_put(struct tmy_policy *policy, struct tmy_group *group)
{
	if (!group)
		return;
	group->refs--;
	policy->unused_groups += group_unused(group);
}

void tmy_groups_sweep(struct tmy_policy *policy, struct tmy_namespace *space)
{
	const struct tmy_table *table = tmy_list_table(&space->groups);
	u32 i;

	for (i = 0; table && i < table->used; i++)
		if (tmy_slot_alive(table, i) && group_unused(tmy_item(table, i)))
			tmy_list_set(policy, &space->groups, i, 0);
}

/* Return: the atom of a member, with a reference; NULL without memory. */
static const struct tmy_atom *intern_member(struct tmy_policy *policy,
					    const struct tmy_exception *line)
{
	if (line->type == TMY_PATH_GROUP)
		return tmy_atom_word(policy, line->second);
	if (line->type == TMY_NUMBER_GROUP)
		return tmy_atom_structure(policy, TMY_ATOM_NUMBER, &line->number,
					  sizeof(line->number));
	return tmy_atom_structure(policy, TMY_ATOM_ADDRESS, &line->address, sizeof(line->address));
}

static int change_member(struct tmy_policy *policy, struct tmy_group *group,
			 const struct tmy_atom *member, bool remove)
{
	u32 bits = member_bits(member);
	u32 position = tmy_list_find(&group->members, member, bits);
	int error = 0;

	if (remove && position == TMY_NOWHERE)
		return -ENOENT;
	if (remove)
		tmy_list_set(policy, &group->members, position, bits & TMY_IDENTITY_BITS);
	else if (position == TMY_NOWHERE)
		error = tmy_list_add(policy, &group->members, tmy_atom_get(member), bits);
	if (error)
		tmy_atom_put(policy, member);
	return error;
}

int tmy_group_write(struct tmy_policy *policy, struct tmy_namespace *space,
		    const struct tmy_exception *line, bool remove)
{
	const struct tmy_atom *member = intern_member(policy, line);
	struct tmy_group *group;
	int error = -ENOMEM;

	if (!member)
		return -ENOMEM;
	group = tmy_group_get(policy, space, line->type, line->name);
	if (group)
		error = change_member(policy, group, member, remove);
	tmy_atom_put(policy, member);
	tmy_group_put(policy, group);
	return error;
}

void tmy_group_line(const struct tmy_group *group, const struct tmy_atom *member,
		    struct tmy_exception *line)
{
	memset(line, 0, sizeof(*line));
	line->type = group->type;
	line->name = tmy_atom_text(group->name);
	if (group->type == TMY_PATH_GROUP)
		line->second = tmy_atom_text(member);
	else if (group->type == TMY_NUMBER_GROUP)
		memcpy(&line->number, tmy_atom_value(member), sizeof(line->number));
	else
		memcpy(&line->address, tmy_atom_value(member), sizeof(line->address));
}

struct name_search {
	struct tmy_search search;
	const struct tmy_request_name *name;
	unsigned long *scratch;
};

static bool name_fits(struct tmy_search *search, const void *item, u32 bits)
{
	const struct name_search *names = (const struct name_search *)search;

	if ((bits & TMY_KEY_TYPE_BITS) == EXACT)
		return item == names->name->atom;
	return tmy_atom_matches(item, names->name->text, names->scratch);
}

const struct tmy_atom *tmy_group_name(const struct tmy_policy *policy,
				      const struct tmy_group *group,
				      const struct tmy_request_name *name, unsigned long *scratch)
{
	struct name_search names = {
		.search = { .policy = policy,
			    .table = tmy_dereference(group->members.table),
			    .found = TMY_NOWHERE,
			    .fits = name_fits },
		.name = name,
		.scratch = scratch,
	};
	struct tmy_search *search = &names.search;

	if (!search->table)
		return NULL;
	if (name->atom)
		tmy_search_chain(search, name->hash);
	tmy_search_patterns(search, name->text, 1, SHAPED);
	return search->found == TMY_NOWHERE ? NULL : tmy_items(search->table)[search->found];
}

struct value_search {
	struct tmy_search search;
	const u8 *bytes;
	unsigned long number;
	u8 size;
};

static bool number_fits(struct tmy_search *search, const void *item, u32 bits)
{
	const struct value_search *value = (const struct value_search *)search;
	const struct tmy_number *number = tmy_atom_value(item);

	(void)bits;
	search->stop = number->low <= value->number && value->number <= number->high;
	return search->stop;
}

static bool address_fits(struct tmy_search *search, const void *item, u32 bits)
{
	const struct value_search *value = (const struct value_search *)search;

	(void)bits;
	search->stop = tmy_address_has(tmy_atom_value(item), value->bytes, value->size);
	return search->stop;
}

/* Linear: only conditions that compare a range with a group need this, and they are rare. */
static bool any_member_overlaps(const struct tmy_table *table, unsigned long low,
				unsigned long high)
{
	u32 i, used = tmy_load_acquire(&table->used);

	for (i = 0; i < used; i++) {
		const struct tmy_atom *atom;

		if (!tmy_bits_alive(READ_ONCE(tmy_bits(table)[i])))
			continue;
		atom = tmy_item(table, i);
		if (((const struct tmy_number *)tmy_atom_value(atom))->low <= high &&
		    low <= ((const struct tmy_number *)tmy_atom_value(atom))->high)
			return true;
	}
	return false;
}

bool tmy_group_numbers(const struct tmy_policy *policy, const struct tmy_group *group,
		       unsigned long low, unsigned long high)
{
	struct value_search value = {
		.search = { .policy = policy,
			    .table = tmy_dereference(group->members.table),
			    .found = TMY_NOWHERE,
			    .fits = number_fits },
		.number = low,
	};
	u8 bytes[sizeof(unsigned long)];

	if (!value.search.table)
		return false;
	if (low != high)
		return any_member_overlaps(value.search.table, low, high);
	tmy_number_bytes(low, bytes);
	tmy_search_ranges(&value.search, NUMBERS, bytes, sizeof(bytes), 1, SHAPED);
	return value.search.stop;
}

bool tmy_group_address(const struct tmy_policy *policy, const struct tmy_group *group,
		       const u8 *bytes, u8 size)
{
	struct value_search value = {
		.search = { .policy = policy,
			    .table = tmy_dereference(group->members.table),
			    .found = TMY_NOWHERE,
			    .fits = address_fits },
		.bytes = bytes,
		.size = size,
	};

	if (!value.search.table)
		return false;
	tmy_search_ranges(&value.search, ADDRESSES + size, bytes, size, 1, SHAPED);
	return value.search.stop;
}
