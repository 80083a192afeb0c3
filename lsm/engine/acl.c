// SPDX-License-Identifier: GPL-2.0-only
/* ACL: storage and lookup of the entries of a domain or of an acl_group. */
#include "acl.h"
#include "group.h"
#include "hash.h"
#include "requirement.h"
#include "search.h"

/*
 * The bits of a slot: operations from TMY_LIVE_BITS on; below them kind and protocol; lowest the
 * type of the key by which it is found.
 */
enum {
	HAS_BODY = 1 << 4,
	PROTOCOL_SHIFT = 5, /* 2 bits */
	KIND_SHIFT = 8,	    /* 4 bits */
};

enum key_type {
	KEY_NAME,	    /* a name without wildcards */
	KEY_NAME_NUMBER,    /* and a single number */
	KEY_NAME_NAME,	    /* and a second name without wildcards */
	KEY_SECOND_NAME,    /* the second name without wildcards, unlike the first */
	KEY_PATTERN,	    /* the pattern that is the first name */
	KEY_SECOND_PATTERN, /* the pattern that is the second name, as the first is a group */
	KEY_GROUP,	    /* none, as there are only groups: all have the same key */
	KEY_ADDRESS_PORT,   /* a range of addresses and a single port */
	KEY_ADDRESS,	    /* a range of addresses */
	KEY_PORT,	    /* a group of addresses and a single port */
	KEY_ANY_ADDRESS,    /* a group of addresses and no single port */
};

enum {
	/* Bits of tmy_shape.kinds other than 1 << enum tmy_kind. */
	SECOND_SHAPE = 1 << 15,
	ADDRESS_PORT_SHAPE = 1 << 14,
	ADDRESS_SHAPE = 1 << 13,
	ADDRESSES = 2, /* see address_where() */
};

static bool ref_is_group(tmy_name_ref ref)
{
	return ref & 1;
}

static struct tmy_group *ref_group(tmy_name_ref ref)
{
	return (struct tmy_group *)(ref & ~(uintptr_t)1);
}

static const struct tmy_atom *ref_atom(tmy_name_ref ref)
{
	return (const struct tmy_atom *)ref;
}

static bool ref_is_word(tmy_name_ref ref)
{
	return !ref_is_group(ref) && tmy_atom_type(ref_atom(ref)) != TMY_ATOM_PATTERN;
}

/* The index of the name by which an entry is looked up. */
static unsigned int primary_name(enum tmy_kind kind)
{
	return kind == TMY_MOUNT ? 1 : 0;
}

static bool number_is_single(const struct tmy_body_number *number)
{
	return !number->group && tmy_number_single(&number->number);
}

static size_t body_size(enum tmy_kind kind)
{
	return sizeof(struct tmy_body) + tmy_entry_numbers(kind) * sizeof(struct tmy_body_number) +
	       (kind == TMY_INET ? sizeof(struct tmy_body_address) : 0);
}

static const struct tmy_body_address *body_address(const struct tmy_body *body)
{
	return (const struct tmy_body_address *)&body->numbers[1];
}

static enum key_type body_key_type(const struct tmy_body *body)
{
	enum tmy_kind kind = body->kind;
	tmy_name_ref name = body->names[primary_name(kind)];

	if (kind == TMY_INET) {
		bool port = number_is_single(&body->numbers[0]);

		if (body_address(body)->group)
			return port ? KEY_PORT : KEY_ANY_ADDRESS;
		return port ? KEY_ADDRESS_PORT : KEY_ADDRESS;
	}
	if (kind == TMY_PATH2 && !ref_is_word(name) && ref_is_word(body->names[1]))
		return KEY_SECOND_NAME;
	if (ref_is_word(name)) {
		if (kind == TMY_PATH2 && ref_is_word(body->names[1]))
			return KEY_NAME_NAME;
		return kind == TMY_PATH_NUMBER && number_is_single(&body->numbers[0])
			       ? KEY_NAME_NUMBER
			       : KEY_NAME;
	}
	if (!ref_is_group(name))
		return KEY_PATTERN;
	return kind == TMY_PATH2 && !ref_is_group(body->names[1]) ? KEY_SECOND_PATTERN : KEY_GROUP;
}

static u32 type_bits(enum tmy_kind kind, enum tmy_protocol protocol, enum key_type type)
{
	return (u32)kind << KIND_SHIFT | (u32)protocol << PROTOCOL_SHIFT | type;
}

/* Mixed into keys, to separate those of different types, kinds and protocols. */
static u32 key_salt(u32 bits)
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

/* The key and the shape of a range of addresses. */
static u32 address_shape(const struct tmy_body *body, enum key_type type, struct tmy_shape *shape)
{
	const struct tmy_address *address = &body_address(body)->address;
	bool port = type == KEY_ADDRESS_PORT;

	shape->where = address_where(body->protocol, address->size);
	shape->tail = 0;
	shape->kinds = port ? ADDRESS_PORT_SHAPE : ADDRESS_SHAPE;
	return tmy_range_key(shape->where, address->low, address->high, address->size,
			     &shape->head);
}

static u32 entry_key(const void *item, u32 bits)
{
	enum key_type type = bits & TMY_KEY_TYPE_BITS;
	const struct tmy_atom *atom = item;
	const struct tmy_body *body = tmy_atom_value(item); /* if it has one */
	struct tmy_shape unused;
	u32 key;

	if (bits & HAS_BODY)
		atom = ref_atom(body->names[primary_name(body->kind)]);
	switch (type) {
	case KEY_NAME:
		key = atom->hash;
		break;
	case KEY_NAME_NUMBER:
		key = number_key(atom->hash, body->numbers[0].number.low);
		break;
	case KEY_NAME_NAME:
		key = tmy_hash_pair(atom->hash, ref_atom(body->names[1])->hash);
		break;
	case KEY_SECOND_NAME:
		key = ref_atom(body->names[1])->hash;
		break;
	case KEY_PATTERN:
		key = pattern_key(atom);
		break;
	case KEY_SECOND_PATTERN:
		key = pattern_key(ref_atom(body->names[1]));
		break;
	case KEY_ADDRESS_PORT:
		return tmy_hash_pair(address_shape(body, type, &unused),
				     number_key(key_salt(bits), body->numbers[0].number.low));
	case KEY_ADDRESS:
		key = address_shape(body, type, &unused);
		break;
	case KEY_PORT:
		key = number_key(0, body->numbers[0].number.low);
		break;
	default:
		key = 0;
	}
	return tmy_hash_pair(key, key_salt(bits));
}

/* An entry that is only a name is the only one with its key. */
static bool entry_shared_key(const void *item, u32 bits)
{
	(void)item;
	return bits & (HAS_BODY | TMY_KEY_TYPE_BITS);
}

static bool entry_shape(const void *item, u32 bits, struct tmy_shape *shape)
{
	const struct tmy_body *body = tmy_atom_value(item); /* if it has one */

	switch (bits & TMY_KEY_TYPE_BITS) {
	case KEY_PATTERN:
		pattern_shape(bits & HAS_BODY ? ref_atom(body->names[primary_name(body->kind)])
					      : item,
			      (u16)(1 << (bits >> KIND_SHIFT & 15)), shape);
		return true;
	case KEY_SECOND_PATTERN:
		pattern_shape(ref_atom(body->names[1]), SECOND_SHAPE, shape);
		return true;
	case KEY_ADDRESS_PORT:
	case KEY_ADDRESS:
		address_shape(body, bits & TMY_KEY_TYPE_BITS, shape);
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
	if (ref_is_group(ref))
		tmy_group_put(policy, ref_group(ref));
	else
		tmy_atom_put(policy, ref_atom(ref));
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
		tmy_group_put(policy, body_address(body)->group);
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

/* Takes references to all that the body refers to. On false, those taken so far are in it. */
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
		struct tmy_body_address *address = (struct tmy_body_address *)body_address(body);

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

/* Return: the atom for the slot of an entry, with a reference; NULL without memory. */
static const struct tmy_atom *intern_entry(struct tmy_policy *policy, struct tmy_namespace *space,
					   const struct tmy_entry *entry, u32 *bits)
{
	/* Large enough for the body of any kind. */
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
		*bits = type_bits(kind, entry->protocol,
				  ref_is_word(name) ? KEY_NAME : KEY_PATTERN);
		return ref_atom(name);
	}
	memset(&memory, 0, sizeof(memory));
	if (!fill_body(policy, space, entry, &memory.body)) {
		tmy_body_release(policy, &memory.body);
		return NULL;
	}
	*bits = type_bits(kind, entry->protocol, body_key_type(&memory.body)) | HAS_BODY;
	atom = tmy_atom_structure(policy, TMY_ATOM_BODY, &memory, body_size(kind));
	return atom;
}

/* The number of operations as the quota of learning counts them (7.5). */
static u32 count_operations(enum tmy_kind kind, u32 operations)
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
		*operations +=
			count_operations(entry->kind, wanted) - count_operations(entry->kind, old);
	else if (!remove)
		tmy_atom_put(policy, atom);
	tmy_atom_put(policy, atom);
	return error;
}

static void name_operand(tmy_name_ref ref, struct tmy_name_operand *name)
{
	name->group = ref_is_group(ref);
	name->text = tmy_atom_text(name->group ? ref_group(ref)->name : ref_atom(ref));
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
		entry->address.address = body_address(body)->address;
		if (body_address(body)->group)
			entry->address.group = tmy_atom_text(body_address(body)->group->name);
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

/* Return: the atom, or the member of the group, that matches the name; NULL when none does. */
static const struct tmy_atom *match_name(const struct entry_search *entries, tmy_name_ref ref,
					 const struct tmy_request_name *name)
{
	const struct tmy_atom *atom = ref_atom(ref);

	if (ref_is_group(ref))
		return tmy_group_name(entries->search.policy, ref_group(ref), name,
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
	const struct tmy_body_address *address = body_address(body);
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

	if ((key_salt(bits) & ~(u32)TMY_KEY_TYPE_BITS) != entries->wanted ||
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

static u32 chain_key(const struct entry_search *entries, u32 key, enum key_type type)
{
	return tmy_hash_pair(key, entries->wanted | type);
}

static bool has_key_type(const struct entry_search *entries, enum key_type type)
{
	return READ_ONCE(entries->search.table->key_types) & 1u << type;
}

static void search_chain(struct entry_search *entries, u32 key, enum key_type type)
{
	if (has_key_type(entries, type))
		tmy_search_chain(&entries->search, chain_key(entries, key, type));
}

static void search_patterns(struct entry_search *entries, const struct tmy_request_name *name,
			    u16 shapes, enum key_type type)
{
	if (has_key_type(entries, type))
		tmy_search_patterns(&entries->search, name->text, shapes, entries->wanted | type);
}

static void search_inet(struct entry_search *entries)
{
	const struct tmy_request *request = entries->request;
	u32 where = address_where(request->protocol, request->address_size);
	unsigned long port = request->numbers[0];

	tmy_search_ranges(&entries->search, where, request->address, request->address_size,
			  ADDRESS_PORT_SHAPE, number_key(entries->wanted | KEY_ADDRESS_PORT, port));
	tmy_search_ranges(&entries->search, where, request->address, request->address_size,
			  ADDRESS_SHAPE, entries->wanted | KEY_ADDRESS);
	search_chain(entries, number_key(0, port), KEY_PORT);
	search_chain(entries, 0, KEY_ANY_ADDRESS);
}

static void search_names(struct entry_search *entries)
{
	const struct tmy_request *request = entries->request;
	enum tmy_kind kind = request->kind;
	const struct tmy_request_name *name = &request->names[primary_name(kind)];
	const struct tmy_request_name *second = &request->names[1];

	if (name->atom) {
		search_chain(entries, name->hash, KEY_NAME);
		if (kind == TMY_PATH_NUMBER)
			search_chain(entries, number_key(name->hash, request->numbers[0]),
				     KEY_NAME_NUMBER);
		if (kind == TMY_PATH2 && second->atom)
			search_chain(entries, tmy_hash_pair(name->hash, second->hash),
				     KEY_NAME_NAME);
	}
	search_patterns(entries, name, (u16)(1 << kind), KEY_PATTERN);
	search_chain(entries, 0, KEY_GROUP);
	if (kind != TMY_PATH2)
		return;
	if (second->atom)
		search_chain(entries, second->hash, KEY_SECOND_NAME);
	search_patterns(entries, second, SECOND_SHAPE, KEY_SECOND_PATTERN);
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
		.wanted = type_bits(request->kind, request->protocol, 0),
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
