/* SPDX-License-Identifier: GPL-2.0-only */
/* Audit: records that wait for a reader (kernel ABI specification 7.7, 7.9). */
#ifndef TMY_AUDIT_H
#define TMY_AUDIT_H

#include "record.h"

/*
 * tmy_audit_wanted - would a record be queued now?
 * @domain: whose limit counts, however many records are of other domains (specification 9, D-22)
 * @wanted: the log option that applies: TMY_CONFIG_..._LOG of the item, or an entry's grant_log=
 *
 * Cheap; saves making what would be dropped: not active, not wanted, the queue is full. Never
 * sleeps.
 */
bool tmy_audit_wanted(const struct tmy_domain *domain, bool wanted);

/*
 * tmy_audit - record a request, if there is room for it and if it is wanted
 * @room: a filled one
 * @granted: then the caller has found that it is wanted (tmy_grant_logged()); of what is not
 *	     granted, TMY_CONFIG_REJECT_LOG in @config says it
 *
 * May sleep.
 */
void tmy_audit(struct tmy_room *room, u8 config, bool granted);

/*
 * tmy_audit_consequence - record what came of a request that was not granted: "quota_exceeded"
 * @room: the request's
 *
 * Wanted when @config has TMY_CONFIG_REJECT_LOG. May sleep.
 */
void tmy_audit_consequence(struct tmy_room *room, u8 config, struct tmy_span body);

/* The same for what has no request; wanted when @config has TMY_CONFIG_REJECT_LOG. */
void tmy_audit_remark(const struct tmy_domain *domain, u8 config, struct tmy_span body);

/*
 * tmy_audit_take - the oldest record, which is the caller's from now on
 *
 * Return: NULL when there is none.
 */
struct tmy_record *tmy_audit_take(void);

struct file;
struct poll_table_struct;
/* Is there a record? For poll(). */
bool tmy_audit_poll(struct file *file, struct poll_table_struct *wait);

#endif
