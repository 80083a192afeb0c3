// SPDX-License-Identifier: GPL-2.0-only
/* Atoms: interned values. */
#include "acl.h"
#include "control.h"
#include "hash.h"
#include "requirement.h"
#include "state.h"

enum {
	ATOM_LIVE = 1 << TMY_LIVE_BITS,
	STRUCTURE_OFFSET = 16,
};

static size_t atom_memory_size(const struct tmy_atom *atom)
{
	bool text = tmy_atom_type(atom) == TMY_ATOM_WORD || tmy_atom_type(atom) == TMY_ATOM_DOMAIN;

	return (text ? offsetof(struct tmy_atom, text) : STRUCTURE_OFFSET) + tmy_atom_size(atom);
}

static u32 atom_key(const void *item, u32 bits)
{
	(void)bits;
	return ((const struct tmy_atom *)item)->hash;
}

static void atom_free(struct tmy_policy *policy, const void *item)
{
	tmy_free(policy, item, atom_memory_size(item));
}

const struct tmy_list_type tmy_atom_list = { .key = atom_key,
					     .release = atom_free,
					     .no_bits = true };

static u32 type_size(enum tmy_atom_type type, size_t size)
{
	return (u32)type << 24 | (u32)size;
}

/* Compares values as bytes, starting at @offset of the atom. */
static const struct tmy_atom *find_atom_bytes(const struct tmy_table *table, u32 type_and_size,
					      u32 hash, const void *value, size_t offset)
{
	u32 head, position;

	if (!table)
		return NULL;
	head = tmy_chain(table, hash);
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		const struct tmy_atom *atom = tmy_item(table, position);

		if (atom->hash == hash && atom->type_size == type_and_size &&
		    !memcmp((const char *)atom + offset, value, tmy_atom_size(atom)))
			return atom;
	}
	return NULL;
}

const struct tmy_atom *tmy_atom_find(const struct tmy_policy *policy, enum tmy_atom_type type,
				     struct tmy_span text, u32 hash)
{
	const struct tmy_table *table = tmy_dereference(policy->atoms[hash % TMY_PARTS].list.table);
	u32 head, position;

	if (!table)
		return NULL;
	head = tmy_chain(table, hash);
	for (position = tmy_chain_first(table, head); position != TMY_NOWHERE;
	     position = tmy_chain_next(table, head, position)) {
		const struct tmy_atom *atom = tmy_item(table, position);

		if (atom->hash == hash && tmy_atom_type(atom) == type &&
		    tmy_span_equal(tmy_atom_text(atom), text))
			return atom;
	}
	return NULL;
}

/* Under tmy_atoms.lock. Return: as intern_value(). */
static struct tmy_atom *find_or_add_atom(struct tmy_policy *policy, u32 type_and_size, u32 hash,
					 const void *value, size_t offset, bool *made)
{
	struct tmy_list *list = &tmy_atoms_of(policy, hash)->list;
	size_t size = type_and_size & TMY_ATOM_SIZE_MAX;
	struct tmy_atom *atom;

	*made = false;
	atom = (struct tmy_atom *)find_atom_bytes(tmy_list_table(list), type_and_size, hash, value,
						  offset);
	if (atom) {
		tmy_count_inc(&atom->refs);
		return atom;
	}
	atom = tmy_alloc(policy, offset + size);
	if (!atom)
		return NULL;
	atom->hash = hash;
	tmy_count_set(&atom->refs, 1);
	atom->type_size = type_and_size;
	memcpy((char *)atom + offset, value, size);
	if (tmy_list_add(policy, list, atom, ATOM_LIVE)) {
		tmy_free(policy, atom, offset + size);
		return NULL;
	}
	*made = true;
	return atom;
}

/* Return: the atom of a value, with a reference; NULL without memory. @made: whether it is new */
static struct tmy_atom *intern_value(struct tmy_policy *policy, u32 type_and_size, u32 hash,
				     const void *value, size_t offset, bool *made)
{
	struct tmy_lock *lock = &tmy_atoms_of(policy, hash)->lock;
	struct tmy_atom *atom;

	tmy_lock(lock);
	atom = find_or_add_atom(policy, type_and_size, hash, value, offset, made);
	tmy_unlock(lock);
	return atom;
}

static const struct tmy_atom *intern_text(struct tmy_policy *policy, enum tmy_atom_type type,
					  struct tmy_span text)
{
	bool made;

	return intern_value(policy, type_size(type, text.length), tmy_hash(policy->secret, text),
			    text.at, offsetof(struct tmy_atom, text), &made);
}

/*
 * The value of a pattern has to be composed before it can be looked up. The memory for that is not
 * charged to the policy, whose quota must not keep an existing atom from being found.
 */
static const struct tmy_atom *intern_pattern(struct tmy_policy *policy, struct tmy_span text)
{
	size_t size = offsetof(struct tmy_pattern, text) + text.length;
	struct tmy_pattern *pattern = tmy_os_alloc(size);
	const struct tmy_atom *atom;
	bool made;

	if (!pattern)
		return NULL;
	memset(pattern, 0, offsetof(struct tmy_pattern, text));
	tmy_pattern_init(pattern, policy->secret, text);
	memcpy(pattern->text, text.at, text.length);
	atom = intern_value(policy, type_size(TMY_ATOM_PATTERN, size),
			    tmy_hash(policy->secret, text), pattern, STRUCTURE_OFFSET, &made);
	tmy_os_free(pattern, size);
	return atom;
}

const struct tmy_atom *tmy_atom_word(struct tmy_policy *policy, struct tmy_span word)
{
	if (word.length > TMY_ATOM_SIZE_MAX - sizeof(struct tmy_pattern))
		return NULL;
	if (tmy_literal_prefix(word.at, word.length) < word.length)
		return intern_pattern(policy, word);
	return intern_text(policy, TMY_ATOM_WORD, word);
}

const struct tmy_atom *tmy_atom_domain(struct tmy_policy *policy, struct tmy_span name)
{
	return name.length > TMY_ATOM_SIZE_MAX ? NULL : intern_text(policy, TMY_ATOM_DOMAIN, name);
}

/* Drops the references that a structure holds. */
static void release_value_refs(struct tmy_policy *policy, enum tmy_atom_type type,
			       const void *value)
{
	switch (type) {
	case TMY_ATOM_BODY:
		tmy_body_release(policy, value);
		break;
	case TMY_ATOM_REQUIREMENT:
		tmy_requirement_release(policy, value);
		break;
	case TMY_ATOM_CONTROL:
		tmy_control_release(policy, value);
		break;
	case TMY_ATOM_AGGREGATOR:
		tmy_aggregator_release(policy, value);
		break;
	default:
		break;
	}
}

const struct tmy_atom *tmy_atom_structure(struct tmy_policy *policy, enum tmy_atom_type type,
					  const void *value, size_t size)
{
	const struct tmy_atom *atom = NULL;
	bool made = false;

	if (size <= TMY_ATOM_SIZE_MAX)
		atom = intern_value(policy, type_size(type, size),
				    tmy_hash(policy->secret, tmy_span(value, size)), value,
				    STRUCTURE_OFFSET, &made);
	if (!made)
		release_value_refs(policy, type, value);
	return atom;
}

const struct tmy_atom *tmy_atom_get(const struct tmy_atom *atom)
{
	tmy_count_inc(&((struct tmy_atom *)atom)->refs);
	return atom;
}

void tmy_atom_put(struct tmy_policy *policy, const struct tmy_atom *atom)
{
	if (atom && !tmy_count_dec(&((struct tmy_atom *)atom)->refs))
		tmy_count_inc(&policy->unused_atoms);
}

static void sweep_atoms(struct tmy_policy *policy, struct tmy_list *list)
{
	struct tmy_table *table = tmy_list_table(list);
	u32 i;

	for (i = 0; table && i < table->used; i++) {
		const struct tmy_atom *atom = tmy_item(table, i);

		if (!tmy_slot_alive(table, i) || tmy_count_read(&atom->refs))
			continue;
		release_value_refs(policy, tmy_atom_type(atom), tmy_atom_value(atom));
		tmy_list_set(policy, list, i, 0);
	}
}

/* Removing a structure may drop the last references to other atoms, hence the loop. */
void tmy_atoms_sweep(struct tmy_policy *policy)
{
	unsigned int i;

	while (tmy_count_read(&policy->unused_atoms)) {
		tmy_count_set(&policy->unused_atoms, 0);
		for (i = 0; i < TMY_PARTS; i++)
			sweep_atoms(policy, &policy->atoms[i].list);
	}
}

u32 tmy_pattern_key(u32 where, const char *head, u8 head_length, const char *tail, u8 tail_length)
{
	u64 state = (u64)where << 32 | (u32)head_length << 8 | tail_length;

	state = tmy_hash_mix(state, tmy_hash(state, tmy_span(head, head_length)));
	return tmy_hash(state, tmy_span(tail, tail_length));
}

/* Offset of the literal tail. What follows \- is not part of it up to the next slash. */
static size_t tail_start(struct tmy_span text)
{
	size_t i = 0, start = 0;
	bool subtracting = false;

	while (i < text.length) {
		size_t literal = tmy_literal_prefix(text.at + i, text.length - i);

		if (literal) {
			const char *slash = subtracting ? memchr(text.at + i, '/', literal) : NULL;

			if (slash) {
				subtracting = false;
				start = (size_t)(slash - text.at);
			}
			i += literal;
			continue;
		}
		if (i + 1 < text.length && text.at[i + 1] == '-')
			subtracting = true;
		i += 2;
		start = i;
	}
	return subtracting || start > text.length ? text.length : start;
}

static u8 cap_shape_length(size_t length)
{
	return length < TMY_SHAPE_MAX ? (u8)length : TMY_SHAPE_MAX;
}

void tmy_pattern_init(struct tmy_pattern *pattern, u64 secret, struct tmy_span text)
{
	size_t prefix = tmy_literal_prefix(text.at, text.length), directory = prefix;

	while (directory && text.at[directory - 1] != '/')
		directory--;
	pattern->directory = tmy_hash(secret, tmy_span(text.at, directory));
	pattern->head = cap_shape_length(prefix - directory);
	pattern->tail = cap_shape_length(text.length - tail_start(text));
	pattern->key = tmy_pattern_key(pattern->directory, text.at + directory, pattern->head,
				       text.at + text.length - pattern->tail, pattern->tail);
}
