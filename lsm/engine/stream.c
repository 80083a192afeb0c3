// SPDX-License-Identifier: GPL-2.0-only
/* Stream: one open policy file. */
#include "stream.h"
#include "acl.h"
#include "control.h"
#include "domain.h"
#include "group.h"
#include "manager.h"
#include "namespace.h"
#include "word.h"

/* Where a reader is in a list: what is from position next on has not been read. */
struct place {
	const struct tmy_list *list;
	u32 next;
};

/* The parts of a domain's text, in their order. */
enum {
	DOMAIN_NAME,
	DOMAIN_PROFILE,
	DOMAIN_QUOTA_EXCEEDED,
	DOMAIN_TRANSITION_FAILED,
	DOMAIN_GROUPS, /* one for each acl_group */
	DOMAIN_BLANK = DOMAIN_GROUPS + TMY_GROUPS,
	DOMAIN_ENTRIES,
	DOMAIN_END,
};

/* The parts of a namespace's exception policy. */
enum {
	SPACE_CONTROLS,
	SPACE_AGGREGATORS,
	SPACE_PATH_GROUPS,
	SPACE_NUMBER_GROUPS,
	SPACE_ADDRESS_GROUPS,
	SPACE_ACL_GROUPS, /* one for each */
	SPACE_END = SPACE_ACL_GROUPS + TMY_GROUPS,
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
	struct place outer;	     /* domains, namespaces, managers */
	struct place groups;
	struct place inner; /* entries, members */
	unsigned int part;  /* of what is at outer */
	unsigned int line;  /* of a profile */
	char *header;	    /* of a selection: the lines in front */
	size_t header_room;
	size_t header_length;
	size_t header_read;
	char *rest; /* of a line that did not fit */
	size_t rest_room;
	size_t rest_length;
	size_t rest_read;
};

static void follow(struct place *place, const struct tmy_list *list, const struct tmy_table *old)
{
	u32 i, live = 0;

	if (place->list != list)
		return;
	for (i = 0; i < place->next && i < old->used; i++)
		live += tmy_slot_alive(old, i);
	place->next = live;
}

void tmy_streams_compacted(struct tmy_policy *policy, const struct tmy_list *list,
			   const struct tmy_table *old)
{
	struct tmy_stream *stream;

	for (stream = policy->streams; stream; stream = stream->next) {
		follow(&stream->outer, list, old);
		follow(&stream->groups, list, old);
		follow(&stream->inner, list, old);
	}
}

static void start(struct place *place, const struct tmy_list *list)
{
	place->list = list;
	place->next = 0;
}

/* The next live slot, without passing it; TMY_NOWHERE at the end. */
static u32 peek(struct place *place)
{
	const struct tmy_table *table = place->list ? tmy_list_table(place->list) : NULL;

	if (!table)
		return TMY_NOWHERE;
	while (place->next < table->used && !tmy_slot_alive(table, place->next))
		place->next++;
	return place->next < table->used ? place->next : TMY_NOWHERE;
}

static void *item_at(const struct place *place, u32 position)
{
	return tmy_item(tmy_list_table(place->list), position);
}

static void keep_domain(struct tmy_domain **which, struct tmy_domain *domain)
{
	if (domain)
		tmy_domain_get(domain);
	tmy_domain_put(*which);
	*which = domain;
}

static void keep_group(struct tmy_stream *stream, struct tmy_group *group)
{
	if (group)
		group->refs++;
	tmy_group_put(stream->policy, stream->group);
	stream->group = group;
}

/* Begins to read from the front. */
static void rewind_stream(struct tmy_stream *stream)
{
	struct tmy_policy *policy = stream->policy;

	keep_domain(&stream->domain, NULL);
	keep_group(stream, NULL);
	stream->selected = false;
	stream->transition_only = false;
	stream->ended = false;
	stream->space = NULL;
	stream->part = 0;
	stream->line = 0;
	stream->header_length = 0;
	stream->header_read = 0;
	stream->rest_length = 0;
	stream->rest_read = 0;
	start(&stream->inner, NULL);
	start(&stream->groups, NULL);
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		start(&stream->outer, &policy->domains);
		break;
	case TMY_FILE_MANAGER:
		start(&stream->outer, &policy->managers);
		break;
	default:
		start(&stream->outer, &policy->namespaces);
	}
}

struct tmy_stream *tmy_stream_open(struct tmy_policy *policy, enum tmy_file file)
{
	struct tmy_stream *stream = tmy_os_alloc(sizeof(*stream));

	if (!stream)
		return NULL;
	memset(stream, 0, sizeof(*stream));
	stream->policy = policy;
	stream->file = file;
	tmy_lock(&policy->lock);
	rewind_stream(stream);
	stream->next = policy->streams;
	policy->streams = stream;
	tmy_unlock(&policy->lock);
	return stream;
}

void tmy_stream_close(struct tmy_stream *stream)
{
	struct tmy_policy *policy = stream->policy;
	struct tmy_stream **link = &policy->streams;

	tmy_lock(&policy->lock);
	while (*link != stream)
		link = &(*link)->next;
	*link = stream->next;
	keep_domain(&stream->edited, NULL);
	keep_domain(&stream->domain, NULL);
	keep_group(stream, NULL);
	tmy_unlock(&policy->lock);
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

	keep_domain(&stream->edited, domain);
	rewind_stream(stream);
	error = make_header(stream, header, domain && domain->deleted);
	keep_domain(&stream->domain, domain);
	stream->selected = true;
	stream->ended = !domain;
	if (domain)
		start(&stream->inner, &domain->entries);
	return error;
}

int tmy_stream_select(struct tmy_stream *stream, struct tmy_domain *domain, struct tmy_span header)
{
	int error;

	tmy_lock(&stream->policy->lock);
	error = select_locked(stream, domain, header);
	tmy_unlock(&stream->policy->lock);
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
	keep_domain(&stream->edited, domain);
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
		keep_domain(&stream->edited, NULL);
		rewind_stream(stream);
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
	tmy_lock(&policy->lock);
	error = write_locked(stream, tmy_span(line, tmy_normalize(line, length)), &update, problem);
	if (update == COUNTED || (update == COUNTED_IF_ACCEPTED && !error))
		tmy_count_event(&policy->stat, TMY_EVENT_UPDATE);
	tmy_unlock(&policy->lock);
	return error;
}

static bool put_group(struct tmy_text *text, const struct tmy_domain *domain, unsigned int group)
{
	if (!(domain->groups[group / TMY_GROUP_BITS] >> group % TMY_GROUP_BITS & 1))
		return false;
	tmy_puts(text, "use_group ");
	tmy_put_decimal(text, group);
	return true;
}

/* Prints the entry at the inner place, unless it is not to be seen. */
static bool put_entry_at(struct tmy_stream *stream, struct tmy_text *text, u32 position)
{
	u32 bits = tmy_bits(tmy_list_table(stream->inner.list))[position];
	struct tmy_entry entry;

	tmy_acl_entry(item_at(&stream->inner, position), bits, &entry);
	if (stream->transition_only) {
		if (entry.kind == TMY_PATH)
			entry.operations &= 1 << TMY_EXECUTE;
		else if (entry.kind != TMY_TRANSITION)
			entry.operations = 0;
		if (!entry.operations)
			return false;
	}
	tmy_put_entry(text, &entry);
	return true;
}

/* What is printed at the present place; false when there is nothing, not even an empty line. */
static bool put_domain_part(struct tmy_stream *stream, struct tmy_text *text)
{
	const struct tmy_domain *domain = stream->domain;
	u32 position;

	switch (stream->part) {
	case DOMAIN_NAME:
		tmy_put(text, tmy_domain_name(domain));
		return true;
	case DOMAIN_PROFILE:
		tmy_puts(text, "use_profile ");
		tmy_put_decimal(text, domain->profile);
		return true;
	case DOMAIN_QUOTA_EXCEEDED:
		tmy_puts(text, "quota_exceeded");
		return domain->quota_exceeded;
	case DOMAIN_TRANSITION_FAILED:
		tmy_puts(text, "transition_failed");
		return domain->transition_failed;
	case DOMAIN_BLANK:
	case DOMAIN_END:
		return true;
	case DOMAIN_ENTRIES:
		position = peek(&stream->inner);
		return position != TMY_NOWHERE && put_entry_at(stream, text, position);
	}
	return put_group(text, domain, stream->part - DOMAIN_GROUPS);
}

/* Goes on to what comes behind the present place. */
static void pass_domain_part(struct tmy_stream *stream)
{
	if (stream->part == DOMAIN_ENTRIES && peek(&stream->inner) != TMY_NOWHERE) {
		stream->inner.next++;
		return;
	}
	if (stream->part++ < DOMAIN_END)
		return;
	stream->part = 0;
	stream->ended = stream->selected;
	keep_domain(&stream->domain, NULL);
	start(&stream->inner, NULL);
}

/* Is there a present place? It may have to be found. */
static bool at_domain(struct tmy_stream *stream)
{
	u32 position;

	if (stream->domain)
		return true;
	position = peek(&stream->outer);
	if (position == TMY_NOWHERE)
		return false;
	keep_domain(&stream->domain, item_at(&stream->outer, position));
	start(&stream->inner, &stream->domain->entries);
	stream->outer.next++;
	return true;
}

static bool at_namespace(struct tmy_stream *stream)
{
	u32 position;

	if (stream->space)
		return true;
	position = peek(&stream->outer);
	if (position == TMY_NOWHERE)
		return false;
	stream->space = item_at(&stream->outer, position);
	stream->outer.next++;
	stream->part = 0;
	stream->line = 0;
	start(&stream->inner, &stream->space->controls);
	start(&stream->groups, NULL);
	return true;
}

/* With more than one namespace every line says which it is of. */
static void put_namespace(const struct tmy_stream *stream, struct tmy_text *text)
{
	if (tmy_list_table(&stream->policy->namespaces)->used < 2)
		return;
	tmy_put(text, tmy_atom_text(stream->space->name));
	tmy_put_char(text, ' ');
}

static bool is_group_part(unsigned int part)
{
	return part >= SPACE_PATH_GROUPS && part <= SPACE_ADDRESS_GROUPS;
}

static bool put_exception_at(struct tmy_stream *stream, struct tmy_text *text, u32 position)
{
	const struct tmy_atom *atom = item_at(&stream->inner, position);
	struct tmy_exception line;

	if (stream->part == SPACE_CONTROLS) {
		tmy_control_line(tmy_atom_value(atom), &line);
	} else if (stream->part == SPACE_AGGREGATORS) {
		tmy_aggregator_line(tmy_atom_value(atom), &line);
	} else if (is_group_part(stream->part)) {
		tmy_group_line(stream->group, atom, &line);
	} else {
		tmy_puts(text, "acl_group ");
		tmy_put_decimal(text, stream->part - SPACE_ACL_GROUPS);
		tmy_put_char(text, ' ');
		return put_entry_at(stream, text, position);
	}
	tmy_put_exception(text, &line);
	return true;
}

static bool put_exception_part(struct tmy_stream *stream, struct tmy_text *text)
{
	u32 position = peek(&stream->inner);

	if (position == TMY_NOWHERE)
		return false;
	put_namespace(stream, text);
	return put_exception_at(stream, text, position);
}

/* The next group of the type that is being read; false when there is none. */
static bool next_group(struct tmy_stream *stream)
{
	u32 position;

	while ((position = peek(&stream->groups)) != TMY_NOWHERE) {
		struct tmy_group *group = item_at(&stream->groups, position);

		stream->groups.next++;
		if (group->type != TMY_PATH_GROUP + stream->part - SPACE_PATH_GROUPS)
			continue;
		keep_group(stream, group);
		start(&stream->inner, &group->members);
		return true;
	}
	keep_group(stream, NULL);
	return false;
}

static void pass_exception_part(struct tmy_stream *stream)
{
	if (peek(&stream->inner) != TMY_NOWHERE) {
		stream->inner.next++;
		return;
	}
	if (is_group_part(stream->part) && next_group(stream))
		return;
	stream->part++;
	start(&stream->inner, NULL);
	if (stream->part == SPACE_AGGREGATORS)
		start(&stream->inner, &stream->space->aggregators);
	else if (is_group_part(stream->part))
		start(&stream->groups, &stream->space->groups);
	else if (stream->part < SPACE_END)
		start(&stream->inner,
		      tmy_dereference_locked(
			      stream->space->acl_groups[stream->part - SPACE_ACL_GROUPS]));
	else
		stream->space = NULL;
}

/* Part 0 is the version, then there is one for each profile. */
static bool put_profile_part(struct tmy_stream *stream, struct tmy_text *text)
{
	const struct tmy_profile *profile;
	u8 number;

	put_namespace(stream, text);
	if (!stream->part) {
		tmy_puts(text, "PROFILE_VERSION=");
		tmy_put_decimal(text, stream->space->profile_version);
		return true;
	}
	number = (u8)(stream->part - 1);
	profile = tmy_dereference_locked(stream->space->profiles[number]);
	return profile &&
	       tmy_put_profile_line(text, profile, number,
				    tmy_profile_comment(stream->space, number), stream->line);
}

static void pass_profile_part(struct tmy_stream *stream)
{
	bool defined =
		stream->part && tmy_dereference_locked(stream->space->profiles[stream->part - 1]);

	if (defined && ++stream->line < TMY_PROFILE_LINES)
		return;
	stream->line = 0;
	if (++stream->part > TMY_PROFILES)
		stream->space = NULL;
}

static bool put_manager(struct tmy_stream *stream, struct tmy_text *text)
{
	tmy_put(text, tmy_atom_text(item_at(&stream->outer, peek(&stream->outer))));
	return true;
}

static bool present(struct tmy_stream *stream)
{
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		return at_domain(stream);
	case TMY_FILE_MANAGER:
		return peek(&stream->outer) != TMY_NOWHERE;
	case TMY_FILE_STAT:
		return stream->part < TMY_STAT_LINES;
	default:
		return at_namespace(stream);
	}
}

static bool put_part(struct tmy_stream *stream, struct tmy_text *text)
{
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		return put_domain_part(stream, text);
	case TMY_FILE_EXCEPTION_POLICY:
		return put_exception_part(stream, text);
	case TMY_FILE_PROFILE:
		return put_profile_part(stream, text);
	case TMY_FILE_MANAGER:
		return put_manager(stream, text);
	case TMY_FILE_STAT:
		tmy_put_stat(text, &stream->policy->stat, stream->part);
	}
	return true;
}

static void pass(struct tmy_stream *stream)
{
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		pass_domain_part(stream);
		break;
	case TMY_FILE_EXCEPTION_POLICY:
		pass_exception_part(stream);
		break;
	case TMY_FILE_PROFILE:
		pass_profile_part(stream);
		break;
	case TMY_FILE_MANAGER:
		stream->outer.next++;
		break;
	case TMY_FILE_STAT:
		stream->part++;
	}
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
	put_part(stream, &text);
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
	while (used < room && !stream->ended && present(stream)) {
		struct tmy_text text = tmy_text(to + used, room - used);

		if (put_part(stream, &text)) {
			tmy_put_char(&text, '\n');
			if (!tmy_text_fits(&text) && !set_aside(stream, text.length))
				return used ? (long)used : -ENOMEM;
			used += tmy_text_fits(&text) ? text.length : 0;
		}
		pass(stream);
		used += hand_over(stream->rest, stream->rest_length, &stream->rest_read, to + used,
				  room - used);
	}
	/* Having met the end, a reader stays there until it is rewound, whatever is added. */
	if (used < room && !stream->ended)
		stream->ended = !present(stream);
	return (long)used;
}

long tmy_stream_read(struct tmy_stream *stream, char *to, size_t room)
{
	long length;

	tmy_lock(&stream->policy->lock);
	length = read_locked(stream, to, room);
	tmy_unlock(&stream->policy->lock);
	return length;
}
