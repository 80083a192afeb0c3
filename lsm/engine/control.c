// SPDX-License-Identifier: GPL-2.0-only
/* Control: the domain transition control directives and the aggregators of a namespace. */
#include "control.h"
#include "hash.h"
#include "search.h"
#include "word.h"

enum {
	LIVE = 1 << TMY_LIVE_BITS,
	/* Types of keys of aggregators; SHAPED is also the salt of these keys. */
	EXACT = 0,
	SHAPED = 1,
};

void tmy_control_release(struct tmy_policy *policy, const struct tmy_control *control)
{
	tmy_atom_put(policy, control->program);
	tmy_atom_put(policy, control->domain);
}

void tmy_aggregator_release(struct tmy_policy *policy, const struct tmy_aggregator *aggregator)
{
	tmy_atom_put(policy, aggregator->original);
	tmy_atom_put(policy, aggregator->name);
}

static u32 control_parts_key(u32 type, const struct tmy_atom *program,
			     const struct tmy_atom *domain)
{
	return tmy_hash_fold(tmy_hash_mix((u64)(uintptr_t)program + type, (uintptr_t)domain));
}

static u32 control_key(const void *item, u32 bits)
{
	const struct tmy_control *control = tmy_atom_value(item);

	(void)bits;
	return control_parts_key(control->type, control->program, control->domain);
}

static void controls_release(struct tmy_policy *policy, const void *item)
{
	tmy_atom_put(policy, item);
}

const struct tmy_list_type tmy_control_list = { .key = control_key,
						.release = controls_release,
						.no_bits = true };

static const struct tmy_atom *aggregator_original(const void *item)
{
	return ((const struct tmy_aggregator *)tmy_atom_value(item))->original;
}

static u32 aggregator_key(const void *item, u32 bits)
{
	const struct tmy_atom *original = aggregator_original(item);

	if ((bits & TMY_KEY_TYPE_BITS) == EXACT)
		return original->hash;
	return tmy_hash_pair(((const struct tmy_pattern *)tmy_atom_value(original))->key, SHAPED);
}

/* An original name may have several new names, of which the first is used. */
static bool aggregator_shared_key(const void *item, u32 bits)
{
	(void)item;
	(void)bits;
	return true;
}

static bool aggregator_shape(const void *item, u32 bits, struct tmy_shape *shape)
{
	const struct tmy_pattern *pattern = tmy_atom_value(aggregator_original(item));

	if ((bits & TMY_KEY_TYPE_BITS) == EXACT)
		return false;
	shape->where = pattern->directory;
	shape->head = pattern->head;
	shape->tail = pattern->tail;
	shape->kinds = 1;
	return true;
}

const struct tmy_list_type tmy_aggregator_list = {
	.key = aggregator_key,
	.shared_key = aggregator_shared_key,
	.shape = aggregator_shape,
	.release = controls_release,
};

/* Adds an atom to a list or removes it. Consumes the reference to @atom. */
static int change_controls(struct tmy_policy *policy, struct tmy_list *list,
			   const struct tmy_atom *atom, u32 bits, bool remove)
{
	u32 position = tmy_list_find(list, atom, bits);
	int error = 0;

	if (!remove && position == TMY_NOWHERE) {
		error = tmy_list_add(policy, list, atom, bits);
		if (!error)
			return 0;
	} else if (remove && position == TMY_NOWHERE) {
		error = -ENOENT;
	} else if (remove) {
		tmy_list_set(policy, list, position, bits & TMY_IDENTITY_BITS);
	}
	tmy_atom_put(policy, atom);
	return error;
}

static const struct tmy_atom *intern_domain(struct tmy_policy *policy, struct tmy_span text)
{
	return text.at[0] == '<' && tmy_correct_domain(text.at, text.length)
		       ? tmy_atom_domain(policy, text)
		       : tmy_atom_word(policy, text);
}

int tmy_control_write(struct tmy_policy *policy, struct tmy_namespace *space,
		      const struct tmy_exception *line, bool remove)
{
	struct tmy_control control = { .type = line->type };
	const struct tmy_atom *atom;

	if (line->name.at)
		control.program = tmy_atom_word(policy, line->name);
	if (line->second.at)
		control.domain = intern_domain(policy, line->second);
	if ((line->name.at && !control.program) || (line->second.at && !control.domain)) {
		tmy_control_release(policy, &control);
		return -ENOMEM;
	}
	atom = tmy_atom_structure(policy, TMY_ATOM_CONTROL, &control, sizeof(control));
	return atom ? change_controls(policy, &space->controls, atom, LIVE, remove) : -ENOMEM;
}

int tmy_aggregator_write(struct tmy_policy *policy, struct tmy_namespace *space,
			 const struct tmy_exception *line, bool remove)
{
	struct tmy_aggregator aggregator;
	const struct tmy_atom *atom;
	u32 bits = LIVE | EXACT;

	aggregator.original = tmy_atom_word(policy, line->name);
	aggregator.name = tmy_atom_word(policy, line->second);
	if (!aggregator.original || !aggregator.name) {
		tmy_aggregator_release(policy, &aggregator);
		return -ENOMEM;
	}
	if (tmy_atom_type(aggregator.original) == TMY_ATOM_PATTERN)
		bits |= SHAPED;
	atom = tmy_atom_structure(policy, TMY_ATOM_AGGREGATOR, &aggregator, sizeof(aggregator));
	return atom ? change_controls(policy, &space->aggregators, atom, bits, remove) : -ENOMEM;
}

void tmy_control_line(const struct tmy_control *control, struct tmy_exception *line)
{
	memset(line, 0, sizeof(*line));
	line->type = (u8)control->type;
	if (control->program)
		line->name = tmy_atom_text(control->program);
	if (control->domain)
		line->second = tmy_atom_text(control->domain);
}

void tmy_aggregator_line(const struct tmy_aggregator *aggregator, struct tmy_exception *line)
{
	memset(line, 0, sizeof(*line));
	line->type = TMY_AGGREGATOR;
	line->name = tmy_atom_text(aggregator->original);
	line->second = tmy_atom_text(aggregator->name);
}

static bool has_control(const struct tmy_table *table, u32 type, const struct tmy_atom *program,
			const struct tmy_atom *domain)
{
	u32 head = tmy_chain(table, control_parts_key(type, program, domain)), position;

	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		const struct tmy_control *control = tmy_atom_value(tmy_item(table, position));

		if (control->type == type && control->program == program &&
		    control->domain == domain && tmy_slot_alive(table, position))
			return true;
	}
	return false;
}

static bool has_control_of(const struct tmy_table *table, u32 type, const struct tmy_atom *program,
			   const struct tmy_control_request *request)
{
	return has_control(table, type, program, NULL) ||
	       has_control(table, type, program, request->domain) ||
	       (request->last && has_control(table, type, program, request->last));
}

bool tmy_control_matches(const struct tmy_namespace *space, enum tmy_exception_type type,
			 const struct tmy_control_request *request)
{
	const struct tmy_table *table = tmy_dereference(space->controls.table);

	if (!table)
		return false;
	return has_control_of(table, type, NULL, request) ||
	       (request->program && has_control_of(table, type, request->program, request));
}

struct aggregator_search {
	struct tmy_search search;
	const struct tmy_request_name *name;
	unsigned long *scratch;
};

static bool aggregator_fits(struct tmy_search *search, const void *item, u32 bits)
{
	const struct aggregator_search *aggregators = (const struct aggregator_search *)search;

	if ((bits & TMY_KEY_TYPE_BITS) == EXACT)
		return aggregator_original(item) == aggregators->name->atom;
	return tmy_atom_matches(aggregator_original(item), aggregators->name->text,
				aggregators->scratch);
}

const struct tmy_atom *tmy_aggregate(const struct tmy_policy *policy,
				     const struct tmy_namespace *space,
				     const struct tmy_request_name *name, unsigned long *scratch)
{
	struct aggregator_search aggregators = {
		.search = { .policy = policy,
			    .table = tmy_dereference(space->aggregators.table),
			    .found = TMY_NOWHERE,
			    .fits = aggregator_fits },
		.name = name,
		.scratch = scratch,
	};
	struct tmy_search *search = &aggregators.search;
	const struct tmy_aggregator *found;

	if (!search->table)
		return NULL;
	if (name->atom)
		tmy_search_chain(search, name->hash);
	tmy_search_patterns(search, name->text, 1, SHAPED);
	if (search->found == TMY_NOWHERE)
		return NULL;
	found = tmy_atom_value(tmy_items(search->table)[search->found]);
	return found->name;
}
