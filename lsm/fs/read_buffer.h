/* SPDX-License-Identifier: GPL-2.0-only */
/* Read buffer: a formatted text that is returned by one or more calls of read(2). */
#ifndef TMY_FS_READ_BUFFER_H
#define TMY_FS_READ_BUFFER_H

#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/string.h>

struct tmy_read_buffer {
	char *text; /* NULL: empty */
	size_t length, done;
};

/* @text: not empty; freed with kvfree() by the buffer */
static inline void tmy_read_buffer_set(struct tmy_read_buffer *buffer, char *text, size_t length)
{
	*buffer = (struct tmy_read_buffer){ .text = text, .length = length };
}

static inline void tmy_read_buffer_clear(struct tmy_read_buffer *buffer)
{
	kvfree(buffer->text);
	buffer->text = NULL;
}

/* Return: bytes copied. After the last one the buffer is empty. */
static inline long tmy_read_buffer_copy(struct tmy_read_buffer *buffer, char *to, size_t size)
{
	size_t some = min(size, buffer->length - buffer->done);

	memcpy(to, buffer->text + buffer->done, some);
	buffer->done += some;
	if (buffer->done == buffer->length)
		tmy_read_buffer_clear(buffer);
	return (long)some;
}

#endif
