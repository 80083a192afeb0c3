// SPDX-License-Identifier: GPL-2.0-only
/* Search: finds the first item of a table that matches. */
#include "search.h"
#include "hash.h"
#include "state.h"

void tmy_search_chain(struct tmy_search *search, u32 key)
{
	const struct tmy_table *table = search->table;
	u32 head = tmy_chain(table, key), position;

	for (position = tmy_chain_first(table, head); position < search->found && !search->stop;
	     position = tmy_chain_next(table, head, position)) {
		u32 bits = READ_ONCE(tmy_bits(table)[position]);

		if (tmy_bits_alive(bits) &&
		    search->fits(search, tmy_items(table)[position], bits)) {
			search->found = position;
			break;
		}
	}
}

/* Searches the patterns of one directory. @rest: what follows it in the name */
static void search_directory(struct tmy_search *search, u32 where, struct tmy_span rest, u16 kinds,
			     u32 salt)
{
	const struct tmy_shape *shape;
	u32 index = 0;

	if (!(READ_ONCE(search->table->bloom) & tmy_bloom_bit(where)))
		return;
	while (!search->stop && (shape = tmy_shape_next(search->table, where, &index))) {
		if (!(READ_ONCE(shape->kinds) & kinds) ||
		    rest.length < (size_t)shape->head + shape->tail)
			continue;
		tmy_search_chain(search,
				 tmy_hash_pair(tmy_pattern_key(where, rest.at, shape->head,
							       rest.at + rest.length - shape->tail,
							       shape->tail),
					       salt));
	}
}

/* Return: the highest bit of each byte of @value that is a slash. */
static u64 slash_mask(u64 value)
{
	const u64 low = 0x7f7f7f7f7f7f7f7fULL;
	u64 others = value ^ 0x2f2f2f2f2f2f2f2fULL;

	return ~(((others & low) + low) | others | low);
}

/* Searches the directories that end in the up to eight bytes @value at offset @at of the name. */
static void search_directories(struct tmy_search *search, u64 state, u64 value,
			       struct tmy_span name, size_t at, u16 kinds, u32 salt)
{
	u64 ends = slash_mask(value);

	for (; ends && !search->stop; ends &= ends - 1) {
		size_t end = at + tmy_lowest_bit(ends) / 8 + 1;
		u64 closed = end - at < 8 ? state : tmy_hash_mix(state, value);

		search_directory(search, tmy_hash_close(closed, value, end),
				 tmy_span(name.at + end, name.length - end), kinds, salt);
	}
}

void tmy_search_patterns(struct tmy_search *search, struct tmy_span name, u16 kinds, u32 salt)
{
	u64 state = search->policy->secret;
	size_t at;

	if (!(READ_ONCE(search->table->kinds) & kinds))
		return;
	search_directory(search, tmy_hash_close(state, 0, 0), name, kinds, salt);
	for (at = 0; at < name.length && !search->stop; at += 8) {
		size_t left = name.length - at;
		u64 value = left < 8 ? tmy_hash_load_some(name.at + at, left)
				     : tmy_hash_load(name.at + at);

		search_directories(search, state, value, name, at, kinds, salt);
		state = tmy_hash_mix(state, value);
	}
}

/* The key of the first @bits bits of a value. */
static u32 prefix_key(u32 where, const u8 *bytes, u8 bits)
{
	u8 prefix[16] = { 0 };
	u8 whole = bits / 8;

	memcpy(prefix, bytes, whole);
	if (bits % 8)
		prefix[whole] = bytes[whole] & (u8)(0xff00 >> bits % 8);
	return tmy_hash((u64)where << 32 | bits, tmy_span((const char *)prefix, sizeof(prefix)));
}

u32 tmy_range_key(u32 where, const u8 *low, const u8 *high, u8 size, u8 *bits)
{
	u8 same = 0, differ;

	while (same < size && low[same] == high[same])
		same++;
	*bits = same * 8;
	if (same < size)
		for (differ = low[same] ^ high[same]; !(differ & 0x80); differ = (u8)(differ << 1))
			++*bits;
	return prefix_key(where, low, *bits);
}

void tmy_search_ranges(struct tmy_search *search, u32 where, const u8 *bytes, u8 size, u16 kinds,
		       u32 salt)
{
	const struct tmy_shape *shape;
	u32 index = 0;

	while (!search->stop && (shape = tmy_shape_next(search->table, where, &index)))
		if (READ_ONCE(shape->kinds) & kinds && shape->head <= size * 8)
			tmy_search_chain(
				search, tmy_hash_pair(prefix_key(where, bytes, shape->head), salt));
}

bool tmy_atom_matches(const struct tmy_atom *atom, struct tmy_span text, unsigned long *scratch)
{
	struct tmy_span word = tmy_atom_text(atom);

	if (tmy_atom_type(atom) != TMY_ATOM_PATTERN)
		return tmy_span_equal(word, text);
	return tmy_match(text.at, text.length, word.at, word.length, scratch);
}
