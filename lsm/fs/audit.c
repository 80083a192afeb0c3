// SPDX-License-Identifier: GPL-2.0-only
/* The file audit: the oldest record, which is gone when it has been read (kernel ABI specification
 * 7.7). */
#include <linux/slab.h>

#include "audit.h"
#include "fs/interface.h"
#include "fs/read_buffer.h"

struct reader {
	struct tmy_leftover leftover;
	struct tmy_record *record; /* taken, but there was no memory for its text */
};

static int open_audit(struct tmy_open *open)
{
	open->data = kzalloc(sizeof(struct reader), GFP_KERNEL_ACCOUNT);
	return open->data ? 0 : -ENOMEM;
}

static void close_audit(struct tmy_open *open)
{
	struct reader *reader = open->data;

	tmy_leftover_drop(&reader->leftover);
	tmy_record_free(reader->record);
	kfree(reader);
}

/* Return: bytes of the text; 0 when there is no record; -ENOMEM. */
static long next_record(struct reader *reader)
{
	char *text;
	long length;

	if (!reader->record)
		reader->record = tmy_audit_take();
	if (!reader->record)
		return 0;
	length = tmy_record_text(reader->record, tmy_span(NULL, 0), &text);
	if (length < 0)
		return length;
	tmy_leftover_begin(&reader->leftover, text, length);
	tmy_record_free(reader->record);
	reader->record = NULL;
	return length;
}

/* At most one record, so that its reader finds it whole when it has the room for it. */
static long read_audit(struct tmy_open *open, char *to, size_t room)
{
	struct reader *reader = open->data;
	long length;

	if (!reader->leftover.text) {
		length = next_record(reader);
		if (length <= 0)
			return length;
	}
	return tmy_leftover_read(&reader->leftover, to, room);
}

const struct tmy_node tmy_node_audit = {
	.name = "audit",
	.mode = 0400,
	.open = open_audit,
	.close = close_audit,
	.read = read_audit,
	.poll = tmy_audit_poll,
};
