/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hash: names, so that the hash of every directory on the way to a name falls off.
 *
 * A state begins as the policy's secret and takes in eight bytes at a time. The hash of a text is
 * its state after all whole eights, closed with what is left and the length. So one walk over
 * "/a/b/c" yields the hashes of "/a/" and "/a/b/" too. Learned names are chosen by users who may
 * wish them to collide, hence the secret.
 */
#ifndef TMY_ENGINE_HASH_H
#define TMY_ENGINE_HASH_H

#include "text.h"

#define TMY_HASH_FACTOR 0x9e3779b97f4a7c15ULL

static inline u64 tmy_hash_mix(u64 state, u64 value)
{
	state = (state ^ value) * TMY_HASH_FACTOR;
	return state ^ state >> 32;
}

static inline u32 tmy_hash_fold(u64 state)
{
	return (u32)(state ^ state >> 29);
}

static inline u64 tmy_hash_load(const char *at)
{
	u64 value;

	memcpy(&value, at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap64(value);
#endif
	return value;
}

/* The first @length < 8 bytes at @at as a number, the first byte lowest; no byte behind them is
 * read. */
static inline u64 tmy_hash_load_some(const char *at, size_t length)
{
	u64 value = 0;

	while (length--)
		value = value << 8 | (u8)at[length];
	return value;
}

/* @value holds the @length < 8 bytes that are left of a text of @total bytes; what is above them
 * does not matter. */
static inline u32 tmy_hash_close(u64 state, u64 value, size_t total)
{
	value &= ((u64)1 << total % 8 * 8) - 1;
	return tmy_hash_fold(tmy_hash_mix(state + total, value));
}

/* The hash of a text. */
static inline u32 tmy_hash(u64 secret, struct tmy_span text)
{
	size_t left = text.length;
	const char *at = text.at;

	for (; left >= 8; at += 8, left -= 8)
		secret = tmy_hash_mix(secret, tmy_hash_load(at));
	if (left && text.length >= 8)
		/* The last eight bytes, of which the first are known already. */
		return tmy_hash_close(secret, tmy_hash_load(at + left - 8) >> (8 - left) * 8,
				      text.length);
	return tmy_hash_close(secret, tmy_hash_load_some(at, left), text.length);
}

static inline u32 tmy_hash_pair(u32 a, u32 b)
{
	return tmy_hash_fold(tmy_hash_mix(a, (u64)b << 32 | b));
}

#endif
