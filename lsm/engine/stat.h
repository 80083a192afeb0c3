/* SPDX-License-Identifier: GPL-2.0-only */
/* Stat: counters of events, memory usage and quotas (kernel ABI specification 7.8, 7.9). */
#ifndef TMY_ENGINE_STAT_H
#define TMY_ENGINE_STAT_H

#include "problem.h"

#ifdef __cplusplus
extern "C" {
#endif

enum tmy_event {
	TMY_EVENT_UPDATE,
	TMY_EVENT_LEARNING, /* a request that was not granted, by mode */
	TMY_EVENT_PERMISSIVE,
	TMY_EVENT_ENFORCING,
	TMY_EVENTS,
};

enum tmy_memory {
	TMY_MEMORY_POLICY,
	TMY_MEMORY_AUDIT,
	TMY_MEMORY_QUERY,
	TMY_MEMORIES,
};

/* Each member is written by the owner of the counter, and read without a lock. */
struct tmy_stat {
	u64 count[TMY_EVENTS];
	u64 last[TMY_EVENTS];	    /* seconds since 1970; 0: never */
	tmy_sum used[TMY_MEMORIES]; /* bytes */
	u64 quota[TMY_MEMORIES];    /* bytes; 0: none */
};

/* Counts an event and notes the time. Callers serialise calls for the same event. */
void tmy_count_event(struct tmy_stat *stat, enum tmy_event event);

/*
 * tmy_parse_quota - parse "Memory used by policy: 1000"
 * @line: becomes what follows the number
 */
bool tmy_parse_quota(struct tmy_span *line, enum tmy_memory *memory, unsigned long *bytes,
		     struct tmy_problem *problem);

/* Applies a line of the file stat: sets a quota; any other line is ignored. */
void tmy_stat_write(struct tmy_stat *stat, struct tmy_span line);

enum {
	TMY_STAT_LINES = TMY_EVENTS + (int)TMY_MEMORIES + 1
};

/* Prints a line, without its newline. */
void tmy_put_stat(struct tmy_text *text, const struct tmy_stat *stat, unsigned int line);

/* Prints seconds since 1970 as "2026/11/21 18:53:43", UTC. */
void tmy_put_time(struct tmy_text *text, u64 seconds);

#ifdef __cplusplus
}
#endif

#endif
