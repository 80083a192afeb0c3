// SPDX-License-Identifier: GPL-2.0-only
/* The file query: reading returns pending queries, writing answers them (kernel ABI specification
 * 7.6). */
#include <linux/slab.h>

#include "engine/line.h"
#include "engine/number.h"
#include "fs/interface.h"
#include "fs/read_buffer.h"
#include "query.h"

struct observer {
	struct tmy_read_buffer buffer;
	u32 last;     /* serial of the query that was read last */
	bool begun;   /* last is set */
	bool counted; /* as an observer, since a manager has opened the file */
};

/* Requests wait only for those who may answer them (specification 9, D-20). */
static int open_query(struct tmy_open_file *open)
{
	struct observer *observer = kzalloc(sizeof(*observer), GFP_KERNEL_ACCOUNT);

	if (!observer)
		return -ENOMEM;
	observer->counted = tmy_may_manage(open);
	if (observer->counted)
		tmy_observer_begin();
	open->data = observer;
	return 0;
}

static void close_query(struct tmy_open_file *open)
{
	struct observer *observer = open->data;

	if (observer->counted)
		tmy_observer_end();
	tmy_read_buffer_clear(&observer->buffer);
	kfree(observer);
}

/* Return: length of the text; 0 after the last query, then it starts again; -ENOMEM. */
static long next_query(struct observer *observer)
{
	char *text;
	long length = tmy_query_text(&observer->last, &observer->begun, &text);

	if (length > 0)
		tmy_read_buffer_set(&observer->buffer, text, length);
	else if (!length)
		observer->begun = false;
	return length;
}

/* One query per read(2), so that a large enough buffer gets a whole one. */
static long read_query(struct tmy_open_file *open, char *to, size_t size)
{
	struct observer *observer = open->data;
	long length;

	if (!observer->buffer.text) {
		length = next_query(observer);
		if (length <= 0)
			return length;
	}
	return tmy_read_buffer_copy(&observer->buffer, to, size);
}

static bool parse_answer(struct tmy_span line, unsigned long *serial, unsigned long *answer)
{
	return tmy_span_skip(&line, TMY_SPAN("A")) && tmy_parse_decimal(&line, U32_MAX, serial) &&
	       tmy_span_skip(&line, TMY_SPAN("=")) && tmy_parse_decimal(&line, ULONG_MAX, answer) &&
	       !line.length;
}

static void write_query(struct tmy_open_file *open, char *line, size_t length)
{
	struct observer *observer = open->data;
	unsigned long serial, answer;

	if (tmy_parse_order(tmy_span(line, length)) == TMY_ORDER_RESET) {
		tmy_read_buffer_clear(&observer->buffer);
		observer->begun = false;
		return;
	}
	tmy_query_keep_waiting();
	if (parse_answer(tmy_span(line, length), &serial, &answer))
		tmy_query_answer((u32)serial, answer);
}

const struct tmy_node tmy_node_query = {
	.name = "query",
	.mode = 0600,
	.managed = true,
	.open = open_query,
	.close = close_query,
	.write = write_query,
	.read = read_query,
	.poll = tmy_query_poll,
};
