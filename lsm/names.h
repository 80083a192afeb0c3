/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names: what things of the system are called in policy (kernel ABI specification 1.1, 3.12).
 *
 * A name is made in an arena: a piece of memory that is used up from both its ends. Nothing here
 * allocates (but tmy_path_text()) or sleeps.
 */
#ifndef TMY_NAMES_H
#define TMY_NAMES_H

#include <linux/path.h>

#include "engine/text.h"

/* Free are the bytes from front up to back. */
struct tmy_arena {
	char *at;
	size_t front, back;
};

/*
 * tmy_name_path - the encoded pathname of an object (3.12)
 * @slash: end it in '/' whatever it is
 * @name: lies in the arena
 *
 * Return: 0; -ENAMETOOLONG when the arena has too little room; another error when the object has no
 * name at all.
 */
int tmy_name_path(struct tmy_arena *arena, const struct path *path, bool slash,
		  struct tmy_span *name);

/* Encodes any bytes (1.1). Return: 0, -ENAMETOOLONG. */
int tmy_name_bytes(struct tmy_arena *arena, struct tmy_span bytes, struct tmy_span *name);

/*
 * tmy_path_text - the encoded pathname of an object in memory of its own
 * @name: to be freed by tmy_text_free()
 *
 * May sleep. Return: 0, -ENOMEM.
 */
int tmy_path_text(const struct path *path, struct tmy_span *name);
void tmy_text_free(struct tmy_span text);

#endif
