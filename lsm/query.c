// SPDX-License-Identifier: GPL-2.0-only
/* Query: requests whose fate an administrator decides while they wait. */
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
	TIMEOUT = 10 * HZ, /* without an answer, and without a sign of life */
};

struct query {
	struct list_head list; /* empty: answered or given up */
	refcount_t users;      /* who asks, and who reads it at the moment */
	u32 serial;
	u8 retries;
	u8 answer; /* 0: none yet */
	size_t size;
	struct tmy_domain *domain; /* who asks keeps it; not to be followed once off the list */
	struct tmy_record *record;
};

static DEFINE_SPINLOCK(lock);
static LIST_HEAD(pending); /* in the order of their serials */
static u32 next_serial;
/* Written under the lock, read at any time. */
static unsigned int observers;
static u32 signs; /* of life, that the administrator's program gave */
static DECLARE_WAIT_QUEUE_HEAD(askers);
static DECLARE_WAIT_QUEUE_HEAD(readers);

static struct query *make_query(struct tmy_room *room, u8 config, u8 retries)
{
	struct query *query = tmy_os_alloc(sizeof(*query));

	if (!query)
		return NULL;
	query->record = tmy_record_new(room, config, false, tmy_span(NULL, 0));
	if (!query->record) {
		tmy_os_free(query, sizeof(*query));
		return NULL;
	}
	INIT_LIST_HEAD(&query->list);
	refcount_set(&query->users, 1);
	query->retries = retries;
	query->answer = TMY_ANSWER_NONE;
	query->domain = (struct tmy_domain *)room->execution.request.domain;
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

static bool enqueue(struct query *query)
{
	bool queued;

	tmy_spin_lock(&lock);
	queued = observers && tmy_quota_allows(TMY_MEMORY_QUERY, query->size);
	if (queued) {
		query->serial = next_serial++;
		list_add_tail(&query->list, &pending);
		tmy_quota_take(TMY_MEMORY_QUERY, query->size);
	}
	spin_unlock(&lock);
	/* Has a barrier of its own; its counterpart is in tmy_query_poll(). */
	if (queued && wq_has_sleeper(&readers))
		wake_up_interruptible(&readers);
	return queued;
}

static void remove(struct query *query)
{
	lockdep_assert_held(&lock);
	list_del_init(&query->list);
	tmy_quota_give_back(TMY_MEMORY_QUERY, query->size);
}

/* What became of it. Nobody can answer it any more. */
static u8 take_answer(struct query *query)
{
	u8 answer;

	tmy_spin_lock(&lock);
	answer = query->answer;
	if (!list_empty(&query->list))
		remove(query);
	spin_unlock(&lock);
	return answer;
}

static bool settled(const struct query *query)
{
	return READ_ONCE(query->answer) || !READ_ONCE(observers);
}

/* Ends early with a signal, whatever the caller is to do with it. */
static void wait_for_answer(const struct query *query)
{
	long left;
	u32 seen;

	do {
		seen = READ_ONCE(signs);
		left = wait_event_interruptible_timeout(
			askers, settled(query) || READ_ONCE(signs) != seen, TIMEOUT);
	} while (left > 0 && !settled(query));
}

u8 tmy_ask(struct tmy_room *room, u8 config, u8 retries)
{
	u8 answer = TMY_ANSWER_NONE;
	struct query *query;

	if (!READ_ONCE(observers))
		return answer;
	query = make_query(room, config, retries);
	if (!query)
		return answer;
	if (enqueue(query)) {
		wait_for_answer(query);
		answer = take_answer(query);
	}
	put_query(query);
	return answer;
}

void tmy_observer_begin(void)
{
	tmy_spin_lock(&lock);
	WRITE_ONCE(observers, observers + 1);
	spin_unlock(&lock);
}

void tmy_observer_end(void)
{
	tmy_spin_lock(&lock);
	WRITE_ONCE(observers, observers - 1);
	spin_unlock(&lock);
	wake_up_interruptible(&askers);
}

void tmy_query_keep_waiting(void)
{
	tmy_spin_lock(&lock);
	WRITE_ONCE(signs, signs + 1);
	spin_unlock(&lock);
	wake_up_interruptible(&askers);
}

/* The lock holder's. */
static struct query *find(u32 serial)
{
	struct query *query;

	list_for_each_entry (query, &pending, list)
		if (query->serial == serial)
			return query;
	return NULL;
}

void tmy_query_answer(u32 serial, unsigned long answer)
{
	struct query *query;

	if (!answer || answer > U8_MAX)
		return;
	tmy_spin_lock(&lock);
	query = find(serial);
	if (query) {
		WRITE_ONCE(query->answer, (u8)answer);
		remove(query);
	}
	spin_unlock(&lock);
	wake_up_interruptible(&askers);
}

struct tmy_domain *tmy_query_domain(u32 serial)
{
	struct tmy_domain *domain = NULL;
	struct query *query;

	tmy_spin_lock(&lock);
	query = find(serial);
	if (query)
		domain = tmy_domain_get(query->domain);
	spin_unlock(&lock);
	return domain;
}

/* Return: to be given back by put_query(). */
static struct query *get_next(u32 after, bool begun)
{
	struct query *query, *next = NULL;

	tmy_spin_lock(&lock);
	list_for_each_entry (query, &pending, list) {
		/* Serials may begin again with 0. */
		if (begun && (s32)(query->serial - after) <= 0)
			continue;
		refcount_inc(&query->users);
		next = query;
		break;
	}
	spin_unlock(&lock);
	return next;
}

long tmy_query_text(u32 *after, bool *begun, char **text)
{
	struct query *query = get_next(*after, *begun);
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
	poll_wait(file, &readers, wait);
	/* Either enqueue() sees who waits, or this sees what it has queued. */
	smp_mb();
	return !list_empty(&pending);
}
