/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reader: the position of a stream in the policy, and the text at that position.
 *
 * The text of a file consists of parts, each at most one line, which are printed one by one. A
 * stream holds references to what it is reading. All functions are called under the policy's lock,
 * held exclusively.
 */
#ifndef TMY_ENGINE_READER_H
#define TMY_ENGINE_READER_H

#include "state.h"
#include "stream.h"

/* A cursor in a list: slots from position next on have not been read. */
struct tmy_list_cursor {
	const struct tmy_list *list;
	u32 next;
};

/* All members are protected by the policy's lock. */
struct tmy_stream {
	struct tmy_policy *policy;
	struct tmy_stream *next; /* in policy->streams */
	enum tmy_file file;

	/* Writing. */
	struct tmy_domain *edited; /* with a reference; NULL: none is selected */

	/* Reading. */
	bool transition_only;
	bool selected; /* only one domain is read */
	bool ended;
	struct tmy_domain *domain;    /* with a reference: being read, or selected */
	struct tmy_namespace *space;  /* being read */
	struct tmy_group *group;      /* with a reference: being read */
	struct tmy_list_cursor outer; /* domains, namespaces, managers */
	struct tmy_list_cursor groups;
	struct tmy_list_cursor inner; /* entries, members */
	unsigned int part;	      /* of the domain or namespace, or of the file */
	unsigned int line;	      /* of a profile */
	char *header;		      /* of a selection: lines that are read first */
	size_t header_size;
	size_t header_length;
	size_t header_read;
	char *rest; /* a line that did not fit */
	size_t rest_size;
	size_t rest_length;
	size_t rest_read;
};

/* Starts reading from the beginning, without a selection. */
void tmy_rewind(struct tmy_stream *stream);

void tmy_cursor_start(struct tmy_list_cursor *cursor, const struct tmy_list *list);

/* Drop a reference and take another one; NULL: none. */
void tmy_replace_domain_ref(struct tmy_domain **which, struct tmy_domain *domain);
void tmy_replace_group_ref(struct tmy_stream *stream, struct tmy_group *group);

/* Is there another part? */
bool tmy_has_part(struct tmy_stream *stream);

/* Prints the current part, without a newline. Return: false when it is no line, not even an empty
 * one. */
bool tmy_put_part(struct tmy_stream *stream, struct tmy_text *text);

/* Advances to the next part. */
void tmy_next_part(struct tmy_stream *stream);

#endif
