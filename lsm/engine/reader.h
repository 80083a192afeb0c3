/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reader: where in the policy a stream is that is being read, and what stands there.
 *
 * The text of a file consists of parts, lines at most, which are printed one by one. A stream keeps
 * what it is reading, so that it does not go away in between. For writers, all of it: the policy's
 * lock is held.
 */
#ifndef TMY_ENGINE_READER_H
#define TMY_ENGINE_READER_H

#include "state.h"
#include "stream.h"

/* Where a reader is in a list: what is from position next on has not been read. */
struct tmy_place {
	const struct tmy_list *list;
	u32 next;
};

/* All members: the policy's lock. */
struct tmy_stream {
	struct tmy_policy *policy;
	struct tmy_stream *next; /* in the policy's list */
	enum tmy_file file;

	/* Writing. */
	struct tmy_domain *edited; /* kept; NULL: none is selected */

	/* Reading. */
	bool transition_only;
	bool selected; /* only one domain is read */
	bool ended;
	struct tmy_domain *domain;   /* kept: being read, or the selected one */
	struct tmy_namespace *space; /* being read */
	struct tmy_group *group;     /* kept: being read */
	struct tmy_place outer;	     /* domains, namespaces, managers */
	struct tmy_place groups;
	struct tmy_place inner; /* entries, members */
	unsigned int part;	/* of what is at outer */
	unsigned int line;	/* of a profile */
	char *header;		/* of a selection: the lines in front */
	size_t header_room;
	size_t header_length;
	size_t header_read;
	char *rest; /* of a line that did not fit */
	size_t rest_room;
	size_t rest_length;
	size_t rest_read;
};

/* Begins to read from the front, without a selection. */
void tmy_rewind(struct tmy_stream *stream);

void tmy_place_start(struct tmy_place *place, const struct tmy_list *list);

/* Keep another one, or NULL, instead of what was kept. */
void tmy_keep_domain(struct tmy_domain **which, struct tmy_domain *domain);
void tmy_keep_group(struct tmy_stream *stream, struct tmy_group *group);

/* Is there a part that has not been passed? */
bool tmy_part_present(struct tmy_stream *stream);

/* Prints the present part, without its newline; false when it is not even an empty line. */
bool tmy_put_part(struct tmy_stream *stream, struct tmy_text *text);

/* Goes on to the next part. */
void tmy_pass_part(struct tmy_stream *stream);

#endif
