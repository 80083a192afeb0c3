// SPDX-License-Identifier: GPL-2.0-only
/* Table: things in the order of their arrival, with an index. */
#include "table.h"
#include "hash.h"
#include "state.h"

static void **items(struct tmy_table *table)
{
	return (void **)tmy_items(table);
}

static u32 *next(struct tmy_table *table)
{
	return (u32 *)tmy_next(table);
}

static u32 *bits_of(struct tmy_table *table)
{
	return (u32 *)tmy_bits(table);
}

/* Bare slots have no bits but that they are alive. */
static u32 slot_bits(struct tmy_table *table, u32 position)
{
	if (table->type->bare)
		return (u32)tmy_slot_alive(table, position) << TMY_LIVE_BITS;
	return bits_of(table)[position];
}

static void set_bits(struct tmy_table *table, u32 position, u32 bits)
{
	void *item = tmy_item(table, position);

	if (!table->type->bare)
		WRITE_ONCE(bits_of(table)[position], bits);
	else if (!tmy_alive(bits))
		WRITE_ONCE(items(table)[position], (void *)((uintptr_t)item | 1));
}

static u32 *heads(struct tmy_table *table)
{
	return (u32 *)tmy_heads(table);
}

static u32 *identity(const struct tmy_table *table)
{
	return (u32 *)tmy_heads(table) + table->heads;
}

static struct tmy_shape *shapes(const struct tmy_table *table)
{
	return (struct tmy_shape *)(identity(table) + table->identity);
}

/* Of what needs not be cleared. */
static size_t slots_size(const struct tmy_table *table)
{
	size_t words = table->type->bare ? 1 : 2;

	return sizeof(*table) + table->capacity * (sizeof(void *) + words * sizeof(u32));
}

static size_t table_size(const struct tmy_table *table)
{
	return slots_size(table) + (table->heads + table->identity) * sizeof(u32) +
	       table->shapes * sizeof(struct tmy_shape);
}

static bool same_shape(const struct tmy_shape *a, const struct tmy_shape *b)
{
	return a->where == b->where && a->head == b->head && a->tail == b->tail;
}

/* The place of a shape, or the empty place where it belongs; NULL when there are no places. */
static struct tmy_shape *shape_place(struct tmy_table *table, const struct tmy_shape *shape)
{
	u32 i = shape->where;

	if (!table->shapes)
		return NULL;
	for (;; i++) {
		struct tmy_shape *place = &shapes(table)[i & (table->shapes - 1)];

		if (!place->kinds || same_shape(place, shape))
			return place;
	}
}

const struct tmy_shape *tmy_shape_next(const struct tmy_table *table, u32 where, u32 *index)
{
	while (table->shapes) {
		const struct tmy_shape *place =
			&shapes(table)[(where + (*index)++) & (table->shapes - 1)];

		if (!tmy_load_acquire(&place->kinds))
			break;
		if (place->where == where)
			return place;
	}
	return NULL;
}

static u32 identity_hash(const void *item, u32 bits)
{
	return tmy_hash_fold(tmy_hash_mix((uintptr_t)item, bits & TMY_IDENTITY_BITS));
}

static bool is(struct tmy_table *table, u32 position, const void *item, u32 bits)
{
	return tmy_item(table, position) == item &&
	       !((slot_bits(table, position) ^ bits) & TMY_IDENTITY_BITS);
}

/* Where an identity is noted, or the empty place where it belongs. */
static u32 *identity_place(struct tmy_table *table, const void *item, u32 bits)
{
	u32 i = identity_hash(item, bits);

	for (;; i++) {
		u32 *place = &identity(table)[i & (table->identity - 1)];

		if (!*place || is(table, *place - 1, item, bits))
			return place;
	}
}

static bool has_shared_key(const struct tmy_list_type *type, const void *item, u32 bits)
{
	return type->shared_key && type->shared_key(item, bits);
}

static bool has_shape(const struct tmy_list_type *type, const void *item, u32 bits,
		      struct tmy_shape *shape)
{
	return type->shape && type->shape(item, bits, shape);
}

/* There is room for it. What readers look at first is written last. */
static void append(struct tmy_table *table, const void *item, u32 bits)
{
	const struct tmy_list_type *type = table->type;
	u32 position = table->used;
	u32 *head = &heads(table)[(u64)type->key(item, bits) * table->heads >> 32];
	struct tmy_shape shape;

	items(table)[position] = (void *)item;
	set_bits(table, position, bits);
	if (has_shared_key(type, item, bits)) {
		u32 *place = identity_place(table, item, bits);

		table->identities_used += !*place;
		*place = position + 1;
	}
	if (has_shape(type, item, bits, &shape)) {
		struct tmy_shape *place = shape_place(table, &shape);

		if (!place->kinds) {
			table->shapes_used++;
			place->where = shape.where;
			place->head = shape.head;
			place->tail = shape.tail;
		}
		WRITE_ONCE(table->kinds, table->kinds | shape.kinds);
		WRITE_ONCE(table->places, table->places | tmy_place_bit(shape.where));
		tmy_store_release(&place->kinds, place->kinds | shape.kinds);
	}
	tmy_store_release(&table->used, position + 1);
	WRITE_ONCE(table->flavours, table->flavours | 1u << (bits & TMY_FLAVOUR_BITS));
	if (*head) {
		u32 last = *head - 1;

		next(table)[position] = next(table)[last];
		tmy_store_release(&next(table)[last], position);
	} else {
		next(table)[position] = position;
	}
	tmy_store_release(head, position + 1);
}

static bool has_room(struct tmy_table *table, const void *item, u32 bits)
{
	struct tmy_shape shape;

	if (table->used == table->capacity)
		return false;
	if (has_shared_key(table->type, item, bits) &&
	    table->identities_used >= table->identity / 4 * 3)
		return false;
	if (has_shape(table->type, item, bits, &shape)) {
		struct tmy_shape *place = shape_place(table, &shape);

		return place && (place->kinds || table->shapes_used < table->shapes / 4 * 3);
	}
	return true;
}

static u32 power_of_two(u32 wanted)
{
	u32 size = 4;

	while (size < wanted)
		size *= 2;
	return size;
}

/* As many places as so many shapes need. */
static u32 shape_places(u32 shapes)
{
	return power_of_two(shapes * 3 / 2 + 2);
}

/* A new table with what lives in the old one, which may be NULL, and room for @room more. */
static struct tmy_table *rebuild(struct tmy_policy *policy, const struct tmy_list_type *type,
				 struct tmy_table *old, u32 room)
{
	struct tmy_table sizes = { .type = type }, *table;
	u32 i, live = 0, shared = 0, shaped = 0;
	struct tmy_shape shape;

	for (i = 0; old && i < old->used; i++) {
		const void *item = tmy_item(old, i);
		u32 bits = slot_bits(old, i);

		if (!tmy_alive(bits))
			continue;
		live++;
		shared += has_shared_key(type, item, bits);
		shaped += has_shape(type, item, bits, &shape);
	}
	sizes.capacity = live + room;
	sizes.heads = sizes.capacity / 3 + 1;
	if (type->shared_key && (shared || room))
		sizes.identity = power_of_two(room ? shared * 2 + 2 : shared * 3 / 2 + 2);
	if (shaped > (old ? old->shapes_used : 0))
		shaped = old ? old->shapes_used : 0;
	if (type->shape && (shaped || room))
		sizes.shapes = shape_places(shaped + (room ? 1 : 0));

	table = room ? tmy_alloc(policy, table_size(&sizes))
		     : tmy_alloc_above_quota(policy, table_size(&sizes));
	if (!table)
		return NULL;
	*table = sizes;
	memset(heads(table), 0, table_size(table) - slots_size(table));
	for (i = 0; old && i < old->used; i++)
		if (tmy_slot_alive(old, i))
			append(table, tmy_item(old, i), slot_bits(old, i));
	return table;
}

static void mark_dirty(struct tmy_policy *policy, struct tmy_list *list)
{
	tmy_lock(&policy->books);
	if (!list->dirty) {
		list->dirty = policy->dirty ? policy->dirty : list;
		policy->dirty = list;
	}
	tmy_unlock(&policy->books);
}

static void replace(struct tmy_policy *policy, struct tmy_list *list, struct tmy_table *table)
{
	struct tmy_table *old = tmy_list_table(list);

	tmy_publish(list->table, table);
	if (!old)
		return;
	tmy_lock(&policy->books);
	if (list->dead)
		tmy_streams_compacted(policy, list, old);
	old->retired = policy->retired;
	policy->retired = old;
	tmy_unlock(&policy->books);
	list->dead = 0;
}

u32 tmy_list_find(const struct tmy_list *list, const void *item, u32 bits)
{
	struct tmy_table *table = tmy_list_table(list);
	u32 head, position = TMY_NOWHERE;

	if (!table)
		return TMY_NOWHERE;
	if (has_shared_key(list->type, item, bits)) {
		if (table->identity)
			position = *identity_place(table, item, bits) - 1;
		if (position != TMY_NOWHERE && !tmy_slot_alive(table, position))
			position = TMY_NOWHERE;
		return position;
	}
	head = tmy_chain(table, list->type->key(item, bits));
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position))
		if (is(table, position, item, bits) && tmy_slot_alive(table, position))
			break;
	return position;
}

int tmy_list_add(struct tmy_policy *policy, struct tmy_list *list, const void *item, u32 bits)
{
	struct tmy_table *table = tmy_list_table(list);

	if (!table || !has_room(table, item, bits)) {
		table = rebuild(policy, list->type, table,
				table ? (table->used - list->dead) / 2 + 4 : 2);
		if (!table)
			return -ENOMEM;
		replace(policy, list, table);
		mark_dirty(policy, list);
	}
	append(table, item, bits);
	return 0;
}

/* Takes a slot out of its chain, so that chains of short lives do not grow. Its own link stays for
 * those who are on it. */
static void unlink_slot(struct tmy_table *table, u32 position)
{
	u32 key = table->type->key(tmy_item(table, position), slot_bits(table, position));
	u32 *head = &heads(table)[(u64)key * table->heads >> 32];
	u32 before = position;

	while (next(table)[before] != position)
		before = next(table)[before];
	if (before == position) {
		tmy_store_release(head, 0);
		return;
	}
	tmy_store_release(&next(table)[before], next(table)[position]);
	if (*head == position + 1)
		tmy_store_release(head, before + 1);
}

void tmy_list_set(struct tmy_policy *policy, struct tmy_list *list, u32 position, u32 bits)
{
	struct tmy_table *table = tmy_list_table(list);

	set_bits(table, position, bits);
	if (tmy_alive(bits))
		return;
	if (!has_shared_key(list->type, tmy_item(table, position), bits))
		unlink_slot(table, position);
	list->dead++;
	mark_dirty(policy, list);
}

/* How many shapes the dead leave behind is known only when the living have theirs. */
static struct tmy_table *without_spare_shapes(struct tmy_policy *policy, struct tmy_table *table)
{
	struct tmy_table *smaller;

	if (table->shapes <= shape_places(table->shapes_used))
		return table;
	smaller = rebuild(policy, table->type, table, 0);
	if (!smaller)
		return table;
	tmy_free(policy, table, table_size(table));
	return smaller;
}

void tmy_list_compact(struct tmy_policy *policy, struct tmy_list *list)
{
	struct tmy_table *old = tmy_list_table(list), *table = NULL;

	if (!old || (!list->dead && old->capacity - old->used <= old->capacity / 32))
		return;
	if (old->used > list->dead) {
		table = rebuild(policy, list->type, old, 0);
		if (!table)
			return;
		table = without_spare_shapes(policy, table);
	}
	replace(policy, list, table);
}

void tmy_table_free(struct tmy_policy *policy, struct tmy_table *table)
{
	u32 i;

	for (i = 0; i < table->used; i++)
		if (!tmy_slot_alive(table, i))
			table->type->release(policy, tmy_item(table, i));
	tmy_free(policy, table, table_size(table));
}

void tmy_list_destroy(struct tmy_policy *policy, struct tmy_list *list)
{
	struct tmy_table *table = tmy_list_table(list);
	u32 i;

	if (!table)
		return;
	list->table = NULL;
	for (i = 0; i < table->used; i++)
		set_bits(table, i, 0);
	tmy_table_free(policy, table);
}
