/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Table: things in the order of their arrival, with an index; what a policy is made of.
 *
 * A list owns a table, which readers find through an RCU pointer. A slot's position is its number
 * in that order. A writer, who is the list's only one (state.h), fills slots in place, publishing
 * them last, and takes a thing out by clearing its bits: a slot without bits is dead. When there is
 * no room for another, or the collector comes, the list gets a new table without the dead; the old
 * one is retired until no reader is left, and only then gives up what its dead slots held.
 */
#ifndef TMY_ENGINE_TABLE_H
#define TMY_ENGINE_TABLE_H

#include "text.h"

struct tmy_policy;

/*
 * Where to look for what is no exact match: patterns below a directory, ranges of an address
 * family. There is one for every form that such things have there; forms are few by construction.
 */
struct tmy_shape {
	u32 where; /* hash of the directory, or of what the ranges are of */
	u8 head;   /* bytes, or bits, that are the same for all at the front */
	u8 tail;   /* bytes that are the same for all at the end */
	u16 kinds; /* one bit for each of the owner's kinds that has it; 0: this shape is empty */
};

/*
 * One block of memory: this header, then items, next, bits, heads, identity and shapes. Sizes do
 * not change; slots and shapes do, see above.
 */
struct tmy_table {
	const struct tmy_list_type *type;
	struct tmy_table *retired; /* next in the policy's list of retired tables */
	u32 capacity;		   /* slots */
	u32 used;		   /* slots filled so far */
	u32 heads;		   /* chains */
	u32 identity;		   /* places in the set of identities, a power of two or 0 */
	u32 shapes;		   /* places for shapes, a power of two or 0 */
	u32 identities_used;
	u32 shapes_used;
	u32 flavours;	      /* the owner's: one bit for each flavour of key in use */
	u32 kinds;	      /* of all shapes */
	unsigned long places; /* one bit for each tmy_place_bit() of a shape */
};

/* What an owner must say about its things. */
struct tmy_list_type {
	/* The chain in which a thing is found. */
	u32 (*key)(const void *item, u32 bits);
	/*
	 * Is the thing one of many with the same key, that must be found by itself? Then it has an
	 * identity: the pointer, together with the bits below TMY_IDENTITY_BITS. May be NULL.
	 */
	bool (*shared_key)(const void *item, u32 bits);
	/* Sets the shape under which it is found; false when it needs none. May be NULL. */
	bool (*shape)(const void *item, u32 bits, struct tmy_shape *shape);
	/* Gives up a dead thing. */
	void (*release)(struct tmy_policy *policy, const void *item);
	/* Its slots have no bits: things without operations or flavours, which readers tell apart
	 * by themselves. */
	bool bare;
};

enum {
	TMY_LIVE_BITS = 16, /* bits from here on say what is alive in a slot */
	TMY_IDENTITY_BITS =
		0xffff, /* those below say what it is; the lowest four are its flavour */
	TMY_FLAVOUR_BITS = 0xf,
	TMY_NOWHERE = 0xffffffff, /* no position */
};

struct tmy_list {
	struct tmy_table __tmy_rcu *table; /* NULL while empty */
	const struct tmy_list_type *type;
	struct tmy_list
		*dirty; /* next in the policy's list of those with dead slots; itself at its end */
	u32 dead;	/* dead slots in the table */
};

/* Most directories have no shape: a glance at @places of the table tells. */
static inline unsigned long tmy_place_bit(u32 where)
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
	return tmy_bits(table) + (table->type->bare ? 0 : table->capacity);
}

static inline bool tmy_alive(u32 bits)
{
	return bits >> TMY_LIVE_BITS;
}

/* A bare slot dies by the lowest bit of its item. */
static inline bool tmy_slot_alive(const struct tmy_table *table, u32 position)
{
	if (table->type->bare)
		return !((uintptr_t)READ_ONCE(tmy_items(table)[position]) & 1);
	return tmy_alive(READ_ONCE(tmy_bits(table)[position]));
}

/* What is in a slot, dead or alive. */
static inline void *tmy_item(const struct tmy_table *table, u32 position)
{
	return (void *)((uintptr_t)tmy_items(table)[position] & ~(uintptr_t)1);
}

/* The head of a key's chain: the position of its newest member and one; 0 when it is empty. */
static inline u32 tmy_chain(const struct tmy_table *table, u32 key)
{
	return tmy_load_acquire(&tmy_heads(table)[(u64)key * table->heads >> 32]);
}

/*
 * for (p = tmy_chain_first(table, head); p != TMY_NOWHERE; p = tmy_chain_next(table, head, p)): the
 * positions in a chain, ascending. Things with other keys are among them. What was added after head
 * was read is numbered above it, and is passed over; hence a walk ends where it would go down, or
 * where nothing but the new is left.
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
 * tmy_shape_next - the next shape at a place
 * @index: 0 to begin with; the caller's cursor
 *
 * Return: NULL when there is no more.
 */
const struct tmy_shape *tmy_shape_next(const struct tmy_table *table, u32 where, u32 *index);

/*
 * tmy_list_find - the live slot of a thing with an identity; TMY_NOWHERE when there is none
 * @bits: those below TMY_IDENTITY_BITS count
 *
 * For writers.
 */
u32 tmy_list_find(const struct tmy_list *list, const void *item, u32 bits);

/*
 * tmy_list_add - append a thing, which now belongs to the list
 *
 * For writers. Return: 0, or -ENOMEM and nothing has changed.
 */
int tmy_list_add(struct tmy_policy *policy, struct tmy_list *list, const void *item, u32 bits);

/* Changes the bits of a slot; those below TMY_IDENTITY_BITS must stay. For writers. */
void tmy_list_set(struct tmy_policy *policy, struct tmy_list *list, u32 position, u32 bits);

/* A new table without dead slots and without room, if that is worth it. On lack of memory all
 * stays. For writers. */
void tmy_list_compact(struct tmy_policy *policy, struct tmy_list *list);

/* Gives up everything in it, dead or alive; no reader must be left. */
void tmy_list_destroy(struct tmy_policy *policy, struct tmy_list *list);

/* Frees a retired table and gives up its dead things, when no reader is left. For writers. */
void tmy_table_free(struct tmy_policy *policy, struct tmy_table *table);

/* For writers: the table as it is. */
static inline struct tmy_table *tmy_list_table(const struct tmy_list *list)
{
	return tmy_dereference_locked(list->table);
}

#endif
