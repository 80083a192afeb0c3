/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names: the encoded pathnames and other names by which policy refers to objects of the system
 * (kernel ABI specification 1.1, 3.12).
 *
 * A name is built in an arena, a block of memory that is consumed from both ends. Only
 * tmy_path_text() allocates; nothing else here sleeps.
 */
#ifndef TMY_NAMES_H
#define TMY_NAMES_H

#include <linux/path.h>

#include "engine/text.h"

/* The bytes from front up to, not including, back are free. */
struct tmy_arena {
	char *at;
	size_t front, back;
};

/*
 * tmy_name_path - the encoded pathname of an object (3.12)
 * @slash: append '/' unless it ends in one
 * @name: points into the arena
 *
 * Return: 0; -ENAMETOOLONG when the arena is too small; another error when the object has no name.
 */
int tmy_name_path(struct tmy_arena *arena, const struct path *path, bool slash,
		  struct tmy_span *name);

/* Encodes @bytes as a word (1.1); @name points into the arena. Return: 0, -ENAMETOOLONG. */
int tmy_name_bytes(struct tmy_arena *arena, struct tmy_span bytes, struct tmy_span *name);

/*
 * tmy_path_text - allocate the encoded pathname of an object
 * @name: to be freed by tmy_text_free()
 *
 * Context: may sleep. Return: 0, -ENOMEM.
 */
int tmy_path_text(const struct path *path, struct tmy_span *name);
void tmy_text_free(struct tmy_span text);

#endif
