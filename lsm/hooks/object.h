/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects: the questions that hooks of several files ask about one object of a file system (kernel
 * ABI specification 3.5 - 3.7).
 */
#ifndef TMY_HOOKS_OBJECT_H
#define TMY_HOOKS_OBJECT_H

#include <linux/path.h>

#include "check.h"

/*
 * tmy_must_check - is there anything to do for a hook?
 * @config: what tmy_check_config() said of its item
 */
static inline bool tmy_must_check(u8 config)
{
	return (config & TMY_CONFIG_MODE) != TMY_DISABLED;
}

/*
 * tmy_check_path - may it be done to this object?
 * @config: what tmy_check_config() said; must not be disabled
 * @slash: its name ends in '/' whatever it is
 *
 * May sleep. Return: as tmy_check().
 */
int tmy_check_path(u8 config, enum tmy_path_operation operation, const struct path *path,
		   bool slash);

/* The same, with a number. */
int tmy_check_path_number(u8 config, enum tmy_path_number_operation operation,
			  const struct path *path, bool slash, unsigned long number,
			  enum tmy_radix radix);

/*
 * The same with two names, the objects themselves in that order; both names end in '/' or none has
 * to.
 */
int tmy_check_path2(u8 config, enum tmy_path2_operation operation, const struct path *first,
		    const struct path *second, bool slash);

static inline struct tmy_source tmy_path_source(const struct path *path, bool slash)
{
	return (struct tmy_source){ .type = TMY_OF_PATH, .slash = slash, .path = path };
}

/* Any bytes, to be encoded. */
static inline struct tmy_source tmy_bytes_source(const char *at, size_t length)
{
	return (struct tmy_source){ .type = TMY_OF_BYTES, .text = tmy_span(at, length) };
}

/* A word that is encoded already. */
static inline struct tmy_source tmy_word_source(struct tmy_span word)
{
	return (struct tmy_source){ .type = TMY_OF_WORD, .text = word };
}

#endif
