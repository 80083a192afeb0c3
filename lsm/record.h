/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Record: a request that somebody wants to know of, kept as it was; its text is made by who reads
 * it (kernel ABI specification 7.6, 7.7).
 */
#ifndef TMY_RECORD_H
#define TMY_RECORD_H

#include <linux/list.h>

#include "report.h"
#include "scratch.h"

/* One piece of memory. Belongs to one list at a time. Only its creator writes to it, before others
 * see it. */
struct tmy_record {
	struct list_head list;
	size_t size;		  /* bytes in all, as the quotas count them */
	struct tmy_report report; /* what it points to lies in text; it keeps nothing else */
	char text[];
};

/*
 * tmy_record_new - keep a request
 * @room: a filled one; facts that are not loaded are loaded now, but a program's arguments
 * @config: the mode and the log flags that the request met
 * @remark: what came of it, "quota_exceeded", to stand in the place of the request; copied; at is
 *	    NULL: nothing of that kind
 *
 * The time and the task are the present ones, the domain is that of the request. May sleep.
 *
 * Return: NULL without memory.
 */
struct tmy_record *tmy_record_new(struct tmy_room *room, u8 config, bool granted,
				  struct tmy_span remark);

/*
 * tmy_record_remark - something that is recorded without a request: "use_profile 1"
 * @remark: copied
 *
 * May sleep. Return: NULL without memory.
 */
struct tmy_record *tmy_record_remark(const struct tmy_domain *domain, u8 config,
				     struct tmy_span remark);

void tmy_record_free(struct tmy_record *record);

/*
 * tmy_record_text - the record's lines with a NUL behind them
 * @title: goes in front
 * @text: to be freed by kvfree()
 *
 * May sleep. Return: bytes of the text; -ENOMEM.
 */
long tmy_record_text(const struct tmy_record *record, struct tmy_span title, char **text);

#endif
