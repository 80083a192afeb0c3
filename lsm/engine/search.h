/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Search: finds the first item of a table that matches, by looking it up under every key that a
 * matching item may have.
 *
 * The position found so far bounds the search in other chains. Context: read section.
 */
#ifndef TMY_ENGINE_SEARCH_H
#define TMY_ENGINE_SEARCH_H

#include "request.h"
#include "table.h"

struct tmy_search {
	const struct tmy_policy *policy;
	const struct tmy_table *table;
	u32 found; /* lowest position that matched so far; TMY_NOWHERE: none */
	bool stop; /* set by fits() to end the search, when any match will do */
	/* Does the item of a live slot match? */
	bool (*fits)(struct tmy_search *search, const void *item, u32 bits);
};

/* Searches the chain of a key. */
void tmy_search_chain(struct tmy_search *search, u32 key);

/*
 * tmy_search_patterns - search all patterns that may match a name
 * @kinds: only shapes with any of these
 * @salt: mixed into the keys, as by the list's key()
 */
void tmy_search_patterns(struct tmy_search *search, struct tmy_span name, u16 kinds, u32 salt);

/*
 * tmy_search_ranges - search all ranges that may contain a value
 * @where: as in the shapes of the ranges
 * @bytes: the value, most significant byte first
 * @size: its size, at most 16 bytes
 */
void tmy_search_ranges(struct tmy_search *search, u32 where, const u8 *bytes, u8 size, u16 kinds,
		       u32 salt);

/* The key of a range. @bits: becomes the length of the common prefix of its ends, in bits */
u32 tmy_range_key(u32 where, const u8 *low, const u8 *high, u8 size, u8 *bits);

/* Stores a number, most significant byte first. */
static inline void tmy_number_bytes(unsigned long value, u8 *bytes)
{
	unsigned int i;

	for (i = sizeof(value); i--; value >>= 8)
		bytes[i] = (u8)value;
}

/* Does a text equal a word, or match a pattern? */
bool tmy_atom_matches(const struct tmy_atom *atom, struct tmy_span text, unsigned long *scratch);

#endif
