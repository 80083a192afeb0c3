// SPDX-License-Identifier: GPL-2.0-only
/* ACL: the entries of a domain or of an acl_group. */
#include "acl.h"
#include "group.h"
#include "hash.h"
#include "requirement.h"
#include "search.h"

/*
 * The bits of a slot: operations from TMY_LIVE_BITS on; below them what the entry is, and lowest
 * the flavour, which says under which key it is found.
 */
enum {
	HAS_BODY = 1 << 4,
	PROTOCOL_SHIFT = 5, /* 2 bits */
	KIND_SHIFT = 8,	    /* 4 bits */
};

enum flavour {
	NAME,		/* a name without wildcards */
	NAME_NUMBER,	/* and a single number */
	NAME_NAME,	/* and another name */
	SECOND_NAME,	/* the second name, as the first is not one */
	PATTERN,	/* the first name is a pattern */
	SECOND_PATTERN, /* the second is, as the first is a group */
	GROUP,		/* nothing but groups */
	ADDRESS_PORT,	/* a range of addresses and a single port */
	ADDRESS,	/* a range of addresses */
	PORT,		/* a group of addresses and a single port */
	ANY_ADDRESS,	/* a group of addresses and no single port */
};

enum {
	/* Bits of shapes that are not those of a kind. */
	SECOND_SHAPE = 1 << 15,
	ADDRESS_PORT_SHAPE = 1 << 14,
	ADDRESS_SHAPE = 1 << 13,
	/* Where address ranges are; and the size. */
	ADDRESSES = 2,
};

static bool is_group(tmy_name_ref ref)
{
	return ref & 1;
}

static struct tmy_group *group_of(tmy_name_ref ref)
{
	return (struct tmy_group *)(ref & ~(uintptr_t)1);
}

static const struct tmy_atom *atom_of(tmy_name_ref ref)
{
	return (const struct tmy_atom *)ref;
}

static bool is_word(tmy_name_ref ref)
{
	return !is_group(ref) && tmy_atom_type(atom_of(ref)) != TMY_ATOM_PATTERN;
}

/* Which of its names an entry is looked up by. */
static unsigned int primary(enum tmy_kind kind)
{
	return kind == TMY_MOUNT ? 1 : 0;
}

static bool single(const struct tmy_body_number *number)
{
	return !number->group && tmy_number_single(&number->number);
}

static size_t body_size(enum tmy_kind kind)
{
	return sizeof(struct tmy_body) + tmy_entry_numbers(kind) * sizeof(struct tmy_body_number) +
	       (kind == TMY_INET ? sizeof(struct tmy_body_address) : 0);
}

static const struct tmy_body_address *address_of(const struct tmy_body *body)
{
	return (const struct tmy_body_address *)&body->numbers[1];
}

static enum flavour body_flavour(const struct tmy_body *body)
{
	enum tmy_kind kind = body->kind;
	tmy_name_ref name = body->names[primary(kind)];

	if (kind == TMY_INET) {
		bool port = single(&body->numbers[0]);

		if (address_of(body)->group)
			return port ? PORT : ANY_ADDRESS;
		return port ? ADDRESS_PORT : ADDRESS;
	}
	if (kind == TMY_PATH2 && !is_word(name) && is_word(body->names[1]))
		return SECOND_NAME;
	if (is_word(name)) {
		if (kind == TMY_PATH2 && is_word(body->names[1]))
			return NAME_NAME;
		return kind == TMY_PATH_NUMBER && single(&body->numbers[0]) ? NAME_NUMBER : NAME;
	}
	if (!is_group(name))
		return PATTERN;
	return kind == TMY_PATH2 && !is_group(body->names[1]) ? SECOND_PATTERN : GROUP;
}

static u32 what_bits(enum tmy_kind kind, enum tmy_protocol protocol, enum flavour flavour)
{
	return (u32)kind << KIND_SHIFT | (u32)protocol << PROTOCOL_SHIFT | flavour;
}

/* What keeps the keys of different flavours, kinds and protocols apart. */
static u32 salt(u32 bits)
{
	return bits & TMY_IDENTITY_BITS & ~(u32)HAS_BODY;
}

static u32 number_key(u32 key, unsigned long number)
{
	return tmy_hash_fold(tmy_hash_mix((u64)key << 32, number));
}

static u32 address_where(enum tmy_protocol protocol, u8 size)
{
	return tmy_hash_pair(ADDRESSES + protocol, size);
}

static u32 pattern_key(const struct tmy_atom *atom)
{
	return ((const struct tmy_pattern *)tmy_atom_value(atom))->key;
}

static void pattern_shape(const struct tmy_atom *atom, u16 kinds, struct tmy_shape *shape)
{
	const struct tmy_pattern *pattern = tmy_atom_value(atom);

	shape->where = pattern->directory;
	shape->head = pattern->head;
	shape->tail = pattern->tail;
	shape->kinds = kinds;
}

/* The key of a range of addresses, and its shape. */
static u32 address_shape(const struct tmy_body *body, enum flavour flavour, struct tmy_shape *shape)
{
	const struct tmy_address *address = &address_of(body)->address;
	bool port = flavour == ADDRESS_PORT;

	shape->where = address_where(body->protocol, address->size);
	shape->tail = 0;
	shape->kinds = port ? ADDRESS_PORT_SHAPE : ADDRESS_SHAPE;
	return tmy_range_key(shape->where, address->low, address->high, address->size,
			     &shape->head);
}

static u32 entry_key(const void *item, u32 bits)
{
	enum flavour flavour = bits & TMY_FLAVOUR_BITS;
	const struct tmy_atom *atom = item;
	const struct tmy_body *body = tmy_atom_value(item); /* if it has one */
	struct tmy_shape unused;
	u32 key;

	if (bits & HAS_BODY)
		atom = atom_of(body->names[primary(body->kind)]);
	switch (flavour) {
	case NAME:
		key = atom->hash;
		break;
	case NAME_NUMBER:
		key = number_key(atom->hash, body->numbers[0].number.low);
		break;
	case NAME_NAME:
		key = tmy_hash_pair(atom->hash, atom_of(body->names[1])->hash);
		break;
	case SECOND_NAME:
		key = atom_of(body->names[1])->hash;
		break;
	case PATTERN:
		key = pattern_key(atom);
		break;
	case SECOND_PATTERN:
		key = pattern_key(atom_of(body->names[1]));
		break;
	case ADDRESS_PORT:
		return tmy_hash_pair(address_shape(body, flavour, &unused),
				     number_key(salt(bits), body->numbers[0].number.low));
	case ADDRESS:
		key = address_shape(body, flavour, &unused);
		break;
	case PORT:
		key = number_key(0, body->numbers[0].number.low);
		break;
	default:
		key = 0;
	}
	return tmy_hash_pair(key, salt(bits));
}

/* Only a name without anything else is alone under its key. */
static bool entry_shared_key(const void *item, u32 bits)
{
	(void)item;
	return bits & (HAS_BODY | TMY_FLAVOUR_BITS);
}

static bool entry_shape(const void *item, u32 bits, struct tmy_shape *shape)
{
	const struct tmy_body *body = tmy_atom_value(item); /* if it has one */

	switch (bits & TMY_FLAVOUR_BITS) {
	case PATTERN:
		pattern_shape(bits & HAS_BODY ? atom_of(body->names[primary(body->kind)]) : item,
			      (u16)(1 << (bits >> KIND_SHIFT & 15)), shape);
		return true;
	case SECOND_PATTERN:
		pattern_shape(atom_of(body->names[1]), SECOND_SHAPE, shape);
		return true;
	case ADDRESS_PORT:
	case ADDRESS:
		address_shape(body, bits & TMY_FLAVOUR_BITS, shape);
		return true;
	default:
		return false;
	}
}

static void entry_release(struct tmy_policy *policy, const void *item)
{
	tmy_atom_put(policy, item);
}

const struct tmy_list_type tmy_acl_list = {
	.key = entry_key,
	.shared_key = entry_shared_key,
	.shape = entry_shape,
	.release = entry_release,
};

static void release_name(struct tmy_policy *policy, tmy_name_ref ref)
{
	if (is_group(ref))
		tmy_group_put(policy, group_of(ref));
	else
		tmy_atom_put(policy, atom_of(ref));
}

void tmy_body_release(struct tmy_policy *policy, const struct tmy_body *body)
{
	enum tmy_kind kind = body->kind;
	unsigned int i;

	tmy_atom_put(policy, body->requirement);
	for (i = 0; i < TMY_ENTRY_NAMES; i++)
		release_name(policy, body->names[i]);
	for (i = 0; i < tmy_entry_numbers(kind); i++)
		tmy_group_put(policy, body->numbers[i].group);
	if (kind == TMY_INET)
		tmy_group_put(policy, address_of(body)->group);
}

static bool fill_name(struct tmy_policy *policy, struct tmy_namespace *space,
		      const struct tmy_entry *entry, unsigned int i, tmy_name_ref *ref)
{
	const struct tmy_name_operand *name = &entry->names[i];

	if (name->group)
		*ref = (uintptr_t)tmy_group_get(policy, space, TMY_PATH_GROUP, name->text);
	else if (entry->kind == TMY_TRANSITION)
		*ref = (uintptr_t)tmy_atom_domain(policy, name->text);
	else
		*ref = (uintptr_t)tmy_atom_word(policy, name->text);
	if (!*ref)
		return false;
	*ref |= name->group;
	return true;
}

/* Looks everything up that the body refers to. On false some of it may be there. */
static bool fill_body(struct tmy_policy *policy, struct tmy_namespace *space,
		      const struct tmy_entry *entry, struct tmy_body *body)
{
	enum tmy_kind kind = entry->kind;
	unsigned int i;

	body->kind = kind;
	body->protocol = entry->protocol;
	for (i = 0; i < tmy_entry_names(kind); i++)
		if (!fill_name(policy, space, entry, i, &body->names[i]))
			return false;
	for (i = 0; i < tmy_entry_numbers(kind); i++) {
		const struct tmy_number_operand *number = &entry->numbers[i];

		if (!number->group.at) {
			body->numbers[i].number = number->number;
			continue;
		}
		body->numbers[i].group =
			tmy_group_get(policy, space, TMY_NUMBER_GROUP, number->group);
		if (!body->numbers[i].group)
			return false;
	}
	if (kind == TMY_INET) {
		struct tmy_body_address *address = (struct tmy_body_address *)address_of(body);

		address->address = entry->address.address;
		if (entry->address.group.at) {
			memset(&address->address, 0, sizeof(address->address));
			address->group = tmy_group_get(policy, space, TMY_ADDRESS_GROUP,
						       entry->address.group);
			if (!address->group)
				return false;
		}
	}
	if (!entry->conditions.length)
		return true;
	body->requirement =
		tmy_requirement_intern(policy, space, entry->conditions,
				       kind == TMY_PATH && entry->operations == 1 << TMY_EXECUTE);
	return body->requirement;
}

/* What goes into the slot of an entry, with a reference; NULL without memory. */
static const struct tmy_atom *intern_entry(struct tmy_policy *policy, struct tmy_namespace *space,
					   const struct tmy_entry *entry, u32 *bits)
{
	/* The largest body, with space for its numbers. */
	union {
		struct tmy_body body;
		char bytes[sizeof(struct tmy_body) +
			   TMY_ENTRY_NUMBERS * sizeof(struct tmy_body_number)];
	} memory;
	enum tmy_kind kind = entry->kind;
	const struct tmy_atom *atom;
	tmy_name_ref name;

	if (tmy_entry_names(kind) == 1 && !tmy_entry_numbers(kind) && !entry->names[0].group &&
	    !entry->conditions.length) {
		if (!fill_name(policy, space, entry, 0, &name))
			return NULL;
		*bits = what_bits(kind, entry->protocol, is_word(name) ? NAME : PATTERN);
		return atom_of(name);
	}
	memset(&memory, 0, sizeof(memory));
	if (!fill_body(policy, space, entry, &memory.body)) {
		tmy_body_release(policy, &memory.body);
		return NULL;
	}
	*bits = what_bits(kind, entry->protocol, body_flavour(&memory.body)) | HAS_BODY;
	atom = tmy_atom_structure(policy, TMY_ATOM_BODY, &memory, body_size(kind));
	return atom;
}

/* How many of them the quota of learning counts (7.5). */
static u32 counted(enum tmy_kind kind, u32 operations)
{
	u32 count = 0;

	if (kind == TMY_TRANSITION)
		return 0;
	for (; operations; operations &= operations - 1)
		count++;
	return count;
}

int tmy_acl_write(struct tmy_policy *policy, struct tmy_namespace *space, struct tmy_list *list,
		  u32 *operations, const struct tmy_entry *entry, bool remove)
{
	u32 bits = 0, wanted = entry->operations, old = 0, position;
	const struct tmy_atom *atom = intern_entry(policy, space, entry, &bits);
	int error = 0;

	if (!atom)
		return -ENOMEM;
	position = tmy_list_find(list, atom, bits);
	if (position != TMY_NOWHERE)
		old = tmy_bits(tmy_list_table(list))[position] >> TMY_LIVE_BITS;
	if (remove)
		wanted = old & ~wanted;
	else
		wanted |= old;
	if (position != TMY_NOWHERE)
		tmy_list_set(policy, list, position, bits | wanted << TMY_LIVE_BITS);
	else if (remove)
		error = -ENOENT;
	else
		error = tmy_list_add(policy, list, tmy_atom_get(atom),
				     bits | wanted << TMY_LIVE_BITS);
	if (!error)
		*operations += counted(entry->kind, wanted) - counted(entry->kind, old);
	else if (!remove)
		tmy_atom_put(policy, atom);
	tmy_atom_put(policy, atom);
	return error;
}

static void name_operand(tmy_name_ref ref, struct tmy_name_operand *name)
{
	name->group = is_group(ref);
	name->text = tmy_atom_text(name->group ? group_of(ref)->name : atom_of(ref));
}

void tmy_acl_entry(const void *item, u32 bits, struct tmy_entry *entry)
{
	const struct tmy_body *body = tmy_atom_value(item);
	enum tmy_kind kind = bits >> KIND_SHIFT & 15;
	unsigned int i;

	memset(entry, 0, sizeof(*entry));
	entry->kind = (u8)kind;
	entry->protocol = bits >> PROTOCOL_SHIFT & 3;
	entry->operations = (u16)(bits >> TMY_LIVE_BITS);
	if (!(bits & HAS_BODY)) {
		name_operand((uintptr_t)item, &entry->names[0]);
		return;
	}
	for (i = 0; i < tmy_entry_names(kind); i++)
		name_operand(body->names[i], &entry->names[i]);
	for (i = 0; i < tmy_entry_numbers(kind); i++) {
		entry->numbers[i].number = body->numbers[i].number;
		if (body->numbers[i].group)
			entry->numbers[i].group = tmy_atom_text(body->numbers[i].group->name);
	}
	if (kind == TMY_INET) {
		entry->address.address = address_of(body)->address;
		if (address_of(body)->group)
			entry->address.group = tmy_atom_text(address_of(body)->group->name);
	}
	if (body->requirement)
		entry->conditions = tmy_requirement_text(tmy_atom_value(body->requirement));
}

struct entry_search {
	struct tmy_search search;
	struct tmy_request *request;
	u32 wanted; /* kind and protocol */
	u32 operation;
	enum tmy_verdict verdict;
};

/* What of an operand matches the name of a request; NULL when it does not. */
static const struct tmy_atom *match_name(const struct entry_search *entries, tmy_name_ref ref,
					 const struct tmy_subject *name)
{
	const struct tmy_atom *atom = atom_of(ref);

	if (is_group(ref))
		return tmy_group_name(entries->search.policy, group_of(ref), name,
				      entries->request->scratch);
	if (tmy_atom_type(atom) != TMY_ATOM_PATTERN)
		return atom == name->atom ? atom : NULL;
	return tmy_atom_matches(atom, name->text, entries->request->scratch) ? atom : NULL;
}

static bool match_numbers(const struct entry_search *entries, const struct tmy_body *body)
{
	const struct tmy_request *request = entries->request;
	unsigned int i;

	for (i = 0; i < tmy_entry_numbers(body->kind); i++) {
		const struct tmy_body_number *number = &body->numbers[i];
		unsigned long value = request->numbers[i];

		if (number->group ? !tmy_group_numbers(entries->search.policy, number->group, value,
						       value)
				  : value < number->number.low || number->number.high < value)
			return false;
	}
	return true;
}

static bool match_address(const struct entry_search *entries, const struct tmy_body *body)
{
	const struct tmy_body_address *address = address_of(body);
	const struct tmy_request *request = entries->request;

	if (address->group)
		return tmy_group_address(entries->search.policy, address->group, request->address,
					 request->address_size);
	return tmy_address_has(&address->address, request->address, request->address_size);
}

static bool match_operands(const struct entry_search *entries, const struct tmy_body *body,
			   const struct tmy_atom **matched)
{
	const struct tmy_request *request = entries->request;
	enum tmy_kind kind = body->kind;
	unsigned int i;

	for (i = 0; i < tmy_entry_names(kind); i++) {
		const struct tmy_atom *match;

		if (kind == TMY_MOUNT && !i && request->any_device)
			continue;
		match = match_name(entries, body->names[i], &request->names[i]);
		if (!match)
			return false;
		if (!i)
			*matched = match;
	}
	return match_numbers(entries, body) && (kind != TMY_INET || match_address(entries, body));
}

static bool entry_fits(struct tmy_search *search, const void *item, u32 bits)
{
	struct entry_search *entries = (struct entry_search *)search;
	const struct tmy_requirement *requirement = NULL;
	struct tmy_request *request = entries->request;
	const struct tmy_atom *matched = NULL;
	const struct tmy_body *body;
	enum tmy_verdict verdict = TMY_GRANTED;

	if ((salt(bits) & ~(u32)TMY_FLAVOUR_BITS) != entries->wanted ||
	    !(bits & entries->operation))
		return false;
	if (bits & HAS_BODY) {
		body = tmy_atom_value(item);
		if (!match_operands(entries, body, &matched))
			return false;
		if (body->requirement) {
			requirement = tmy_atom_value(body->requirement);
			verdict = tmy_requirement_verdict(search->policy, requirement, request);
		}
	} else {
		matched = match_name(entries, (uintptr_t)item, &request->names[0]);
		if (!matched)
			return false;
	}
	if (verdict == TMY_DENIED)
		return false;
	entries->verdict = verdict;
	request->matched = matched;
	request->requirement = requirement;
	return true;
}

static u32 chain_key(const struct entry_search *entries, u32 key, enum flavour flavour)
{
	return tmy_hash_pair(key, entries->wanted | flavour);
}

static bool has(const struct entry_search *entries, enum flavour flavour)
{
	return READ_ONCE(entries->search.table->flavours) & 1u << flavour;
}

static void search_chain(struct entry_search *entries, u32 key, enum flavour flavour)
{
	if (has(entries, flavour))
		tmy_search_chain(&entries->search, chain_key(entries, key, flavour));
}

static void search_patterns(struct entry_search *entries, const struct tmy_subject *name,
			    u16 shapes, enum flavour flavour)
{
	if (has(entries, flavour))
		tmy_search_patterns(&entries->search, name->text, shapes,
				    entries->wanted | flavour);
}

static void search_inet(struct entry_search *entries)
{
	const struct tmy_request *request = entries->request;
	u32 where = address_where(request->protocol, request->address_size);
	unsigned long port = request->numbers[0];

	tmy_search_ranges(&entries->search, where, request->address, request->address_size,
			  ADDRESS_PORT_SHAPE, number_key(entries->wanted | ADDRESS_PORT, port));
	tmy_search_ranges(&entries->search, where, request->address, request->address_size,
			  ADDRESS_SHAPE, entries->wanted | ADDRESS);
	search_chain(entries, number_key(0, port), PORT);
	search_chain(entries, 0, ANY_ADDRESS);
}

static void search_names(struct entry_search *entries)
{
	const struct tmy_request *request = entries->request;
	enum tmy_kind kind = request->kind;
	const struct tmy_subject *name = &request->names[primary(kind)];
	const struct tmy_subject *second = &request->names[1];

	if (name->atom) {
		search_chain(entries, name->hash, NAME);
		if (kind == TMY_PATH_NUMBER)
			search_chain(entries, number_key(name->hash, request->numbers[0]),
				     NAME_NUMBER);
		if (kind == TMY_PATH2 && second->atom)
			search_chain(entries, tmy_hash_pair(name->hash, second->hash), NAME_NAME);
	}
	search_patterns(entries, name, (u16)(1 << kind), PATTERN);
	search_chain(entries, 0, GROUP);
	if (kind != TMY_PATH2)
		return;
	if (second->atom)
		search_chain(entries, second->hash, SECOND_NAME);
	search_patterns(entries, second, SECOND_SHAPE, SECOND_PATTERN);
}

enum tmy_verdict tmy_acl_decide(const struct tmy_policy *policy, const struct tmy_list *list,
				struct tmy_request *request)
{
	struct entry_search entries = {
		.search = { .policy = policy,
			    .table = tmy_dereference(list->table),
			    .found = TMY_NOWHERE,
			    .fits = entry_fits },
		.request = request,
		.wanted = what_bits(request->kind, request->protocol, 0),
		.operation = 1u << (request->operation + TMY_LIVE_BITS),
	};

	if (!entries.search.table)
		return TMY_DENIED;
	if (request->kind == TMY_INET)
		search_inet(&entries);
	else
		search_names(&entries);
	return entries.verdict;
}
