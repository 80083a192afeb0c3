// SPDX-License-Identifier: GPL-2.0-only
/* Audit: the queue of records that wait for a reader. */
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "audit.h"
#include "quota.h"

static DEFINE_SPINLOCK(lock);
static LIST_HEAD(records); /* oldest first */
static u32 queued;	   /* how many; written under the lock, read at any time */
static DECLARE_WAIT_QUEUE_HEAD(readers);

/* Is there room for one more? Certain only under the lock. */
static bool has_room(const struct tmy_domain *domain, size_t size)
{
	bool below;

	tmy_read_begin();
	below = READ_ONCE(queued) < tmy_audit_limit(domain);
	tmy_read_end();
	return below && tmy_quota_allows(TMY_MEMORY_AUDIT, size);
}

bool tmy_audit_wanted(const struct tmy_domain *domain, bool wanted)
{
	return wanted && tmy_policy_active(tmy_kernel_policy) &&
	       has_room(domain, sizeof(struct tmy_record));
}

/* Takes the record over, be it queued or not. */
static void queue(struct tmy_record *record, const struct tmy_domain *domain)
{
	tmy_spin_lock(&lock);
	if (!has_room(domain, record->size)) {
		spin_unlock(&lock);
		tmy_record_free(record);
		return;
	}
	list_add_tail(&record->list, &records);
	WRITE_ONCE(queued, queued + 1);
	tmy_quota_take(TMY_MEMORY_AUDIT, record->size);
	spin_unlock(&lock);
	/* Has a barrier of its own; its counterpart is in tmy_audit_poll(). */
	if (wq_has_sleeper(&readers))
		wake_up_interruptible(&readers);
}

static void audit(struct tmy_room *room, u8 config, bool granted, struct tmy_span remark)
{
	const struct tmy_domain *domain = room->execution.request.domain;
	struct tmy_record *record;

	if (!tmy_audit_wanted(domain, granted || (config & TMY_CONFIG_REJECT_LOG)))
		return;
	record = tmy_record_new(room, config, granted, remark);
	if (record)
		queue(record, domain);
}

void tmy_audit(struct tmy_room *room, u8 config, bool granted)
{
	audit(room, config, granted, tmy_span(NULL, 0));
}

void tmy_audit_consequence(struct tmy_room *room, u8 config, struct tmy_span body)
{
	audit(room, config, false, body);
}

void tmy_audit_remark(const struct tmy_domain *domain, u8 config, struct tmy_span body)
{
	struct tmy_record *record;

	if (!tmy_audit_wanted(domain, config & TMY_CONFIG_REJECT_LOG))
		return;
	record = tmy_record_remark(domain, config, body);
	if (record)
		queue(record, domain);
}

struct tmy_record *tmy_audit_take(void)
{
	struct tmy_record *record;

	tmy_spin_lock(&lock);
	record = list_first_entry_or_null(&records, struct tmy_record, list);
	if (record) {
		list_del(&record->list);
		WRITE_ONCE(queued, queued - 1);
		tmy_quota_give_back(TMY_MEMORY_AUDIT, record->size);
	}
	spin_unlock(&lock);
	return record;
}

bool tmy_audit_poll(struct file *file, struct poll_table_struct *wait)
{
	poll_wait(file, &readers, wait);
	/* Either queue() sees who waits, or this sees what it has queued. */
	smp_mb();
	return READ_ONCE(queued);
}
