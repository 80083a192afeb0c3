/* SPDX-License-Identifier: GPL-2.0-only */
/* Leftover: a text that a reader has had the beginning of. */
#ifndef TMY_FS_READ_BUFFER_H
#define TMY_FS_READ_BUFFER_H

#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/string.h>

struct tmy_leftover {
	char *text; /* NULL: there is none */
	size_t length, done;
};

/* Takes @text over, which is not empty. */
static inline void tmy_leftover_begin(struct tmy_leftover *leftover, char *text, size_t length)
{
	*leftover = (struct tmy_leftover){ .text = text, .length = length };
}

static inline void tmy_leftover_drop(struct tmy_leftover *leftover)
{
	kvfree(leftover->text);
	leftover->text = NULL;
}

/* Return: bytes copied. After the last one, there is no leftover. */
static inline long tmy_leftover_read(struct tmy_leftover *leftover, char *to, size_t room)
{
	size_t some = min(room, leftover->length - leftover->done);

	memcpy(to, leftover->text + leftover->done, some);
	leftover->done += some;
	if (leftover->done == leftover->length)
		tmy_leftover_drop(leftover);
	return (long)some;
}

#endif
