// SPDX-License-Identifier: GPL-2.0-only
/* The file query: requests that wait for a decision, and the decisions (kernel ABI specification
 * 7.6). */
#include <linux/slab.h>

#include "engine/line.h"
#include "engine/number.h"
#include "fs/interface.h"
#include "fs/read_buffer.h"
#include "query.h"

struct observer {
	struct tmy_leftover leftover;
	u32 last;     /* serial of the query that was read last */
	bool begun;   /* there was one */
	bool counted; /* the opener was a manager */
};

/* Whoever may not decide must not make others wait (specification 9, D-20). */
static int open_query(struct tmy_open *open)
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

static void close_query(struct tmy_open *open)
{
	struct observer *observer = open->data;

	if (observer->counted)
		tmy_observer_end();
	tmy_leftover_drop(&observer->leftover);
	kfree(observer);
}

/* Return: bytes of the text; 0 at the end of the queries, whose beginning is next; -ENOMEM. */
static long next_query(struct observer *observer)
{
	char *text;
	long length = tmy_query_text(&observer->last, &observer->begun, &text);

	if (length > 0)
		tmy_leftover_begin(&observer->leftover, text, length);
	else if (!length)
		observer->begun = false;
	return length;
}

/* At most one query, so that its reader finds it whole when it has the room for it. */
static long read_query(struct tmy_open *open, char *to, size_t room)
{
	struct observer *observer = open->data;
	long length;

	if (!observer->leftover.text) {
		length = next_query(observer);
		if (length <= 0)
			return length;
	}
	return tmy_leftover_read(&observer->leftover, to, room);
}

static bool parse_answer(struct tmy_span line, unsigned long *serial, unsigned long *answer)
{
	return tmy_span_skip(&line, TMY_SPAN("A")) && tmy_parse_decimal(&line, U32_MAX, serial) &&
	       tmy_span_skip(&line, TMY_SPAN("=")) && tmy_parse_decimal(&line, ULONG_MAX, answer) &&
	       !line.length;
}

static void write_query(struct tmy_open *open, char *line, size_t length)
{
	struct observer *observer = open->data;
	unsigned long serial, answer;

	if (tmy_parse_order(tmy_span(line, length)) == TMY_ORDER_RESET) {
		tmy_leftover_drop(&observer->leftover);
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
