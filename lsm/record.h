/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Record: a request that is logged or asked about, kept in binary form; it is formatted when it is
 * read (kernel ABI specification 7.6, 7.7).
 */
#ifndef TMY_RECORD_H
#define TMY_RECORD_H

#include <linux/list.h>

#include "report.h"
#include "scratch.h"

/* One allocation. On one list at a time; immutable once it is on a list. */
struct tmy_record {
	struct list_head list;
	size_t size;		  /* of the allocation, as charged to the quotas */
	struct tmy_report report; /* points into text only and holds no references */
	char text[];
};

/*
 * tmy_record_new - copy a request into a record
 * @scratch: filled with the request; facts that are not loaded are loaded now, except argv and envp
 * @config: the mode and the log flags that applied to the request
 * @remark: a line such as "quota_exceeded" that is printed in place of the request; copied; at is
 *	    NULL: none
 *
 * Time and task are the current ones, the domain is that of the request. Context: may sleep.
 * Return: the record, to be freed by tmy_record_free(); NULL without memory.
 */
struct tmy_record *tmy_record_new(struct tmy_scratch *scratch, u8 config, bool granted,
				  struct tmy_span remark);

/*
 * tmy_record_remark - a record of something other than a request, such as "use_profile 1"
 * @remark: the line; copied
 *
 * Context: may sleep. Return: the record, to be freed by tmy_record_free(); NULL without memory.
 */
struct tmy_record *tmy_record_remark(const struct tmy_domain *domain, u8 config,
				     struct tmy_span remark);

void tmy_record_free(struct tmy_record *record);

/*
 * tmy_record_text - format a record
 * @title: printed in front
 * @text: the lines and a NUL; to be freed by kvfree()
 *
 * Context: may sleep. Return: length of the text, the NUL included; -ENOMEM.
 */
long tmy_record_text(const struct tmy_record *record, struct tmy_span title, char **text);

#endif
