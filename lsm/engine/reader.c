// SPDX-License-Identifier: GPL-2.0-only
/* Reader: where in the policy a stream is that is being read, and what stands there. */
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

static void follow(struct tmy_place *place, const struct tmy_list *list,
		   const struct tmy_table *old)
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

void tmy_place_start(struct tmy_place *place, const struct tmy_list *list)
{
	place->list = list;
	place->next = 0;
}

/* The next live slot, without passing it; TMY_NOWHERE at the end. */
static u32 peek(struct tmy_place *place)
{
	const struct tmy_table *table = place->list ? tmy_list_table(place->list) : NULL;

	if (!table)
		return TMY_NOWHERE;
	while (place->next < table->used && !tmy_slot_alive(table, place->next))
		place->next++;
	return place->next < table->used ? place->next : TMY_NOWHERE;
}

static void *item_at(const struct tmy_place *place, u32 position)
{
	return tmy_item(tmy_list_table(place->list), position);
}

void tmy_keep_domain(struct tmy_domain **which, struct tmy_domain *domain)
{
	if (domain)
		tmy_domain_get(domain);
	tmy_domain_put(*which);
	*which = domain;
}

void tmy_keep_group(struct tmy_stream *stream, struct tmy_group *group)
{
	if (group)
		group->refs++;
	tmy_group_put(stream->policy, stream->group);
	stream->group = group;
}

/* Begins to read from the front. */
void tmy_rewind(struct tmy_stream *stream)
{
	struct tmy_policy *policy = stream->policy;

	tmy_keep_domain(&stream->domain, NULL);
	tmy_keep_group(stream, NULL);
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
	tmy_place_start(&stream->inner, NULL);
	tmy_place_start(&stream->groups, NULL);
	switch (stream->file) {
	case TMY_FILE_DOMAIN_POLICY:
		tmy_place_start(&stream->outer, &policy->domains);
		break;
	case TMY_FILE_MANAGER:
		tmy_place_start(&stream->outer, &policy->managers);
		break;
	default:
		tmy_place_start(&stream->outer, &policy->namespaces);
	}
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
	tmy_keep_domain(&stream->domain, NULL);
	tmy_place_start(&stream->inner, NULL);
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
	tmy_keep_domain(&stream->domain, item_at(&stream->outer, position));
	tmy_place_start(&stream->inner, &stream->domain->entries);
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
	tmy_place_start(&stream->inner, &stream->space->controls);
	tmy_place_start(&stream->groups, NULL);
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
		tmy_keep_group(stream, group);
		tmy_place_start(&stream->inner, &group->members);
		return true;
	}
	tmy_keep_group(stream, NULL);
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
	tmy_place_start(&stream->inner, NULL);
	if (stream->part == SPACE_AGGREGATORS)
		tmy_place_start(&stream->inner, &stream->space->aggregators);
	else if (is_group_part(stream->part))
		tmy_place_start(&stream->groups, &stream->space->groups);
	else if (stream->part < SPACE_END)
		tmy_place_start(
			&stream->inner,
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

bool tmy_part_present(struct tmy_stream *stream)
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

void tmy_pass_part(struct tmy_stream *stream)
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
