/* SPDX-License-Identifier: GPL-2.0-only */
/* Query: requests that wait until an administrator decides them (kernel ABI specification 7.6). */
#ifndef TMY_QUERY_H
#define TMY_QUERY_H

#include "record.h"

enum tmy_answer {
	TMY_ANSWER_NONE = 0, /* there is no observer, or no answer came in time */
	TMY_ANSWER_YES = 1,
	TMY_ANSWER_NO = 2,
	TMY_ANSWER_RETRY = 3,
};

/*
 * tmy_query_ask - wait until an administrator has decided a request
 * @scratch: filled with the request
 * @retries: how often it was answered with "retry" so far
 *
 * Context: process context, sleeps until there is an answer, a timeout or a signal. Return:
 * TMY_ANSWER_YES, TMY_ANSWER_RETRY, or any other value for no.
 */
u8 tmy_query_ask(struct tmy_scratch *scratch, u8 config, u8 retries);

/* An observer is a manager that has the file query open (specification 9, D-20). */
void tmy_observer_begin(void);
void tmy_observer_end(void);

/* Restarts the timeout of all pending queries; called for each line written to the file. */
void tmy_query_keep_waiting(void);

/* Answers the pending query with this serial, if there is one. Answers above 255 are ignored
 * (D-12).
 */
void tmy_query_answer(u32 serial, unsigned long answer);

/*
 * tmy_query_domain - the domain of a pending query
 *
 * Return: the domain, with a reference for the caller; NULL when there is no such query.
 */
struct tmy_domain *tmy_query_domain(u32 serial);

/*
 * tmy_query_text - format the next pending query
 * @after: serial of the query that was formatted last; becomes that of this one
 * @begun: false: start with the first query, *@after is not used; becomes true
 * @text: with a NUL; to be freed by kvfree()
 *
 * Context: may sleep. Return: length of the text, the NUL included; 0 when there is no further
 * query; -ENOMEM.
 */
long tmy_query_text(u32 *after, bool *begun, char **text);

struct file;
struct poll_table_struct;
/* poll() of the file query. Return: true when a query is pending. */
bool tmy_query_poll(struct file *file, struct poll_table_struct *wait);

#endif
