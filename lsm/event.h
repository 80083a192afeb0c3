/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Event: a request that somebody wants to know of, kept as it was; its text is made by who reads it
 * (kernel ABI specification 7.6, 7.7).
 */
#ifndef TMY_EVENT_H
#define TMY_EVENT_H

#include <linux/list.h>

#include "room.h"

/* Belongs to one list at a time. Only its creator writes to it, before others see it. */
struct tmy_event {
	struct list_head list;
	size_t size;		   /* bytes in all, as the quotas count them */
	struct tmy_domain *domain; /* kept */
	u64 seconds;		   /* since 1970 */
	u32 global_pid;		   /* thread, in the first PID namespace */
	u8 profile;
	u8 config; /* mode and log flags that the request met */
	bool granted;
	bool remark;		    /* body is the third line, and there are no paths */
	struct tmy_span body;	    /* with remark */
	struct tmy_span arguments;  /* "argv[]={ ... } envp[]={ ... }", of an execution */
	struct tmy_request request; /* its names lie behind the event */
	struct tmy_facts facts;	    /* all that is known; likewise */
	char text[];
};

/*
 * tmy_event_new - keep a request
 * @room: a filled one; its facts are loaded
 *
 * The time, the task and its domain (@room's request's) are the present ones. May sleep.
 *
 * Return: NULL without memory.
 */
struct tmy_event *tmy_event_new(struct tmy_room *room, u8 config, bool granted);

/*
 * tmy_event_remark - something else that is to be recorded: "use_profile 1", "quota_exceeded"
 * @body: copied
 */
struct tmy_event *tmy_event_remark(struct tmy_domain *domain, u8 config, struct tmy_span body);

void tmy_event_free(struct tmy_event *event);

/* Prints the record's three lines, each with its newline, without a NUL (7.7). */
void tmy_put_event(struct tmy_text *text, const struct tmy_event *event);

#endif
