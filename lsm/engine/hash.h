/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hash: a keyed hash of names that yields the hash of each parent directory in the same pass.
 *
 * The state is initialised with the policy's secret and updated with eight bytes at a time. The
 * hash of a text is the state after all complete groups of eight, finalised with the remaining
 * bytes and the length. So one pass over "/a/b/c" also yields the hashes of "/a/" and "/a/b/". The
 * secret keeps users from choosing names that collide.
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

/* The @length < 8 bytes at @at as a little-endian number. Does not read beyond them. */
static inline u64 tmy_hash_load_some(const char *at, size_t length)
{
	u64 value = 0;

	while (length--)
		value = value << 8 | (u8)at[length];
	return value;
}

/*
 * Finalises the hash of a text of @total bytes. @value: the last @total % 8 bytes, little-endian;
 * higher bytes are ignored
 */
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
		/* One load of the last eight bytes; those hashed already are shifted out. */
		return tmy_hash_close(secret, tmy_hash_load(at + left - 8) >> (8 - left) * 8,
				      text.length);
	return tmy_hash_close(secret, tmy_hash_load_some(at, left), text.length);
}

static inline u32 tmy_hash_pair(u32 a, u32 b)
{
	return tmy_hash_fold(tmy_hash_mix(a, (u64)b << 32 | b));
}

#endif
