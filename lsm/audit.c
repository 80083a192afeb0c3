// SPDX-License-Identifier: GPL-2.0-only
/* Audit: the queue of records that wait to be read. */
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "audit.h"
#include "quota.h"

static DEFINE_SPINLOCK(audit_lock);
static LIST_HEAD(audit_queue); /* oldest first */
static u32 audit_queue_length; /* how many; written under the lock, read at any time */
static DECLARE_WAIT_QUEUE_HEAD(audit_readers);

/* Reliable only under audit_lock. */
static bool audit_queue_accepts(const struct tmy_domain *domain, size_t size)
{
	bool below;

	tmy_read_begin();
	below = READ_ONCE(audit_queue_length) < tmy_audit_limit(domain);
	tmy_read_end();
	return below && tmy_quota_allows(TMY_MEMORY_AUDIT, size);
}

bool tmy_audit_wanted(const struct tmy_domain *domain, bool wanted)
{
	return wanted && tmy_policy_active(tmy_kernel_policy) &&
	       audit_queue_accepts(domain, sizeof(struct tmy_record));
}

/* Queues a record, or frees it when the queue is full. */
static void queue_record(struct tmy_record *record, const struct tmy_domain *domain)
{
	tmy_spin_lock(&audit_lock);
	if (!audit_queue_accepts(domain, record->size)) {
		spin_unlock(&audit_lock);
		tmy_record_free(record);
		return;
	}
	list_add_tail(&record->list, &audit_queue);
	WRITE_ONCE(audit_queue_length, audit_queue_length + 1);
	tmy_quota_charge(TMY_MEMORY_AUDIT, record->size);
	spin_unlock(&audit_lock);
	/* wq_has_sleeper() has a full barrier, which pairs with that in tmy_audit_poll(). */
	if (wq_has_sleeper(&audit_readers))
		wake_up_interruptible(&audit_readers);
}

static void audit_request(struct tmy_scratch *scratch, u8 config, bool granted,
			  struct tmy_span remark)
{
	const struct tmy_domain *domain = scratch->execution.request.domain;
	struct tmy_record *record;

	if (!tmy_audit_wanted(domain, granted || (config & TMY_CONFIG_REJECT_LOG)))
		return;
	record = tmy_record_new(scratch, config, granted, remark);
	if (record)
		queue_record(record, domain);
}

void tmy_audit(struct tmy_scratch *scratch, u8 config, bool granted)
{
	audit_request(scratch, config, granted, tmy_span(NULL, 0));
}

void tmy_audit_consequence(struct tmy_scratch *scratch, u8 config, struct tmy_span body)
{
	audit_request(scratch, config, false, body);
}

void tmy_audit_remark(const struct tmy_domain *domain, u8 config, struct tmy_span body)
{
	struct tmy_record *record;

	if (!tmy_audit_wanted(domain, config & TMY_CONFIG_REJECT_LOG))
		return;
	record = tmy_record_remark(domain, config, body);
	if (record)
		queue_record(record, domain);
}

struct tmy_record *tmy_audit_take(void)
{
	struct tmy_record *record;

	tmy_spin_lock(&audit_lock);
	record = list_first_entry_or_null(&audit_queue, struct tmy_record, list);
	if (record) {
		list_del(&record->list);
		WRITE_ONCE(audit_queue_length, audit_queue_length - 1);
		tmy_quota_uncharge(TMY_MEMORY_AUDIT, record->size);
	}
	spin_unlock(&audit_lock);
	return record;
}

bool tmy_audit_poll(struct file *file, struct poll_table_struct *wait)
{
	poll_wait(file, &audit_readers, wait);
	/* Pairs with wq_has_sleeper() in queue_record(): it sees the waiter or we the record. */
	smp_mb();
	return READ_ONCE(audit_queue_length);
}
