// SPDX-License-Identifier: GPL-2.0-only
/* The file audit: reading dequeues the oldest record (kernel ABI specification 7.7). */
#include <linux/slab.h>

#include "audit.h"
#include "fs/interface.h"
#include "fs/read_buffer.h"

struct audit_reader {
	struct tmy_read_buffer buffer;
	struct tmy_record *record; /* dequeued, but not yet formatted for lack of memory */
};

static int open_audit(struct tmy_open_file *open)
{
	open->data = kzalloc(sizeof(struct audit_reader), GFP_KERNEL_ACCOUNT);
	return open->data ? 0 : -ENOMEM;
}

static void close_audit(struct tmy_open_file *open)
{
	struct audit_reader *reader = open->data;

	tmy_read_buffer_clear(&reader->buffer);
	tmy_record_free(reader->record);
	kfree(reader);
}

/* Return: length of the text; 0 when there is no record; -ENOMEM. */
static long next_record(struct audit_reader *reader)
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
	tmy_read_buffer_set(&reader->buffer, text, length);
	tmy_record_free(reader->record);
	reader->record = NULL;
	return length;
}

/* One record per read(2), so that a large enough buffer gets a whole one. */
static long read_audit(struct tmy_open_file *open, char *to, size_t size)
{
	struct audit_reader *reader = open->data;
	long length;

	if (!reader->buffer.text) {
		length = next_record(reader);
		if (length <= 0)
			return length;
	}
	return tmy_read_buffer_copy(&reader->buffer, to, size);
}

const struct tmy_node tmy_node_audit = {
	.name = "audit",
	.mode = 0400,
	.open = open_audit,
	.close = close_audit,
	.read = read_audit,
	.poll = tmy_audit_poll,
};
