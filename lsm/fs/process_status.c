// SPDX-License-Identifier: GPL-2.0-only
/* The file .process_status: the domain of a process, by its id (kernel ABI specification 7.3). */
#include <linux/slab.h>

#include "engine/number.h"
#include "fs/interface.h"
#include "fs/task.h"

/* The answer to the last line that was written. */
struct status {
	size_t length, read;
	char text[TMY_DOMAIN_MAX_LENGTH + sizeof("4294967295 255 ")];
};

static int open_status(struct tmy_open_file *open)
{
	open->data = kzalloc(sizeof(struct status), GFP_KERNEL_ACCOUNT);
	return open->data ? 0 : -ENOMEM;
}

static void close_status(struct tmy_open_file *open)
{
	kfree(open->data);
}

static void put_status(struct tmy_text *text, unsigned long id, const struct tmy_domain *domain)
{
	tmy_put_decimal(text, id);
	tmy_put_char(text, ' ');
	tmy_put_decimal(text, tmy_domain_profile(domain));
	tmy_put_char(text, ' ');
	tmy_put(text, tmy_domain_name(domain));
}

static void write_status(struct tmy_open_file *open, char *line, size_t length)
{
	struct status *status = open->data;
	struct tmy_text text = tmy_text(status->text, sizeof(status->text));
	struct tmy_span rest = tmy_span(line, length);
	bool global = tmy_span_skip(&rest, TMY_SPAN("global-pid "));
	const struct task_struct *task;
	unsigned long id;

	status->length = 0;
	status->read = 0;
	if (!tmy_parse_decimal(&rest, INT_MAX, &id) || rest.length)
		return;
	tmy_read_begin();
	task = tmy_find_task(id, global);
	if (task)
		put_status(&text, id, tmy_domain_of(task));
	tmy_read_end();
	status->length = text.length;
}

static long read_status(struct tmy_open_file *open, char *to, size_t size)
{
	struct status *status = open->data;
	size_t some = min(status->length - status->read, size);

	memcpy(to, status->text + status->read, some);
	status->read += some;
	return some;
}

const struct tmy_node tmy_node_process_status = {
	.name = ".process_status",
	.mode = 0600,
	.open = open_status,
	.close = close_status,
	.write = write_status,
	.read = read_status,
};
