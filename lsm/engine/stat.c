// SPDX-License-Identifier: GPL-2.0-only
/* Stat: counters of events, memory usage and quotas. */
#include "stat.h"
#include "number.h"

static const struct tmy_span events[TMY_EVENTS] = {
	[TMY_EVENT_UPDATE] = { "update:", 7 },
	[TMY_EVENT_LEARNING] = { "violation in learning mode:", 27 },
	[TMY_EVENT_PERMISSIVE] = { "violation in permissive mode:", 29 },
	[TMY_EVENT_ENFORCING] = { "violation in enforcing mode:", 28 },
};

static const struct tmy_span memories[TMY_MEMORIES] = {
	[TMY_MEMORY_POLICY] = { "policy:", 7 },
	[TMY_MEMORY_AUDIT] = { "audit log:", 10 },
	[TMY_MEMORY_QUERY] = { "query message:", 14 },
};

void tmy_count_event(struct tmy_stat *stat, enum tmy_event event)
{
	WRITE_ONCE(stat->count[event], stat->count[event] + 1);
	WRITE_ONCE(stat->last[event], tmy_os_seconds());
}

bool tmy_parse_quota(struct tmy_span *line, enum tmy_memory *memory, unsigned long *bytes,
		     struct tmy_problem *problem)
{
	struct tmy_span title = *line;
	unsigned int i;

	if (!tmy_span_skip(&title, TMY_SPAN("Memory used by ")))
		return tmy_problem(problem, line->at, "a quota starts with 'Memory used by'");
	for (i = 0; i < TMY_MEMORIES; i++) {
		struct tmy_span rest = title;

		if (!tmy_span_skip(&rest, memories[i]) || !tmy_span_skip(&rest, TMY_SPAN(" ")))
			continue;
		*line = rest;
		*memory = i;
		return tmy_parse_decimal(line, ~0UL, bytes) ||
		       tmy_problem(problem, rest.at, "a quota is a decimal number of bytes");
	}
	return tmy_problem(problem, title.at,
			   "there are quotas for 'policy:', 'audit log:' and 'query message:'");
}

void tmy_stat_write(struct tmy_stat *stat, struct tmy_span line)
{
	enum tmy_memory memory;
	unsigned long bytes;

	if (tmy_parse_quota(&line, &memory, &bytes, NULL))
		WRITE_ONCE(stat->quota[memory], bytes);
}

static void put_title(struct tmy_text *text, struct tmy_span title, size_t width)
{
	tmy_put(text, title);
	for (; width > title.length; width--)
		tmy_put_char(text, ' ');
}

/* Right-aligned in ten columns. */
static void put_count(struct tmy_text *text, u64 value)
{
	char digits[20];
	struct tmy_text number = tmy_text(digits, sizeof(digits));
	size_t i;

	tmy_put_decimal(&number, (unsigned long)value);
	for (i = number.length; i < 10; i++)
		tmy_put_char(text, ' ');
	tmy_put(text, tmy_span(digits, number.length));
}

static void put_padded(struct tmy_text *text, u64 value, unsigned int digits)
{
	u64 limit = 10;

	for (; digits > 1; digits--, limit *= 10)
		if (value < limit)
			tmy_put_char(text, '0');
	tmy_put_decimal(text, (unsigned long)value);
}

static bool is_leap_year(unsigned long year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

void tmy_put_time(struct tmy_text *text, u64 seconds)
{
	static const u8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	/* A division of 64 bits would call libgcc on 32-bit machines. 32 bits last until 2106. */
	u32 left = (u32)seconds, days = left / 86400, second = left % 86400;
	unsigned long year = 1970;
	unsigned int month = 0;

	for (; days >= 365u + is_leap_year(year); year++)
		days -= 365u + is_leap_year(year);
	for (; days >= (u32)lengths[month] + (month == 1 && is_leap_year(year)); month++)
		days -= (u32)lengths[month] + (month == 1 && is_leap_year(year));
	put_padded(text, year, 4);
	tmy_put_char(text, '/');
	put_padded(text, month + 1, 2);
	tmy_put_char(text, '/');
	put_padded(text, days + 1, 2);
	tmy_put_char(text, ' ');
	put_padded(text, second / 3600, 2);
	tmy_put_char(text, ':');
	put_padded(text, second / 60 % 60, 2);
	tmy_put_char(text, ':');
	put_padded(text, second % 60, 2);
}

static void put_event(struct tmy_text *text, const struct tmy_stat *stat, unsigned int event)
{
	tmy_puts(text, "Policy ");
	put_title(text, events[event], 30);
	tmy_put_char(text, ' ');
	put_count(text, READ_ONCE(stat->count[event]));
	if (!READ_ONCE(stat->last[event]))
		return;
	tmy_puts(text, " (Last: ");
	tmy_put_time(text, READ_ONCE(stat->last[event]));
	tmy_put_char(text, ')');
}

static void put_memory(struct tmy_text *text, const struct tmy_stat *stat, unsigned int memory)
{
	tmy_puts(text, "Memory used by ");
	put_title(text, memories[memory], 22);
	tmy_put_char(text, ' ');
	put_count(text, tmy_sum_read(&stat->used[memory]));
	if (!READ_ONCE(stat->quota[memory]))
		return;
	tmy_puts(text, " (Quota: ");
	put_count(text, READ_ONCE(stat->quota[memory]));
	tmy_put_char(text, ')');
}

void tmy_put_stat(struct tmy_text *text, const struct tmy_stat *stat, unsigned int line)
{
	u64 total = 0;
	unsigned int i;

	if (line < TMY_EVENTS) {
		put_event(text, stat, line);
		return;
	}
	line -= TMY_EVENTS;
	if (line < TMY_MEMORIES) {
		put_memory(text, stat, line);
		return;
	}
	for (i = 0; i < TMY_MEMORIES; i++)
		total += tmy_sum_read(&stat->used[i]);
	put_title(text, TMY_SPAN("Total memory used:"), 38);
	put_count(text, total);
}
