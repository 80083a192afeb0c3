/* SPDX-License-Identifier: GPL-2.0-only */
/* Query: requests whose fate an administrator decides while they wait (kernel ABI specification
 * 7.6). */
#ifndef TMY_QUERY_H
#define TMY_QUERY_H

#include "record.h"

enum tmy_answer {
	TMY_ANSWER_NONE = 0, /* nobody is there, or nobody answered in time */
	TMY_ANSWER_YES = 1,
	TMY_ANSWER_NO = 2,
	TMY_ANSWER_RETRY = 3,
};

/*
 * tmy_ask - wait for an administrator's decision
 * @room: a filled one
 * @retries: answers "retry" so far
 *
 * Sleeps, for long. Return: TMY_ANSWER_YES, TMY_ANSWER_RETRY, or anything else for no.
 */
u8 tmy_ask(struct tmy_room *room, u8 config, u8 retries);

/* Who has the file open and is a manager is an observer (specification 9, D-20). */
void tmy_observer_begin(void);
void tmy_observer_end(void);

/* A line was written to the file: all that wait have their full time again. */
void tmy_query_keep_waiting(void);

/* "A1=3": the answer is delivered when such a query waits. Larger answers than 255 count for
 * nothing (D-12). */
void tmy_query_answer(u32 serial, unsigned long answer);

/*
 * tmy_query_domain - the domain of a pending query
 *
 * Return: the domain, kept for the caller; NULL when there is no such query.
 */
struct tmy_domain *tmy_query_domain(u32 serial);

/*
 * tmy_query_text - the first pending query behind the one with serial *@after, as text with its NUL
 * @begun: false: there is none before; becomes true
 * @text: to be freed by kvfree()
 *
 * May sleep. Return: bytes of the text; 0 when there is none; -ENOMEM.
 */
long tmy_query_text(u32 *after, bool *begun, char **text);

struct file;
struct poll_table_struct;
/* Is a query pending? For poll(). */
bool tmy_query_poll(struct file *file, struct poll_table_struct *wait);

#endif
