/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Search: the first thing in a table that fits, looked for under each of the keys that it may have.
 *
 * What has been found bounds what is still looked at. For readers.
 */
#ifndef TMY_ENGINE_SEARCH_H
#define TMY_ENGINE_SEARCH_H

#include "request.h"
#include "table.h"

struct tmy_search {
	const struct tmy_policy *policy;
	const struct tmy_table *table;
	u32 found; /* the first position that fits so far, or TMY_NOWHERE */
	bool stop; /* set by fits() to end the search */
	/* Does a live slot fit? */
	bool (*fits)(struct tmy_search *search, const void *item, u32 bits);
};

/* Looks at the chain of a key. */
void tmy_search_chain(struct tmy_search *search, u32 key);

/*
 * tmy_search_patterns - looks at all patterns that may match a name
 * @kinds: shapes without any of these are passed over
 * @salt: what the owner mixes into the keys
 */
void tmy_search_patterns(struct tmy_search *search, struct tmy_span name, u16 kinds, u32 salt);

/*
 * tmy_search_ranges - looks at all ranges that may hold a value
 * @where: what the ranges are of
 * @bytes: the value, most significant byte first
 * @size: bytes of it, 16 at most
 */
void tmy_search_ranges(struct tmy_search *search, u32 where, const u8 *bytes, u8 size, u16 kinds,
		       u32 salt);

/* The key of a range with these ends, and how many bits it has in common. */
u32 tmy_range_key(u32 where, const u8 *low, const u8 *high, u8 size, u8 *bits);

/* The bytes of a number, most significant first. */
static inline void tmy_number_bytes(unsigned long value, u8 *bytes)
{
	unsigned int i;

	for (i = sizeof(value); i--; value >>= 8)
		bytes[i] = (u8)value;
}

/* Does a name, or the pattern it is, match a text? */
bool tmy_atom_matches(const struct tmy_atom *atom, struct tmy_span text, unsigned long *scratch);

#endif
