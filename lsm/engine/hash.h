/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hash: names by components, so that the hash of every directory on the way to a name falls off.
 *
 * A state begins as the policy's secret and takes in one component after the other, each with its
 * slash. What it is after "/a/" is the same for "/a/b" and "/a/c". Learned names are chosen by
 * users who may wish them to collide, hence the secret.
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

/* The first @length <= 8 bytes at @at as a number; no byte behind them is read. */
static inline u64 tmy_hash_bytes(const char *at, size_t length)
{
	u64 value = 0;
	u32 low, high;

	if (length == 8) {
		memcpy(&value, at, 8);
	} else if (length >= 4) {
		memcpy(&low, at, 4);
		memcpy(&high, at + length - 4, 4);
		value = (u64)high << 32 | low;
	} else if (length) {
		value = (u64)(u8)at[0] << 16 | (u64)(u8)at[length / 2] << 8 | (u8)at[length - 1];
	}
	return value;
}

static inline u64 tmy_hash_add(u64 state, const char *at, size_t length)
{
	for (; length > 8; at += 8, length -= 8)
		state = tmy_hash_mix(state, tmy_hash_bytes(at, 8));
	return tmy_hash_mix(state + length, tmy_hash_bytes(at, length));
}

/* How long the next component is, its slash included. */
static inline size_t tmy_component(const char *at, size_t length)
{
	const u64 ones = 0x0101010101010101ULL;
	size_t i = 0;
	u64 word;

	for (; i + 8 <= length; i += 8) {
		memcpy(&word, at + i, 8);
		word ^= ones * '/';
		if ((word - ones) & ~word & ones << 7)
			break;
	}
	for (; i < length; i++)
		if (at[i] == '/')
			return i + 1;
	return length;
}

/* The hash of a whole text, a name or not. */
static inline u32 tmy_hash(u64 secret, struct tmy_span text)
{
	const char *at = text.at;
	size_t left = text.length;
	u64 state = secret;

	while (left) {
		size_t length = tmy_component(at, left);

		state = tmy_hash_add(state, at, length);
		at += length;
		left -= length;
	}
	return tmy_hash_fold(state);
}

static inline u32 tmy_hash_pair(u32 a, u32 b)
{
	return tmy_hash_fold(tmy_hash_mix(a, (u64)b << 32 | b));
}

#endif
