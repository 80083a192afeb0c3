/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Table: an append-only array of items with a hash index, read under RCU. Domains, entries, members
 * of groups, atoms and so on are all stored in such tables.
 *
 * A list (struct tmy_list) owns the current table, to which it has an RCU pointer. A slot of the
 * table holds an item and its bits; its position is its rank in the order of insertion, which first
 * match needs. Writers are serialised by the list's lock (state.h). They append in place and
 * publish the head of the hash chain last, and they delete by clearing the live bits: the slot is
 * then dead. When the table is full, and when the collector finds dead slots, the list gets a new
 * table without them. The old one is retired: after a grace period it is freed and the items of its
 * dead slots are released.
 */
#ifndef TMY_ENGINE_TABLE_H
#define TMY_ENGINE_TABLE_H

#include "text.h"

struct tmy_policy;

/*
 * A shape is how items that are not matched exactly - patterns, ranges - can be looked up by hash
 * nevertheless: it says which part of the name or value that is searched for makes up the key. All
 * patterns below a directory with a head of 2 and a tail of 4 literal bytes have one shape, and so
 * have all ranges of IPv4 addresses with a common prefix of 24 bits. There are few shapes for one
 * where, and a search tries all of them.
 */
struct tmy_shape {
	u32 where; /* hash of the literal directory; of ranges: the type of their values */
	u8 head; /* length of the literal head in bytes; of ranges: of the common prefix in bits */
	u8 tail; /* length of the literal tail in bytes */
	u16 kinds; /* one bit for each of the owner's kinds that has it; 0: an empty bucket */
};

/*
 * The header of one allocation, which goes on with these arrays:
 *
 *   items       capacity   pointers to the items
 *   next        capacity   links of the hash chains, which are circular
 *   bits        capacity   of each item; absent if type->no_bits
 *   heads       heads      of each chain: position of its newest slot plus 1; 0: empty
 *   identities  identity   hash set of positions plus 1, by item and identity bits
 *   shapes      shapes     hash set of struct tmy_shape, by where
 */
struct tmy_table {
	const struct tmy_list_type *type;
	struct tmy_table *retired; /* next in the policy's list of retired tables */
	u32 capacity;		   /* slots */
	u32 used;		   /* slots filled so far */
	u32 heads;		   /* number of chains */
	u32 identity;		   /* buckets for identities, a power of two or 0 */
	u32 shapes;		   /* buckets for shapes, a power of two or 0 */
	u32 identities_used;
	u32 shapes_used;
	u32 key_types;	     /* one bit for each type of key in use (TMY_KEY_TYPE_BITS) */
	u32 kinds;	     /* union of those of all shapes */
	unsigned long bloom; /* Bloom filter of shapes' where, see tmy_bloom_bit() */
};

/* The type of the items of a list, implemented by its owner. */
struct tmy_list_type {
	/* The hash key by which an item is looked up. */
	u32 (*key)(const void *item, u32 bits);
	/*
	 * May many items have the same key? Then the item is also indexed by its identity, which is
	 * its address and TMY_IDENTITY_BITS of its bits, for tmy_list_find(). May be NULL: no.
	 */
	bool (*shared_key)(const void *item, u32 bits);
	/* Sets the shape of an item. Return: false when it has none. May be NULL: none has one. */
	bool (*shape)(const void *item, u32 bits, struct tmy_shape *shape);
	/* Drops what the list held of an item whose slot was dead. */
	void (*release)(struct tmy_policy *policy, const void *item);
	/* Slots have no bits: there are no operations and no types of keys. */
	bool no_bits;
};

enum {
	TMY_LIVE_BITS = 16,	    /* bits from here on: operations; a slot without any is dead */
	TMY_IDENTITY_BITS = 0xffff, /* mask of the bits below: what the item is */
	TMY_KEY_TYPE_BITS = 0xf,    /* mask of the lowest of these: the type of its key */
	TMY_NOWHERE = 0xffffffff,   /* no position */
};

struct tmy_list {
	struct tmy_table __tmy_rcu *table; /* NULL while empty */
	const struct tmy_list_type *type;
	struct tmy_list *dirty; /* next in policy->dirty, itself at the end; NULL: not on it */
	u32 dead;		/* dead slots in the table */
};

/* The bit of table->bloom for a where. It rules out most directories, which have no shapes. */
static inline unsigned long tmy_bloom_bit(u32 where)
{
	return 1UL << where % (8 * sizeof(unsigned long));
}

static inline void *const *tmy_items(const struct tmy_table *table)
{
	return (void *const *)(table + 1);
}

static inline const u32 *tmy_next(const struct tmy_table *table)
{
	return (const u32 *)(tmy_items(table) + table->capacity);
}

static inline const u32 *tmy_bits(const struct tmy_table *table)
{
	return tmy_next(table) + table->capacity;
}

static inline const u32 *tmy_heads(const struct tmy_table *table)
{
	return tmy_bits(table) + (table->type->no_bits ? 0 : table->capacity);
}

static inline bool tmy_bits_alive(u32 bits)
{
	return bits >> TMY_LIVE_BITS;
}

/* Without bits, a dead slot is marked in the lowest bit of the pointer to its item. */
static inline bool tmy_slot_alive(const struct tmy_table *table, u32 position)
{
	if (table->type->no_bits)
		return !((uintptr_t)READ_ONCE(tmy_items(table)[position]) & 1);
	return tmy_bits_alive(READ_ONCE(tmy_bits(table)[position]));
}

/* The item of a slot, dead or alive. */
static inline void *tmy_item(const struct tmy_table *table, u32 position)
{
	return (void *)((uintptr_t)tmy_items(table)[position] & ~(uintptr_t)1);
}

/* The head of a key's chain: the position of its newest slot plus 1; 0 when it is empty. */
static inline u32 tmy_chain(const struct tmy_table *table, u32 key)
{
	return tmy_load_acquire(&tmy_heads(table)[(u64)key * table->heads >> 32]);
}

/*
 * for (p = tmy_chain_first(table, head); p != TMY_NOWHERE; p = tmy_chain_next(table, head, p))
 * iterates over the positions in a chain in ascending order; there may be items with other keys and
 * dead slots among them. Chains are circular, and may grow meanwhile: what was appended after head
 * was read has a position of at least head and is skipped. The iteration ends when the position
 * would decrease, or when only new slots are left.
 */
static inline u32 tmy_chain_step(const struct tmy_table *table, u32 head, u32 position)
{
	u32 next = tmy_load_acquire(&tmy_next(table)[position]);

	while (next >= head) {
		position = next;
		next = tmy_load_acquire(&tmy_next(table)[position]);
		if (next >= head && next <= position)
			return TMY_NOWHERE;
	}
	return next;
}

static inline u32 tmy_chain_first(const struct tmy_table *table, u32 head)
{
	return head ? tmy_chain_step(table, head, head - 1) : TMY_NOWHERE;
}

static inline u32 tmy_chain_next(const struct tmy_table *table, u32 head, u32 position)
{
	u32 next = tmy_chain_step(table, head, position);

	return next > position ? next : TMY_NOWHERE; /* TMY_NOWHERE is the highest */
}

/*
 * tmy_shape_next - iterate over the shapes with this where
 * @index: cursor of the iteration, 0 at the start
 *
 * Return: NULL when there is no more.
 */
const struct tmy_shape *tmy_shape_next(const struct tmy_table *table, u32 where, u32 *index);

/*
 * tmy_list_find - find the live slot of an item
 * @bits: only TMY_IDENTITY_BITS of them are compared
 *
 * Context: under the list's lock. Return: its position, or TMY_NOWHERE.
 */
u32 tmy_list_find(const struct tmy_list *list, const void *item, u32 bits);

/*
 * tmy_list_add - append an item, which the list takes over
 *
 * Context: under the list's lock, may sleep. Return: 0; -ENOMEM, and nothing has changed.
 */
int tmy_list_add(struct tmy_policy *policy, struct tmy_list *list, const void *item, u32 bits);

/*
 * tmy_list_set - change the bits of a slot; without live bits the item is deleted
 * @bits: TMY_IDENTITY_BITS of them must not change, unless the list has no bits
 *
 * The item is released after a grace period (tmy_collect()). Context: under the list's lock, may
 * sleep.
 */
void tmy_list_set(struct tmy_policy *policy, struct tmy_list *list, u32 position, u32 bits);

/*
 * tmy_list_compact - replace the table by one without dead and spare slots, if it has enough of
 * them
 *
 * Without memory nothing changes. Context: under the list's lock, may sleep.
 */
void tmy_list_compact(struct tmy_policy *policy, struct tmy_list *list);

/* Releases all items, dead or alive, and frees the table. There must be no readers. */
void tmy_list_destroy(struct tmy_policy *policy, struct tmy_list *list);

/* Frees a retired table and releases the items of its dead slots, after a grace period. */
void tmy_table_free(struct tmy_policy *policy, struct tmy_table *table);

/* The current table, for writers. */
static inline struct tmy_table *tmy_list_table(const struct tmy_list *list)
{
	return tmy_dereference_locked(list->table);
}

#endif
