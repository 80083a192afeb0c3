/* SPDX-License-Identifier: GPL-2.0-only */
/* Audit: the queue of records that wait to be read (kernel ABI specification 7.7, 7.9). */
#ifndef TMY_AUDIT_H
#define TMY_AUDIT_H

#include "record.h"

/*
 * tmy_audit_wanted - would a record be queued?
 * @domain: whose limit applies, to records of all domains (specification 9, D-22)
 * @wanted: the log option that applies: TMY_CONFIG_..._LOG of the item, or an entry's grant_log=
 *
 * Saves allocating records that would be dropped because the policy is not active or the queue is
 * full. Context: any, does not sleep.
 */
bool tmy_audit_wanted(const struct tmy_domain *domain, bool wanted);

/*
 * tmy_audit - queue a record of a request, if it is wanted and the queue is not full
 * @scratch: filled with the request
 * @granted: true: the caller has checked tmy_grant_logged(); false: TMY_CONFIG_REJECT_LOG in
 *@config says whether it is wanted
 *
 * Context: process context, may sleep.
 */
void tmy_audit(struct tmy_scratch *scratch, u8 config, bool granted);

/*
 * tmy_audit_consequence - queue a record of what followed from a request that was not granted
 * @scratch: filled with the request
 * @body: the line that is printed in its place, such as "quota_exceeded"
 *
 * Wanted when @config has TMY_CONFIG_REJECT_LOG. Context: process context, may sleep.
 */
void tmy_audit_consequence(struct tmy_scratch *scratch, u8 config, struct tmy_span body);

/* Likewise for an event without a request. */
void tmy_audit_remark(const struct tmy_domain *domain, u8 config, struct tmy_span body);

/*
 * tmy_audit_take - dequeue the oldest record
 *
 * Return: the record, to be freed by tmy_record_free(); NULL when the queue is empty.
 */
struct tmy_record *tmy_audit_take(void);

struct file;
struct poll_table_struct;
/* poll() of the audit file. Return: true when a record is queued. */
bool tmy_audit_poll(struct file *file, struct poll_table_struct *wait);

#endif
