// SPDX-License-Identifier: GPL-2.0-only
/* Stream: one open policy file. */
#include "stream.h"
#include "domain.h"
#include "manager.h"
#include "namespace.h"
#include "reader.h"
#include "word.h"

struct tmy_stream *tmy_stream_open(struct tmy_policy *policy, enum tmy_file file)
{
	struct tmy_stream *stream = tmy_os_alloc(sizeof(*stream));

	if (!stream)
		return NULL;
	memset(stream, 0, sizeof(*stream));
	stream->policy = policy;
	stream->file = file;
	tmy_lock_exclusive(&policy->lock);
	tmy_rewind(stream);
	stream->next = policy->streams;
	policy->streams = stream;
	tmy_unlock_exclusive(&policy->lock);
	return stream;
}

void tmy_stream_close(struct tmy_stream *stream)
{
	struct tmy_policy *policy = stream->policy;
	struct tmy_stream **link = &policy->streams;

	tmy_lock_exclusive(&policy->lock);
	while (*link != stream)
		link = &(*link)->next;
	*link = stream->next;
	tmy_keep_domain(&stream->edited, NULL);
	tmy_keep_domain(&stream->domain, NULL);
	tmy_keep_group(stream, NULL);
	tmy_unlock_exclusive(&policy->lock);
	if (stream->header)
		tmy_os_free(stream->header, stream->header_room);
	if (stream->rest)
		tmy_os_free(stream->rest, stream->rest_room);
	tmy_os_free(stream, sizeof(*stream));
}

struct tmy_domain *tmy_stream_domain(const struct tmy_stream *stream)
{
	return stream->edited;
}

/* "# select TEXT" and, of a deleted domain, that it is one (2.5). */
static int make_header(struct tmy_stream *stream, struct tmy_span text, bool deleted)
{
	static const struct tmy_span remark = { "# This is a deleted domain.\n", 28 };
	size_t room = 10 + text.length + remark.length;
	struct tmy_text header;

	if (stream->header)
		tmy_os_free(stream->header, stream->header_room);
	stream->header_length = 0;
	stream->header_read = 0;
	stream->header = tmy_os_alloc(room);
	if (!stream->header)
		return -ENOMEM;
	stream->header_room = room;
	header = tmy_text(stream->header, room);
	tmy_puts(&header, "# select ");
	tmy_put(&header, text);
	tmy_put_char(&header, '\n');
	if (deleted)
		tmy_put(&header, remark);
	stream->header_length = header.length;
	return 0;
}

static int select_locked(struct tmy_stream *stream, struct tmy_domain *domain,
			 struct tmy_span header)
{
	int error;

	tmy_keep_domain(&stream->edited, domain);
	tmy_rewind(stream);
	error = make_header(stream, header, domain && domain->deleted);
	/* What does not say which domain it is would be taken for another one, or for all of them.
	 */
	if (error)
		domain = NULL;
	tmy_keep_domain(&stream->domain, domain);
	stream->selected = true;
	stream->ended = !domain;
	if (domain)
		tmy_place_start(&stream->inner, &domain->entries);
	return error;
}

int tmy_stream_select(struct tmy_stream *stream, struct tmy_domain *domain, struct tmy_span header)
{
	int error;

	tmy_lock_exclusive(&stream->policy->lock);
	error = select_locked(stream, domain, header);
	tmy_unlock_exclusive(&stream->policy->lock);
	return error;
}

static int name_domain(struct tmy_stream *stream, const struct tmy_domain_line *line,
		       struct tmy_problem *problem)
{
	struct tmy_policy *policy = stream->policy;
	struct tmy_domain *domain = tmy_find_domain(policy, line->name);
	int error = 0;

	if (line->remove) {
		if (domain)
			tmy_domain_delete(policy, domain);
		domain = NULL;
	} else if (!domain && line->type == TMY_LINE_DOMAIN) {
		domain = tmy_domain_make(policy, line->name, NULL, &error);
		if (error == -EINVAL)
			tmy_check_domain(line->name, problem);
	}
	tmy_keep_domain(&stream->edited, domain);
	return error;
}

/* Does a line count as an update (7.8)? */
enum update {
	COUNTED_IF_ACCEPTED,
	COUNTED,
	NOT_COUNTED,
};

static int write_domain_policy(struct tmy_stream *stream, struct tmy_span text, enum update *update,
			       struct tmy_problem *problem)
{
	struct tmy_domain_line line;

	if (!tmy_parse_domain_line(text, &line, problem))
		return -EINVAL;
	switch (line.type) {
	case TMY_LINE_DOMAIN:
		*update = COUNTED;
		return name_domain(stream, &line, problem);
	case TMY_LINE_SELECT:
		return name_domain(stream, &line, problem);
	case TMY_LINE_SELECT_DOMAIN:
		*update = NOT_COUNTED;
		return select_locked(stream, tmy_find_domain(stream->policy, line.name), line.text);
	case TMY_LINE_SELECT_PID:
	case TMY_LINE_SELECT_GLOBAL_PID:
	case TMY_LINE_SELECT_QUERY:
		/* Who knows which domain that is has called tmy_stream_select() instead. */
		*update = NOT_COUNTED;
		return select_locked(stream, NULL, line.text);
	}
	if (!stream->edited) {
		tmy_problem(problem, text.at, "no domain is selected");
		return -ENOENT;
	}
	return tmy_domain_write(stream->policy, stream->edited, &line, problem);
}

/* Exception policy and profiles: "[delete] [namespace] rest". */
static int write_namespace(struct tmy_stream *stream, struct tmy_span line, enum update *update,
			   struct tmy_problem *problem)
{
	bool remove = tmy_span_skip(&line, TMY_SPAN("delete "));
	struct tmy_namespace *space;
	struct tmy_span name;

	/* As in domain policy, for the sake of what acl_groups hold (7.1). */
	if (stream->file == TMY_FILE_EXCEPTION_POLICY &&
	    tmy_span_equal(line, TMY_SPAN("select transition_only"))) {
		*update = NOT_COUNTED;
		stream->transition_only = true;
		return 0;
	}
	if (!tmy_take_namespace(&line, &name, problem))
		return -EINVAL;
	space = tmy_namespace_get(stream->policy, name);
	if (!space)
		return -ENOMEM;
	if (stream->file == TMY_FILE_PROFILE)
		return tmy_profile_write(stream->policy, space, line, problem);
	return tmy_exception_write(stream->policy, space, line, remove, problem);
}

/* Is the line an order to the stream itself? Then it is carried out. */
static bool obey(struct tmy_stream *stream, struct tmy_span line)
{
	switch (tmy_parse_order(line)) {
	case TMY_ORDER_RESET:
		tmy_keep_domain(&stream->edited, NULL);
		tmy_rewind(stream);
		return true;
	case TMY_ORDER_TRANSITION_ONLY:
		if (stream->file != TMY_FILE_DOMAIN_POLICY &&
		    stream->file != TMY_FILE_EXCEPTION_POLICY)
			return false;
		stream->transition_only = true;
		return true;
	default:
		return false;
	}
}

static int write_manager(struct tmy_policy *policy, struct tmy_span text,
			 struct tmy_problem *problem)
{
	struct tmy_manager_line line;

	return tmy_parse_manager_line(text, &line, problem) ? tmy_manager_write(policy, &line)
							    : -EINVAL;
}

static int write_locked(struct tmy_stream *stream, struct tmy_span line, enum update *update,
			struct tmy_problem *problem)
{
	if (obey(stream, line)) {
		*update = NOT_COUNTED;
		return 0;
	}
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		return write_domain_policy(stream, line, update, problem);
	case TMY_FILE_EXCEPTION_POLICY:
	case TMY_FILE_PROFILE:
		return write_namespace(stream, line, update, problem);
	case TMY_FILE_MANAGER:
		return write_manager(stream->policy, line, problem);
	case TMY_FILE_STAT:
		(void)tmy_span_skip(&line, TMY_SPAN("delete "));
		tmy_stat_write(&stream->policy->stat, line);
	}
	return 0;
}

int tmy_stream_write(struct tmy_stream *stream, char *line, size_t length,
		     struct tmy_problem *problem)
{
	enum update update = COUNTED_IF_ACCEPTED;
	struct tmy_policy *policy = stream->policy;
	int error;

	if (problem)
		problem->reason = NULL;
	tmy_lock_exclusive(&policy->lock);
	error = write_locked(stream, tmy_span(line, tmy_normalize(line, length)), &update, problem);
	if (update == COUNTED || (update == COUNTED_IF_ACCEPTED && !error))
		tmy_count_update(policy);
	tmy_unlock_exclusive(&policy->lock);
	return error;
}

/* Hands over from bytes that are ready. */
static size_t hand_over(const char *from, size_t length, size_t *read, char *to, size_t room)
{
	size_t some = length - *read < room ? length - *read : room;

	if (some)
		memcpy(to, from + *read, some);
	*read += some;
	return some;
}

/* Keeps a line that does not fit, to be handed over in pieces. */
static bool set_aside(struct tmy_stream *stream, size_t length)
{
	struct tmy_text text;

	if (stream->rest_room < length) {
		if (stream->rest)
			tmy_os_free(stream->rest, stream->rest_room);
		stream->rest_room = 0;
		stream->rest = tmy_os_alloc(length);
		if (!stream->rest)
			return false;
		stream->rest_room = length;
	}
	text = tmy_text(stream->rest, length);
	tmy_put_part(stream, &text);
	tmy_put_char(&text, '\n');
	/* A counter of stat may have grown meanwhile. */
	stream->rest_length = text.length < length ? text.length : length;
	stream->rest_read = 0;
	return true;
}

static long read_locked(struct tmy_stream *stream, char *to, size_t room)
{
	size_t used =
		hand_over(stream->header, stream->header_length, &stream->header_read, to, room);

	used += hand_over(stream->rest, stream->rest_length, &stream->rest_read, to + used,
			  room - used);
	while (used < room && !stream->ended && tmy_part_present(stream)) {
		struct tmy_text text = tmy_text(to + used, room - used);

		if (tmy_put_part(stream, &text)) {
			tmy_put_char(&text, '\n');
			if (!tmy_text_fits(&text) && !set_aside(stream, text.length))
				return used ? (long)used : -ENOMEM;
			used += tmy_text_fits(&text) ? text.length : 0;
		}
		tmy_pass_part(stream);
		used += hand_over(stream->rest, stream->rest_length, &stream->rest_read, to + used,
				  room - used);
	}
	/* Having met the end, a reader stays there until it is rewound, whatever is added. */
	if (used < room && !stream->ended)
		stream->ended = !tmy_part_present(stream);
	return (long)used;
}

long tmy_stream_read(struct tmy_stream *stream, char *to, size_t room)
{
	long length;

	tmy_lock_exclusive(&stream->policy->lock);
	length = read_locked(stream, to, room);
	tmy_unlock_exclusive(&stream->policy->lock);
	return length;
}
