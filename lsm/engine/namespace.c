// SPDX-License-Identifier: GPL-2.0-only
/* Namespace: an independent set of exception policy, profiles and domains. */
#include "namespace.h"
#include "acl.h"
#include "control.h"
#include "group.h"
#include "hash.h"

enum {
	LIVE = 1 << TMY_LIVE_BITS,
};

static u32 namespace_key(const void *item, u32 bits)
{
	(void)bits;
	return ((const struct tmy_namespace *)item)->name->hash;
}

/* Freed by tmy_policy_destroy(). */
static void namespace_release(struct tmy_policy *policy, const void *item)
{
	(void)policy;
	(void)item;
}

const struct tmy_list_type tmy_namespace_list = { .key = namespace_key,
						  .release = namespace_release,
						  .no_bits = true };

struct tmy_namespace *tmy_namespace_find(struct tmy_policy *policy, struct tmy_span name)
{
	const struct tmy_table *table = tmy_list_table(&policy->namespaces);
	u32 head, position;

	if (!table)
		return NULL;
	head = tmy_chain(table, tmy_hash(policy->secret, name));
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		struct tmy_namespace *space = tmy_item(table, position);

		if (tmy_span_equal(tmy_atom_text(space->name), name))
			return space;
	}
	return NULL;
}

struct tmy_namespace *tmy_namespace_get(struct tmy_policy *policy, struct tmy_span name)
{
	struct tmy_namespace *space = tmy_namespace_find(policy, name);

	if (space)
		return space;
	space = tmy_alloc_zeroed(policy, sizeof(*space));
	if (!space)
		return NULL;
	space->name = tmy_atom_domain(policy, name);
	space->profile_version = TMY_PROFILE_VERSION;
	tmy_list_init(&space->controls, &tmy_control_list);
	tmy_list_init(&space->aggregators, &tmy_aggregator_list);
	tmy_list_init(&space->groups, &tmy_group_list);
	if (space->name && !tmy_list_add(policy, &policy->namespaces, space, LIVE))
		return space;
	tmy_namespace_free(policy, space);
	return NULL;
}

struct tmy_span tmy_namespace_of(struct tmy_span domain)
{
	return tmy_span_word(&domain);
}

static struct tmy_list *get_acl_group(struct tmy_policy *policy, struct tmy_namespace *space,
				      u8 number)
{
	struct tmy_list *list = tmy_dereference_locked(space->acl_groups[number]);

	if (list)
		return list;
	list = tmy_alloc(policy, sizeof(*list));
	if (!list)
		return NULL;
	tmy_list_init(list, &tmy_acl_list);
	tmy_publish(space->acl_groups[number], list);
	return list;
}

int tmy_exception_write(struct tmy_policy *policy, struct tmy_namespace *space,
			struct tmy_span line, bool remove, struct tmy_problem *problem)
{
	struct tmy_exception exception;
	struct tmy_list *list;
	u32 not_counted = 0;

	if (!tmy_parse_exception(line, &exception, problem))
		return -EINVAL;
	if (exception.type < TMY_TRANSITION_CONTROLS)
		return tmy_control_write(policy, space, &exception, remove);
	if (exception.type == TMY_AGGREGATOR)
		return tmy_aggregator_write(policy, space, &exception, remove);
	if (exception.type != TMY_ACL_GROUP)
		return tmy_group_write(policy, space, &exception, remove);
	list = get_acl_group(policy, space, exception.acl_group);
	return list ? tmy_acl_write(policy, space, list, &not_counted, &exception.entry, remove)
		    : -ENOMEM;
}

struct tmy_profile *tmy_profile_get(struct tmy_policy *policy, struct tmy_namespace *space,
				    u8 number)
{
	struct tmy_profile *profile = tmy_dereference_locked(space->profiles[number]);

	if (profile)
		return profile;
	profile = tmy_alloc(policy, sizeof(*profile));
	if (!profile)
		return NULL;
	tmy_profile_init(profile);
	tmy_publish(space->profiles[number], profile);
	return profile;
}

struct tmy_span tmy_profile_comment(const struct tmy_namespace *space, u8 number)
{
	const struct tmy_comment *comment = space->comments[number];

	return comment ? tmy_span(comment->text, comment->length) : tmy_span(NULL, 0);
}

static void free_comment(struct tmy_policy *policy, struct tmy_namespace *space, u8 number)
{
	const struct tmy_comment *comment = space->comments[number];

	space->comments[number] = NULL;
	if (comment)
		tmy_free(policy, comment, sizeof(*comment) + comment->length);
}

static int set_comment(struct tmy_policy *policy, struct tmy_namespace *space, u8 number,
		       struct tmy_span text)
{
	struct tmy_comment *comment = NULL;

	if (text.length) {
		comment = tmy_alloc(policy, sizeof(*comment) + text.length);
		if (!comment)
			return -ENOMEM;
		comment->length = text.length;
		memcpy(comment->text, text.at, text.length);
	}
	free_comment(policy, space, number);
	space->comments[number] = comment;
	return 0;
}

int tmy_profile_write(struct tmy_policy *policy, struct tmy_namespace *space, struct tmy_span line,
		      struct tmy_problem *problem)
{
	struct tmy_profile_line parsed;
	struct tmy_profile *profile;
	bool defines = false;

	if (!tmy_parse_profile_line(line, &parsed, &defines, problem)) {
		if (defines && !tmy_profile_get(policy, space, parsed.profile))
			return -ENOMEM;
		return -EINVAL;
	}
	if (parsed.type == TMY_PROFILE_LINE_VERSION) {
		space->profile_version = parsed.number;
		return 0;
	}
	profile = tmy_profile_get(policy, space, parsed.profile);
	if (!profile)
		return -ENOMEM;
	if (parsed.type == TMY_PROFILE_LINE_COMMENT)
		return set_comment(policy, space, parsed.profile, parsed.value);
	tmy_profile_apply(profile, &parsed);
	return 0;
}

void tmy_namespace_clear(struct tmy_policy *policy, struct tmy_namespace *space)
{
	unsigned int i;

	tmy_list_destroy(policy, &space->controls);
	tmy_list_destroy(policy, &space->aggregators);
	for (i = 0; i < TMY_GROUPS; i++) {
		struct tmy_list *list = tmy_dereference_locked(space->acl_groups[i]);

		if (!list)
			continue;
		tmy_list_destroy(policy, list);
		tmy_free(policy, list, sizeof(*list));
	}
}

void tmy_namespace_free(struct tmy_policy *policy, struct tmy_namespace *space)
{
	unsigned int i;

	tmy_list_destroy(policy, &space->groups);
	for (i = 0; i < TMY_PROFILES; i++) {
		const struct tmy_profile *profile = tmy_dereference_locked(space->profiles[i]);

		if (profile)
			tmy_free(policy, profile, sizeof(*profile));
		free_comment(policy, space, (u8)i);
	}
	tmy_atom_put(policy, space->name);
	tmy_free(policy, space, sizeof(*space));
}
