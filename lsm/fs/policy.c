// SPDX-License-Identifier: GPL-2.0-only
/*
 * Policy: the files profile, manager, domain_policy, exception_policy and stat, which are streams
 * of the engine (kernel ABI specification 2.3 - 2.5, 6.4, 7.8, 7.9).
 */
#define pr_fmt(fmt) "TOMOYO: " fmt

#include "counters.h"
#include "engine/domain.h"
#include "engine/stat.h"
#include "engine/stream.h"
#include "fs/interface.h"
#include "fs/task.h"
#include "query.h"

static int open_stream(struct tmy_open_file *open, enum tmy_file file)
{
	open->data = tmy_stream_open(tmy_kernel_policy, file);
	return open->data ? 0 : -ENOMEM;
}

static void close_stream(struct tmy_open_file *open)
{
	tmy_stream_close(open->data);
}

static long read_stream(struct tmy_open_file *open, char *to, size_t size)
{
	return tmy_stream_read(open->data, to, size);
}

static void report_no_memory(void)
{
	u64 quota = READ_ONCE(tmy_policy_stat(tmy_kernel_policy)->quota[TMY_MEMORY_POLICY]);

	if (quota)
		pr_warn_ratelimited(
			"policy needs more memory than its quota of %llu bytes: a line was lost\n",
			quota);
	else
		pr_warn_ratelimited("no memory for policy: a line was lost\n");
}

/* Errors in a line are not reported (7.1). */
static void write_stream(struct tmy_open_file *open, char *line, size_t length)
{
	if (tmy_stream_write(open->data, line, length, NULL) == -ENOMEM)
		report_no_memory();
}

static int open_profile(struct tmy_open_file *open)
{
	return open_stream(open, TMY_FILE_PROFILE);
}

const struct tmy_node tmy_node_profile = {
	.name = "profile",
	.mode = 0600,
	.managed = true,
	.open = open_profile,
	.close = close_stream,
	.write = write_stream,
	.read = read_stream,
};

static int open_manager(struct tmy_open_file *open)
{
	return open_stream(open, TMY_FILE_MANAGER);
}

const struct tmy_node tmy_node_manager = {
	.name = "manager",
	.mode = 0600,
	.managed = true,
	.open = open_manager,
	.close = close_stream,
	.write = write_stream,
	.read = read_stream,
};

static int open_exception_policy(struct tmy_open_file *open)
{
	return open_stream(open, TMY_FILE_EXCEPTION_POLICY);
}

static bool anyone_may_filter(struct tmy_span line)
{
	return tmy_parse_order(line) == TMY_ORDER_TRANSITION_ONLY;
}

const struct tmy_node tmy_node_exception_policy = {
	.name = "exception_policy",
	.mode = 0600,
	.managed = true,
	.open = open_exception_policy,
	.close = close_stream,
	.anyone = anyone_may_filter,
	.write = write_stream,
	.read = read_stream,
};

static int open_stat(struct tmy_open_file *open)
{
	return open_stream(open, TMY_FILE_STAT);
}

static long read_stat(struct tmy_open_file *open, char *to, size_t size)
{
	tmy_counters_gather();
	return read_stream(open, to, size);
}

const struct tmy_node tmy_node_stat = {
	.name = "stat",
	.mode = 0644,
	.managed = true,
	.open = open_stat,
	.close = close_stream,
	.write = write_stream,
	.read = read_stat,
};

static int open_domain_policy(struct tmy_open_file *open)
{
	return open_stream(open, TMY_FILE_DOMAIN_POLICY);
}

/* Selections by pid, global-pid, query or domain, which only change what is read. */
static bool parse_selection(struct tmy_span line, struct tmy_domain_line *selection)
{
	struct tmy_span rest = line;

	if (!tmy_span_skip(&rest, TMY_SPAN("select ")) ||
	    !tmy_parse_domain_line(line, selection, NULL))
		return false;
	switch (selection->type) {
	case TMY_LINE_SELECT_DOMAIN:
	case TMY_LINE_SELECT_PID:
	case TMY_LINE_SELECT_GLOBAL_PID:
	case TMY_LINE_SELECT_QUERY:
		return true;
	}
	return false;
}

static bool anyone_may_select(struct tmy_span line)
{
	struct tmy_domain_line selection;

	return anyone_may_filter(line) || parse_selection(line, &selection);
}

/* Return: the domain, with a reference for the caller; NULL when there is no such task. */
static struct tmy_domain *get_domain_of_task(unsigned long id, bool global)
{
	const struct task_struct *task;
	struct tmy_domain *domain = NULL;

	tmy_read_begin();
	task = tmy_find_task(id, global);
	if (task)
		domain = tmy_domain_get(tmy_domain_of(task));
	tmy_read_end();
	return domain;
}

static struct tmy_domain *get_selected_domain(const struct tmy_domain_line *selection)
{
	if (selection->type == TMY_LINE_SELECT_QUERY)
		return tmy_query_domain(selection->number);
	return get_domain_of_task(selection->number, selection->type == TMY_LINE_SELECT_GLOBAL_PID);
}

static void write_domain_policy(struct tmy_open_file *open, char *line, size_t length)
{
	struct tmy_domain_line selection;
	struct tmy_domain *domain;

	if (!parse_selection(tmy_span(line, length), &selection) ||
	    selection.type == TMY_LINE_SELECT_DOMAIN) {
		write_stream(open, line, length);
		return;
	}
	domain = get_selected_domain(&selection);
	if (tmy_stream_select(open->data, domain, selection.text))
		report_no_memory();
	tmy_domain_put(domain);
}

const struct tmy_node tmy_node_domain_policy = {
	.name = "domain_policy",
	.mode = 0600,
	.managed = true,
	.open = open_domain_policy,
	.close = close_stream,
	.anyone = anyone_may_select,
	.write = write_domain_policy,
	.read = read_stream,
};
