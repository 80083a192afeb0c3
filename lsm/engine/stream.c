// SPDX-License-Identifier: GPL-2.0-only
/* Stream: an open policy file. */
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
	tmy_replace_domain_ref(&stream->edited, NULL);
	tmy_replace_domain_ref(&stream->domain, NULL);
	tmy_replace_group_ref(stream, NULL);
	tmy_unlock_exclusive(&policy->lock);
	if (stream->header)
		tmy_os_free(stream->header, stream->header_size);
	if (stream->rest)
		tmy_os_free(stream->rest, stream->rest_size);
	tmy_os_free(stream, sizeof(*stream));
}

struct tmy_domain *tmy_stream_domain(const struct tmy_stream *stream)
{
	return stream->edited;
}

/* Sets the lines that are read first: "# select TEXT" and, possibly, that the domain is deleted
 * (2.5). */
static int set_header(struct tmy_stream *stream, struct tmy_span text, bool deleted)
{
	static const struct tmy_span remark = { "# This is a deleted domain.\n", 28 };
	size_t size = 10 + text.length + remark.length;
	struct tmy_text header;

	if (stream->header)
		tmy_os_free(stream->header, stream->header_size);
	stream->header_length = 0;
	stream->header_read = 0;
	stream->header = tmy_os_alloc(size);
	if (!stream->header)
		return -ENOMEM;
	stream->header_size = size;
	header = tmy_text(stream->header, size);
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

	tmy_replace_domain_ref(&stream->edited, domain);
	tmy_rewind(stream);
	error = set_header(stream, header, domain && domain->deleted);
	/* Without the header the text could be mistaken for another domain, or for all of them. */
	if (error)
		domain = NULL;
	tmy_replace_domain_ref(&stream->domain, domain);
	stream->selected = true;
	stream->ended = !domain;
	if (domain)
		tmy_cursor_start(&stream->inner, &domain->entries);
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

static int select_named_domain(struct tmy_stream *stream, const struct tmy_domain_line *line,
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
		domain = tmy_domain_create(policy, line->name, NULL, &error);
		if (error == -EINVAL)
			tmy_check_domain(line->name, problem);
	}
	tmy_replace_domain_ref(&stream->edited, domain);
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
		return select_named_domain(stream, &line, problem);
	case TMY_LINE_SELECT:
		return select_named_domain(stream, &line, problem);
	case TMY_LINE_SELECT_DOMAIN:
		*update = NOT_COUNTED;
		return select_locked(stream, tmy_find_domain(stream->policy, line.name), line.text);
	case TMY_LINE_SELECT_PID:
	case TMY_LINE_SELECT_GLOBAL_PID:
	case TMY_LINE_SELECT_QUERY:
		/* Unknown here: a caller that can find the domain calls tmy_stream_select(). */
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
static int write_namespace_line(struct tmy_stream *stream, struct tmy_span line,
				enum update *update, struct tmy_problem *problem)
{
	bool remove = tmy_span_skip(&line, TMY_SPAN("delete "));
	struct tmy_namespace *space;
	struct tmy_span name;

	/* As in domain policy, for the entries of acl_groups (7.1). */
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

/* Executes a command to the stream. Return: false when the line is none. */
static bool apply_order(struct tmy_stream *stream, struct tmy_span line)
{
	switch (tmy_parse_order(line)) {
	case TMY_ORDER_RESET:
		tmy_replace_domain_ref(&stream->edited, NULL);
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

static int write_manager_line(struct tmy_policy *policy, struct tmy_span text,
			      struct tmy_problem *problem)
{
	struct tmy_manager_line line;

	return tmy_parse_manager_line(text, &line, problem) ? tmy_manager_write(policy, &line)
							    : -EINVAL;
}

static int write_line_locked(struct tmy_stream *stream, struct tmy_span line, enum update *update,
			     struct tmy_problem *problem)
{
	if (apply_order(stream, line)) {
		*update = NOT_COUNTED;
		return 0;
	}
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		return write_domain_policy(stream, line, update, problem);
	case TMY_FILE_EXCEPTION_POLICY:
	case TMY_FILE_PROFILE:
		return write_namespace_line(stream, line, update, problem);
	case TMY_FILE_MANAGER:
		return write_manager_line(stream->policy, line, problem);
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
	error = write_line_locked(stream, tmy_span(line, tmy_normalize(line, length)), &update,
				  problem);
	if (update == COUNTED || (update == COUNTED_IF_ACCEPTED && !error))
		tmy_count_update(policy);
	tmy_unlock_exclusive(&policy->lock);
	return error;
}

/* Copies from @from, of which *@read bytes have been copied before. Return: bytes copied. */
static size_t copy_ready(const char *from, size_t length, size_t *read, char *to, size_t size)
{
	size_t some = length - *read < size ? length - *read : size;

	if (some)
		memcpy(to, from + *read, some);
	*read += some;
	return some;
}

/* Buffers a line that does not fit, to be copied in pieces. Return: false without memory. */
static bool buffer_line(struct tmy_stream *stream, size_t length)
{
	struct tmy_text text;

	if (stream->rest_size < length) {
		if (stream->rest)
			tmy_os_free(stream->rest, stream->rest_size);
		stream->rest_size = 0;
		stream->rest = tmy_os_alloc(length);
		if (!stream->rest)
			return false;
		stream->rest_size = length;
	}
	text = tmy_text(stream->rest, length);
	tmy_put_part(stream, &text);
	tmy_put_char(&text, '\n');
	/* Counters of stat change concurrently, so its lines may be longer now. */
	stream->rest_length = text.length < length ? text.length : length;
	stream->rest_read = 0;
	return true;
}

static long read_text_locked(struct tmy_stream *stream, char *to, size_t size)
{
	size_t used =
		copy_ready(stream->header, stream->header_length, &stream->header_read, to, size);

	used += copy_ready(stream->rest, stream->rest_length, &stream->rest_read, to + used,
			   size - used);
	while (used < size && !stream->ended && tmy_has_part(stream)) {
		struct tmy_text text = tmy_text(to + used, size - used);

		if (tmy_put_part(stream, &text)) {
			tmy_put_char(&text, '\n');
			if (!tmy_text_fits(&text) && !buffer_line(stream, text.length))
				return used ? (long)used : -ENOMEM;
			used += tmy_text_fits(&text) ? text.length : 0;
		}
		tmy_next_part(stream);
		used += copy_ready(stream->rest, stream->rest_length, &stream->rest_read, to + used,
				   size - used);
	}
	/* After the end nothing is read until the stream is rewound, even if something is added. */
	if (used < size && !stream->ended)
		stream->ended = !tmy_has_part(stream);
	return (long)used;
}

long tmy_stream_read(struct tmy_stream *stream, char *to, size_t size)
{
	long length;

	tmy_lock_exclusive(&stream->policy->lock);
	length = read_text_locked(stream, to, size);
	tmy_unlock_exclusive(&stream->policy->lock);
	return length;
}
