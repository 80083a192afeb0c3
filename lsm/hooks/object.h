/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects: checks of operations on one or two objects of a file system, for the hooks of several
 * files (kernel ABI specification 3.5 - 3.7).
 */
#ifndef TMY_HOOKS_OBJECT_H
#define TMY_HOOKS_OBJECT_H

#include <linux/path.h>

#include "check.h"

/*
 * tmy_must_check - is the mode other than disabled?
 * @config: from tmy_check_config()
 */
static inline bool tmy_must_check(u8 config)
{
	return (config & TMY_CONFIG_MODE) != TMY_DISABLED;
}

/*
 * tmy_check_path - check an operation on an object
 * @config: from tmy_check_config(); must not be disabled
 * @slash: append '/' to its name unless it ends in one
 *
 * Context: process context, may sleep. Return: as tmy_check().
 */
int tmy_check_path(u8 config, enum tmy_path_operation operation, const struct path *path,
		   bool slash);

/* Likewise for an operation with a number. */
int tmy_check_path_number(u8 config, enum tmy_path_number_operation operation,
			  const struct path *path, bool slash, unsigned long number,
			  enum tmy_radix radix);

/* Likewise for an operation on two objects. @slash: applies to both names. */
int tmy_check_path2(u8 config, enum tmy_path2_operation operation, const struct path *first,
		    const struct path *second, bool slash);

static inline struct tmy_source tmy_path_source(const struct path *path, bool slash)
{
	return (struct tmy_source){ .type = TMY_OF_PATH, .slash = slash, .path = path };
}

/* Raw bytes, to be encoded. */
static inline struct tmy_source tmy_bytes_source(const char *at, size_t length)
{
	return (struct tmy_source){ .type = TMY_OF_BYTES, .text = tmy_span(at, length) };
}

/* A word that is already encoded. */
static inline struct tmy_source tmy_word_source(struct tmy_span word)
{
	return (struct tmy_source){ .type = TMY_OF_WORD, .text = word };
}

#endif
