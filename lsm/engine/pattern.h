/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patterns: matching names against policy words with wildcards (kernel ABI specification 1.5).
 *
 * The matcher simulates an NFA: it reads the pattern once and keeps the set of positions in the
 * name that the pattern read so far can reach. The time is at most proportional to pattern length
 * times name length; it does not backtrack, recurse or allocate.
 */
#ifndef TMY_ENGINE_PATTERN_H
#define TMY_ENGINE_PATTERN_H

#include "os.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Elements (unsigned long) of scratch memory that tmy_match() needs for a name of @length bytes. */
#define TMY_MATCH_SCRATCH(length) (2 * ((length) / (8 * sizeof(unsigned long)) + 1))

/*
 * tmy_literal_prefix - length in bytes of the part before the first wildcard (1.5.1)
 *
 * Return: @length itself when the word holds no wildcard.
 */
size_t tmy_literal_prefix(const char *word, size_t length);

/*
 * tmy_match - does the encoded name match the word (1.5.2)?
 * @scratch: TMY_MATCH_SCRATCH(@name_length) elements, need not be initialised
 *
 * A word without wildcards matches itself only. For a pattern that is not a correct word (word.h)
 * the result is unspecified, but it is as safe.
 */
bool tmy_match(const char *name, size_t name_length, const char *pattern, size_t pattern_length,
	       unsigned long *scratch);

#ifdef __cplusplus
}
#endif

#endif
