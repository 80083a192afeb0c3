/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stream: one open policy file, the lines written to it and the text read from it (kernel ABI
 * specification 2.3 - 2.5, 5, 6, 7.1, 7.8).
 *
 * It holds what belongs to an open file: which domain is being edited, how far the reader is. It
 * does not hold what only the kernel can say: who is a manager, which domain a process is in, what
 * time it is.
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

/* Return: NULL without memory. */
struct tmy_stream *tmy_stream_open(struct tmy_policy *policy, enum tmy_file file);
void tmy_stream_close(struct tmy_stream *stream);

/*
 * tmy_stream_write - one line
 * @line: without its newline; normalized in place (1.2)
 * @problem: when the line is not understood, where and why; may be NULL
 *
 * Return: 0 when the line was accepted, -EINVAL when it was not understood, -ENOENT when what it
 * deletes is not there or no domain is selected, -ENOMEM.
 */
int tmy_stream_write(struct tmy_stream *stream, char *line, size_t length,
		     struct tmy_problem *problem);

/*
 * tmy_stream_read - the next bytes of the file's text
 *
 * Return: how many; 0 at the end; -ENOMEM when a line is too long for @room and there is no memory
 * to keep its rest. Text is cut anywhere.
 */
long tmy_stream_read(struct tmy_stream *stream, char *to, size_t room);

/*
 * tmy_stream_select - "select pid=" and its like: @domain, which may be NULL, is written to and
 * read from now on
 * @header: what follows "# select " in the first line that is read; copied
 *
 * The caller holds a reference to @domain or is a reader.
 */
int tmy_stream_select(struct tmy_stream *stream, struct tmy_domain *domain, struct tmy_span header);

/* The domain that is being edited, or NULL. */
struct tmy_domain *tmy_stream_domain(const struct tmy_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
