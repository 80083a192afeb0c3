// SPDX-License-Identifier: GPL-2.0-only
/* Table: an append-only array of items with a hash index. */
#include "table.h"
#include "hash.h"
#include "state.h"

static void **table_items(struct tmy_table *table)
{
	return (void **)tmy_items(table);
}

static u32 *table_next(struct tmy_table *table)
{
	return (u32 *)tmy_next(table);
}

static u32 *table_bits(struct tmy_table *table)
{
	return (u32 *)tmy_bits(table);
}

/* Without bits, only whether the slot is alive. */
static u32 slot_bits(struct tmy_table *table, u32 position)
{
	if (table->type->no_bits)
		return (u32)tmy_slot_alive(table, position) << TMY_LIVE_BITS;
	return table_bits(table)[position];
}

static void set_slot_bits(struct tmy_table *table, u32 position, u32 bits)
{
	void *item = tmy_item(table, position);

	if (!table->type->no_bits)
		WRITE_ONCE(table_bits(table)[position], bits);
	else if (!tmy_bits_alive(bits))
		WRITE_ONCE(table_items(table)[position], (void *)((uintptr_t)item | 1));
}

static u32 *table_heads(struct tmy_table *table)
{
	return (u32 *)tmy_heads(table);
}

static u32 *table_identities(const struct tmy_table *table)
{
	return (u32 *)tmy_heads(table) + table->heads;
}

static struct tmy_shape *table_shapes(const struct tmy_table *table)
{
	return (struct tmy_shape *)(table_identities(table) + table->identity);
}

/* Size of the part that need not be initialised. */
static size_t slots_size(const struct tmy_table *table)
{
	size_t words = table->type->no_bits ? 1 : 2;

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

/* Return: the bucket of a shape, or the empty one to put it into; NULL without buckets. */
static struct tmy_shape *shape_bucket(struct tmy_table *table, const struct tmy_shape *shape)
{
	u32 i = shape->where;

	if (!table->shapes)
		return NULL;
	for (;; i++) {
		struct tmy_shape *bucket = &table_shapes(table)[i & (table->shapes - 1)];

		if (!bucket->kinds || same_shape(bucket, shape))
			return bucket;
	}
}

const struct tmy_shape *tmy_shape_next(const struct tmy_table *table, u32 where, u32 *index)
{
	while (table->shapes) {
		const struct tmy_shape *bucket =
			&table_shapes(table)[(where + (*index)++) & (table->shapes - 1)];

		if (!tmy_load_acquire(&bucket->kinds))
			break;
		if (bucket->where == where)
			return bucket;
	}
	return NULL;
}

static u32 identity_hash(const void *item, u32 bits)
{
	return tmy_hash_fold(tmy_hash_mix((uintptr_t)item, bits & TMY_IDENTITY_BITS));
}

static bool slot_has_identity(struct tmy_table *table, u32 position, const void *item, u32 bits)
{
	return tmy_item(table, position) == item &&
	       !((slot_bits(table, position) ^ bits) & TMY_IDENTITY_BITS);
}

/* Return: the bucket of an identity, or the empty one to put it into. */
static u32 *identity_bucket(struct tmy_table *table, const void *item, u32 bits)
{
	u32 i = identity_hash(item, bits);

	for (;; i++) {
		u32 *bucket = &table_identities(table)[i & (table->identity - 1)];

		if (!*bucket || slot_has_identity(table, *bucket - 1, item, bits))
			return bucket;
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

/*
 * The table must accept it (table_accepts()). The head of the chain, where readers start, is stored
 * last.
 */
static void append_slot(struct tmy_table *table, const void *item, u32 bits)
{
	const struct tmy_list_type *type = table->type;
	u32 position = table->used;
	u32 *head = &table_heads(table)[(u64)type->key(item, bits) * table->heads >> 32];
	struct tmy_shape shape;

	table_items(table)[position] = (void *)item;
	set_slot_bits(table, position, bits);
	if (has_shared_key(type, item, bits)) {
		u32 *bucket = identity_bucket(table, item, bits);

		table->identities_used += !*bucket;
		*bucket = position + 1;
	}
	if (has_shape(type, item, bits, &shape)) {
		struct tmy_shape *bucket = shape_bucket(table, &shape);

		if (!bucket->kinds) {
			table->shapes_used++;
			bucket->where = shape.where;
			bucket->head = shape.head;
			bucket->tail = shape.tail;
		}
		WRITE_ONCE(table->kinds, table->kinds | shape.kinds);
		WRITE_ONCE(table->bloom, table->bloom | tmy_bloom_bit(shape.where));
		tmy_store_release(&bucket->kinds, bucket->kinds | shape.kinds);
	}
	tmy_store_release(&table->used, position + 1);
	WRITE_ONCE(table->key_types, table->key_types | 1u << (bits & TMY_KEY_TYPE_BITS));
	if (*head) {
		u32 last = *head - 1;

		table_next(table)[position] = table_next(table)[last];
		tmy_store_release(&table_next(table)[last], position);
	} else {
		table_next(table)[position] = position;
	}
	tmy_store_release(head, position + 1);
}

static bool table_accepts(struct tmy_table *table, const void *item, u32 bits)
{
	struct tmy_shape shape;

	if (table->used == table->capacity)
		return false;
	if (has_shared_key(table->type, item, bits) &&
	    table->identities_used >= table->identity / 4 * 3)
		return false;
	if (has_shape(table->type, item, bits, &shape)) {
		struct tmy_shape *bucket = shape_bucket(table, &shape);

		return bucket && (bucket->kinds || table->shapes_used < table->shapes / 4 * 3);
	}
	return true;
}

static u32 round_up_power_of_two(u32 wanted)
{
	u32 size = 4;

	while (size < wanted)
		size *= 2;
	return size;
}

/* The number of buckets for so many shapes. */
static u32 shape_bucket_count(u32 shapes)
{
	return round_up_power_of_two(shapes * 3 / 2 + 2);
}

/* Return: a new table with the live slots of @old, which may be NULL, and @spare free ones. */
static struct tmy_table *rebuild_table(struct tmy_policy *policy, const struct tmy_list_type *type,
				       struct tmy_table *old, u32 spare)
{
	struct tmy_table sizes = { .type = type }, *table;
	u32 i, live = 0, shared = 0, shaped = 0;
	struct tmy_shape shape;

	for (i = 0; old && i < old->used; i++) {
		const void *item = tmy_item(old, i);
		u32 bits = slot_bits(old, i);

		if (!tmy_bits_alive(bits))
			continue;
		live++;
		shared += has_shared_key(type, item, bits);
		shaped += has_shape(type, item, bits, &shape);
	}
	sizes.capacity = live + spare;
	sizes.heads = sizes.capacity / 3 + 1;
	if (type->shared_key && (shared || spare))
		sizes.identity = round_up_power_of_two(spare ? shared * 2 + 2 : shared * 3 / 2 + 2);
	if (shaped > (old ? old->shapes_used : 0))
		shaped = old ? old->shapes_used : 0;
	if (type->shape && (shaped || spare))
		sizes.shapes = shape_bucket_count(shaped + (spare ? 1 : 0));

	table = spare ? tmy_alloc(policy, table_size(&sizes))
		      : tmy_alloc_above_quota(policy, table_size(&sizes));
	if (!table)
		return NULL;
	*table = sizes;
	memset(table_heads(table), 0, table_size(table) - slots_size(table));
	for (i = 0; old && i < old->used; i++)
		if (tmy_slot_alive(old, i))
			append_slot(table, tmy_item(old, i), slot_bits(old, i));
	return table;
}

static void mark_list_dirty(struct tmy_policy *policy, struct tmy_list *list)
{
	tmy_lock(&policy->retire_lock);
	if (!list->dirty) {
		list->dirty = policy->dirty ? policy->dirty : list;
		policy->dirty = list;
	}
	tmy_unlock(&policy->retire_lock);
}

static void replace_table(struct tmy_policy *policy, struct tmy_list *list, struct tmy_table *table)
{
	struct tmy_table *old = tmy_list_table(list);

	tmy_publish(list->table, table);
	if (!old)
		return;
	tmy_lock(&policy->retire_lock);
	if (list->dead)
		tmy_streams_compacted(policy, list, old);
	old->retired = policy->retired;
	policy->retired = old;
	tmy_unlock(&policy->retire_lock);
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
			position = *identity_bucket(table, item, bits) - 1;
		if (position != TMY_NOWHERE && !tmy_slot_alive(table, position))
			position = TMY_NOWHERE;
		return position;
	}
	head = tmy_chain(table, list->type->key(item, bits));
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position))
		if (slot_has_identity(table, position, item, bits) &&
		    tmy_slot_alive(table, position))
			break;
	return position;
}

int tmy_list_add(struct tmy_policy *policy, struct tmy_list *list, const void *item, u32 bits)
{
	struct tmy_table *table = tmy_list_table(list);

	if (!table || !table_accepts(table, item, bits)) {
		table = rebuild_table(policy, list->type, table,
				      table ? (table->used - list->dead) / 2 + 4 : 2);
		if (!table)
			return -ENOMEM;
		replace_table(policy, list, table);
		mark_list_dirty(policy, list);
	}
	append_slot(table, item, bits);
	return 0;
}

/*
 * Removes a dead slot from its chain, so that adding and deleting the same key does not let it
 * grow. The slot's own link stays valid for readers that are at it.
 */
static void unlink_slot(struct tmy_table *table, u32 position)
{
	u32 key = table->type->key(tmy_item(table, position), slot_bits(table, position));
	u32 *head = &table_heads(table)[(u64)key * table->heads >> 32];
	u32 before = position;

	while (table_next(table)[before] != position)
		before = table_next(table)[before];
	if (before == position) {
		tmy_store_release(head, 0);
		return;
	}
	tmy_store_release(&table_next(table)[before], table_next(table)[position]);
	if (*head == position + 1)
		tmy_store_release(head, before + 1);
}

void tmy_list_set(struct tmy_policy *policy, struct tmy_list *list, u32 position, u32 bits)
{
	struct tmy_table *table = tmy_list_table(list);

	set_slot_bits(table, position, bits);
	if (tmy_bits_alive(bits))
		return;
	if (!has_shared_key(list->type, tmy_item(table, position), bits))
		unlink_slot(table, position);
	list->dead++;
	mark_list_dirty(policy, list);
}

/* rebuild_table() can only guess how many shapes are left without the dead slots. */
static struct tmy_table *shrink_shapes(struct tmy_policy *policy, struct tmy_table *table)
{
	struct tmy_table *smaller;

	if (table->shapes <= shape_bucket_count(table->shapes_used))
		return table;
	smaller = rebuild_table(policy, table->type, table, 0);
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
		table = rebuild_table(policy, list->type, old, 0);
		if (!table)
			return;
		table = shrink_shapes(policy, table);
	}
	replace_table(policy, list, table);
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
		set_slot_bits(table, i, 0);
	tmy_table_free(policy, table);
}
