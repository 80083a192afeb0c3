/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patterns: does a name match a policy word with wildcards (kernel ABI specification 1.5)?
 *
 * The matcher keeps the set of places in the name that the pattern read so far can reach, and reads
 * the pattern once. Its time is at most pattern length times name length; it never backtracks,
 * recurses or allocates.
 */
#ifndef TMY_ENGINE_PATTERN_H
#define TMY_ENGINE_PATTERN_H

#include "os.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Elements of scratch memory that tmy_match() needs for a name of @length bytes. */
#define TMY_MATCH_SCRATCH(length) (2 * ((length) / (8 * sizeof(unsigned long)) + 1))

/*
 * tmy_literal_prefix - length in bytes of what comes before the first wildcard (1.5.1)
 *
 * Return: @length itself when the word holds no wildcard.
 */
size_t tmy_literal_prefix(const char *word, size_t length);

/*
 * tmy_match - does the encoded name match the word (1.5.2)?
 * @scratch: TMY_MATCH_SCRATCH(@name_length) elements, in any state; the caller's alone during the
 * call
 *
 * A word without wildcards matches itself only. A pattern that is no correct word may match
 * anything or nothing, but is as harmless.
 */
bool tmy_match(const char *name, size_t name_length, const char *pattern, size_t pattern_length,
	       unsigned long *scratch);

#ifdef __cplusplus
}
#endif

#endif
