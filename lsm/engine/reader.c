// SPDX-License-Identifier: GPL-2.0-only
/* Reader: the position of a stream in the policy, and the text at that position. */
#include "reader.h"
#include "acl.h"
#include "control.h"
#include "domain.h"
#include "group.h"
#include "namespace.h"

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

static void cursor_follow(struct tmy_list_cursor *cursor, const struct tmy_list *list,
			  const struct tmy_table *old)
{
	u32 i, live = 0;

	if (cursor->list != list)
		return;
	for (i = 0; i < cursor->next && i < old->used; i++)
		live += tmy_slot_alive(old, i);
	cursor->next = live;
}

void tmy_streams_compacted(struct tmy_policy *policy, const struct tmy_list *list,
			   const struct tmy_table *old)
{
	struct tmy_stream *stream;

	for (stream = policy->streams; stream; stream = stream->next) {
		cursor_follow(&stream->outer, list, old);
		cursor_follow(&stream->groups, list, old);
		cursor_follow(&stream->inner, list, old);
	}
}

void tmy_cursor_start(struct tmy_list_cursor *cursor, const struct tmy_list *list)
{
	cursor->list = list;
	cursor->next = 0;
}

/* The position of the next live slot; TMY_NOWHERE at the end. */
static u32 cursor_peek(struct tmy_list_cursor *cursor)
{
	const struct tmy_table *table = cursor->list ? tmy_list_table(cursor->list) : NULL;

	if (!table)
		return TMY_NOWHERE;
	while (cursor->next < table->used && !tmy_slot_alive(table, cursor->next))
		cursor->next++;
	return cursor->next < table->used ? cursor->next : TMY_NOWHERE;
}

static void *cursor_item(const struct tmy_list_cursor *cursor, u32 position)
{
	return tmy_item(tmy_list_table(cursor->list), position);
}

void tmy_replace_domain_ref(struct tmy_domain **which, struct tmy_domain *domain)
{
	if (domain)
		tmy_domain_get(domain);
	tmy_domain_put(*which);
	*which = domain;
}

void tmy_replace_group_ref(struct tmy_stream *stream, struct tmy_group *group)
{
	if (group)
		group->refs++;
	tmy_group_put(stream->policy, stream->group);
	stream->group = group;
}

void tmy_rewind(struct tmy_stream *stream)
{
	struct tmy_policy *policy = stream->policy;

	tmy_replace_domain_ref(&stream->domain, NULL);
	tmy_replace_group_ref(stream, NULL);
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
	tmy_cursor_start(&stream->inner, NULL);
	tmy_cursor_start(&stream->groups, NULL);
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		tmy_cursor_start(&stream->outer, &policy->domains);
		break;
	case TMY_FILE_MANAGER:
		tmy_cursor_start(&stream->outer, &policy->managers);
		break;
	default:
		tmy_cursor_start(&stream->outer, &policy->namespaces);
	}
}

static bool put_use_group(struct tmy_text *text, const struct tmy_domain *domain,
			  unsigned int group)
{
	if (!(domain->groups[group / TMY_GROUP_BITS] >> group % TMY_GROUP_BITS & 1))
		return false;
	tmy_puts(text, "use_group ");
	tmy_put_decimal(text, group);
	return true;
}

/* Prints an entry. Return: false when transition_only hides it. */
static bool put_entry_at(struct tmy_stream *stream, struct tmy_text *text, u32 position)
{
	u32 bits = tmy_bits(tmy_list_table(stream->inner.list))[position];
	struct tmy_entry entry;

	tmy_acl_entry(cursor_item(&stream->inner, position), bits, &entry);
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

/* Return: as tmy_put_part(). */
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
		position = cursor_peek(&stream->inner);
		return position != TMY_NOWHERE && put_entry_at(stream, text, position);
	}
	return put_use_group(text, domain, stream->part - DOMAIN_GROUPS);
}

static void next_domain_part(struct tmy_stream *stream)
{
	if (stream->part == DOMAIN_ENTRIES && cursor_peek(&stream->inner) != TMY_NOWHERE) {
		stream->inner.next++;
		return;
	}
	if (stream->part++ < DOMAIN_END)
		return;
	stream->part = 0;
	stream->ended = stream->selected;
	tmy_replace_domain_ref(&stream->domain, NULL);
	tmy_cursor_start(&stream->inner, NULL);
}

/* Advances to the next domain unless one is being read. Return: false at the end. */
static bool find_present_domain(struct tmy_stream *stream)
{
	u32 position;

	if (stream->domain)
		return true;
	position = cursor_peek(&stream->outer);
	if (position == TMY_NOWHERE)
		return false;
	tmy_replace_domain_ref(&stream->domain, cursor_item(&stream->outer, position));
	tmy_cursor_start(&stream->inner, &stream->domain->entries);
	stream->outer.next++;
	return true;
}

static bool find_present_namespace(struct tmy_stream *stream)
{
	u32 position;

	if (stream->space)
		return true;
	position = cursor_peek(&stream->outer);
	if (position == TMY_NOWHERE)
		return false;
	stream->space = cursor_item(&stream->outer, position);
	stream->outer.next++;
	stream->part = 0;
	stream->line = 0;
	tmy_cursor_start(&stream->inner, &stream->space->controls);
	tmy_cursor_start(&stream->groups, NULL);
	return true;
}

/* With more than one namespace each line starts with its own. */
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
	const struct tmy_atom *atom = cursor_item(&stream->inner, position);
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
	u32 position = cursor_peek(&stream->inner);

	if (position == TMY_NOWHERE)
		return false;
	put_namespace(stream, text);
	return put_exception_at(stream, text, position);
}

/* Advances to the next group of the type being read. Return: false when there is none. */
static bool next_group(struct tmy_stream *stream)
{
	u32 position;

	while ((position = cursor_peek(&stream->groups)) != TMY_NOWHERE) {
		struct tmy_group *group = cursor_item(&stream->groups, position);

		stream->groups.next++;
		if (group->type != TMY_PATH_GROUP + stream->part - SPACE_PATH_GROUPS)
			continue;
		tmy_replace_group_ref(stream, group);
		tmy_cursor_start(&stream->inner, &group->members);
		return true;
	}
	tmy_replace_group_ref(stream, NULL);
	return false;
}

static void next_exception_part(struct tmy_stream *stream)
{
	if (cursor_peek(&stream->inner) != TMY_NOWHERE) {
		stream->inner.next++;
		return;
	}
	if (is_group_part(stream->part) && next_group(stream))
		return;
	stream->part++;
	tmy_cursor_start(&stream->inner, NULL);
	if (stream->part == SPACE_AGGREGATORS)
		tmy_cursor_start(&stream->inner, &stream->space->aggregators);
	else if (is_group_part(stream->part))
		tmy_cursor_start(&stream->groups, &stream->space->groups);
	else if (stream->part < SPACE_END)
		tmy_cursor_start(
			&stream->inner,
			tmy_dereference_locked(
				stream->space->acl_groups[stream->part - SPACE_ACL_GROUPS]));
	else
		stream->space = NULL;
}

/* Part 0 is the version, the others are the profiles. */
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

static void next_profile_part(struct tmy_stream *stream)
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
	tmy_put(text, tmy_atom_text(cursor_item(&stream->outer, cursor_peek(&stream->outer))));
	return true;
}

bool tmy_has_part(struct tmy_stream *stream)
{
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		return find_present_domain(stream);
	case TMY_FILE_MANAGER:
		return cursor_peek(&stream->outer) != TMY_NOWHERE;
	case TMY_FILE_STAT:
		return stream->part < TMY_STAT_LINES;
	default:
		return find_present_namespace(stream);
	}
}

bool tmy_put_part(struct tmy_stream *stream, struct tmy_text *text)
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

void tmy_next_part(struct tmy_stream *stream)
{
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		next_domain_part(stream);
		break;
	case TMY_FILE_EXCEPTION_POLICY:
		next_exception_part(stream);
		break;
	case TMY_FILE_PROFILE:
		next_profile_part(stream);
		break;
	case TMY_FILE_MANAGER:
		stream->outer.next++;
		break;
	case TMY_FILE_STAT:
		stream->part++;
	}
}
