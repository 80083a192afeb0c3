// SPDX-License-Identifier: GPL-2.0-only
/* Query: requests that wait until an administrator has decided them. */
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/refcount.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "engine/domain.h"
#include "query.h"
#include "quota.h"

enum {
	QUERY_TIMEOUT = 10 * HZ, /* since the query, or since the last line written to the file */
};

struct query {
	struct list_head list; /* empty: answered or given up */
	refcount_t users;      /* the task that waits, and readers in tmy_query_text() */
	u32 serial;
	u8 retries;
	u8 answer; /* 0: none yet */
	size_t size;
	struct tmy_domain *domain; /* pinned by the waiting task: valid while on the list */
	struct tmy_record *record;
};

static DEFINE_SPINLOCK(query_lock);
static LIST_HEAD(pending_queries); /* in the order of their serials */
static u32 next_serial;
/* Written under query_lock, read without. */
static unsigned int observers;
static u32 keepalives; /* counts lines written to the file */
static DECLARE_WAIT_QUEUE_HEAD(query_waiters);
static DECLARE_WAIT_QUEUE_HEAD(query_readers);

static struct query *alloc_query(struct tmy_scratch *scratch, u8 config, u8 retries)
{
	struct query *query = tmy_os_alloc(sizeof(*query));

	if (!query)
		return NULL;
	query->record = tmy_record_new(scratch, config, false, tmy_span(NULL, 0));
	if (!query->record) {
		tmy_os_free(query, sizeof(*query));
		return NULL;
	}
	INIT_LIST_HEAD(&query->list);
	refcount_set(&query->users, 1);
	query->retries = retries;
	query->answer = TMY_ANSWER_NONE;
	query->domain = (struct tmy_domain *)scratch->execution.request.domain;
	query->size = kmalloc_size_roundup(sizeof(*query)) + query->record->size;
	return query;
}

static void put_query(struct query *query)
{
	if (!refcount_dec_and_test(&query->users))
		return;
	tmy_record_free(query->record);
	tmy_os_free(query, sizeof(*query));
}

static bool enqueue_query(struct query *query)
{
	bool queued;

	tmy_spin_lock(&query_lock);
	queued = observers && tmy_quota_allows(TMY_MEMORY_QUERY, query->size);
	if (queued) {
		query->serial = next_serial++;
		list_add_tail(&query->list, &pending_queries);
		tmy_quota_charge(TMY_MEMORY_QUERY, query->size);
	}
	spin_unlock(&query_lock);
	/* wq_has_sleeper() has a full barrier, which pairs with that in tmy_query_poll(). */
	if (queued && wq_has_sleeper(&query_readers))
		wake_up_interruptible(&query_readers);
	return queued;
}

static void dequeue_query(struct query *query)
{
	lockdep_assert_held(&query_lock);
	list_del_init(&query->list);
	tmy_quota_uncharge(TMY_MEMORY_QUERY, query->size);
}

/* Takes the query off the list and returns its answer, if any. */
static u8 finish_query(struct query *query)
{
	u8 answer;

	tmy_spin_lock(&query_lock);
	answer = query->answer;
	if (!list_empty(&query->list))
		dequeue_query(query);
	spin_unlock(&query_lock);
	return answer;
}

static bool query_settled(const struct query *query)
{
	return READ_ONCE(query->answer) || !READ_ONCE(observers);
}

/* Any signal ends the wait. */
static void wait_for_answer(const struct query *query)
{
	long left;
	u32 seen;

	do {
		seen = READ_ONCE(keepalives);
		left = wait_event_interruptible_timeout(
			query_waiters, query_settled(query) || READ_ONCE(keepalives) != seen,
			QUERY_TIMEOUT);
	} while (left > 0 && !query_settled(query));
}

u8 tmy_query_ask(struct tmy_scratch *scratch, u8 config, u8 retries)
{
	u8 answer = TMY_ANSWER_NONE;
	struct query *query;

	if (!READ_ONCE(observers))
		return answer;
	query = alloc_query(scratch, config, retries);
	if (!query)
		return answer;
	if (enqueue_query(query)) {
		wait_for_answer(query);
		answer = finish_query(query);
	}
	put_query(query);
	return answer;
}

void tmy_observer_begin(void)
{
	tmy_spin_lock(&query_lock);
	WRITE_ONCE(observers, observers + 1);
	spin_unlock(&query_lock);
}

void tmy_observer_end(void)
{
	tmy_spin_lock(&query_lock);
	WRITE_ONCE(observers, observers - 1);
	spin_unlock(&query_lock);
	wake_up_interruptible(&query_waiters);
}

void tmy_query_keep_waiting(void)
{
	tmy_spin_lock(&query_lock);
	WRITE_ONCE(keepalives, keepalives + 1);
	spin_unlock(&query_lock);
	wake_up_interruptible(&query_waiters);
}

/* Under query_lock. */
static struct query *find_query(u32 serial)
{
	struct query *query;

	list_for_each_entry (query, &pending_queries, list)
		if (query->serial == serial)
			return query;
	return NULL;
}

void tmy_query_answer(u32 serial, unsigned long answer)
{
	struct query *query;

	if (!answer || answer > U8_MAX)
		return;
	tmy_spin_lock(&query_lock);
	query = find_query(serial);
	if (query) {
		WRITE_ONCE(query->answer, (u8)answer);
		dequeue_query(query);
	}
	spin_unlock(&query_lock);
	wake_up_interruptible(&query_waiters);
}

struct tmy_domain *tmy_query_domain(u32 serial)
{
	struct tmy_domain *domain = NULL;
	struct query *query;

	tmy_spin_lock(&query_lock);
	query = find_query(serial);
	if (query)
		domain = tmy_domain_get(query->domain);
	spin_unlock(&query_lock);
	return domain;
}

/* Return: the next query, to be released by put_query(); NULL when there is none. */
static struct query *get_next_query(u32 after, bool begun)
{
	struct query *query, *next = NULL;

	tmy_spin_lock(&query_lock);
	list_for_each_entry (query, &pending_queries, list) {
		/* Serials wrap around. */
		if (begun && (s32)(query->serial - after) <= 0)
			continue;
		refcount_inc(&query->users);
		next = query;
		break;
	}
	spin_unlock(&query_lock);
	return next;
}

long tmy_query_text(u32 *after, bool *begun, char **text)
{
	struct query *query = get_next_query(*after, *begun);
	char title[sizeof("Q4294967295-255\n")];
	struct tmy_text out = tmy_text(title, sizeof(title));
	long length;

	if (!query)
		return 0;
	tmy_put_char(&out, 'Q');
	tmy_put_decimal(&out, query->serial);
	tmy_put_char(&out, '-');
	tmy_put_decimal(&out, query->retries);
	tmy_put_char(&out, '\n');
	length = tmy_record_text(query->record, tmy_span(title, out.length), text);
	if (length > 0) {
		*after = query->serial;
		*begun = true;
	}
	put_query(query);
	return length;
}

bool tmy_query_poll(struct file *file, struct poll_table_struct *wait)
{
	poll_wait(file, &query_readers, wait);
	/* Pairs with wq_has_sleeper() in enqueue_query(): it sees the waiter or we the query. */
	smp_mb();
	return !list_empty(&pending_queries);
}
