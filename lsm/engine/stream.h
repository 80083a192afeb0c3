/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stream: an open policy file, to which lines are written and from which text is read (kernel ABI
 * specification 2.3 - 2.5, 5, 6, 7.1, 7.8).
 *
 * It is the state of an open file: which domain is selected, how far it has been read. Checking for
 * managers and finding the domain of a process is left to the caller.
 */
#ifndef TMY_ENGINE_STREAM_H
#define TMY_ENGINE_STREAM_H

#include "problem.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tmy_domain;
struct tmy_policy;
struct tmy_stream;

enum tmy_file {
	TMY_FILE_DOMAIN_POLICY,
	TMY_FILE_EXCEPTION_POLICY,
	TMY_FILE_PROFILE,
	TMY_FILE_MANAGER,
	TMY_FILE_STAT,
};

/* Return: a stream, to be closed with tmy_stream_close(); NULL without memory. May sleep. */
struct tmy_stream *tmy_stream_open(struct tmy_policy *policy, enum tmy_file file);
void tmy_stream_close(struct tmy_stream *stream);

/*
 * tmy_stream_write - apply one line
 * @line: without its newline; normalized in place (1.2)
 * @problem: set when the line cannot be parsed; may be NULL
 *
 * Context: takes the policy's lock exclusively, may sleep. Return: 0; -EINVAL when the line cannot
 * be parsed; -ENOENT when there is nothing to delete, or no domain is selected; -ENOMEM.
 */
int tmy_stream_write(struct tmy_stream *stream, char *line, size_t length,
		     struct tmy_problem *problem);

/*
 * tmy_stream_read - copy the next bytes of the file's text, which may end in the middle of a line
 *
 * Context: takes the policy's lock exclusively, may sleep. Return: how many; 0 at the end; -ENOMEM
 * when a line does not fit and there is no memory to buffer its rest.
 */
long tmy_stream_read(struct tmy_stream *stream, char *to, size_t size);

/*
 * tmy_stream_select - select a domain by something other than its name, such as "pid=1"
 * @domain: edited and read from now on; NULL: none. The caller holds a reference to it.
 * @header: what follows "# select " in the first line that is read; copied
 *
 * Context: takes the policy's lock exclusively, may sleep. Return: 0, -ENOMEM.
 */
int tmy_stream_select(struct tmy_stream *stream, struct tmy_domain *domain, struct tmy_span header);

/* The domain that is being edited, NULL: none. No reference is taken. */
struct tmy_domain *tmy_stream_domain(const struct tmy_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
