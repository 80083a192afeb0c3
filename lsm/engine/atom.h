/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atoms: interned values, as X11 and Lisp use the word. There is one atom for all equal values, so
 * equality is comparing pointers. Most are strings (names and patterns), the others are structures.
 *
 * An atom is immutable and has a reference count. References are taken and dropped under the
 * policy's lock, shared or exclusive (by "writers" below); readers need none, as they are protected
 * by their read section. An atom without references is kept, so that it can be found again, until
 * the collector removes it under the exclusive lock (tmy_atoms_sweep()).
 */
#ifndef TMY_ENGINE_ATOM_H
#define TMY_ENGINE_ATOM_H

#include "text.h"

struct tmy_list_type;
struct tmy_policy;

enum tmy_atom_type {
	TMY_ATOM_WORD,	  /* text without wildcards */
	TMY_ATOM_PATTERN, /* text with wildcards, in a struct tmy_pattern */
	TMY_ATOM_DOMAIN,  /* name of a domain, namespace, group or manager: wildcards are literal */
	TMY_ATOM_NUMBER,  /* struct tmy_number */
	TMY_ATOM_ADDRESS, /* struct tmy_address */
	TMY_ATOM_BODY,	  /* struct tmy_body (acl.h) */
	TMY_ATOM_REQUIREMENT, /* struct tmy_requirement (requirement.h) */
	TMY_ATOM_CONTROL,     /* struct tmy_control (control.h) */
	TMY_ATOM_AGGREGATOR,  /* struct tmy_aggregator (control.h) */
	TMY_ATOM_TYPES,
};

enum {
	TMY_ATOM_SIZE_MAX = (1 << 24) - 1, /* bytes of a value */
};

struct tmy_atom {
	u32 hash;
	tmy_count refs;
	u32 type_size; /* enum tmy_atom_type << 24 | bytes of the value */
	char text[];   /* value of TMY_ATOM_WORD and TMY_ATOM_DOMAIN; of others, tmy_atom_value() */
};

/* The value of a pattern: its text, and the shape (table.h) and key by which it is found. */
struct tmy_pattern {
	u32 directory; /* hash of the literal directory, its last slash included */
	u32 key;       /* hash of that and of the literal bytes at both ends */
	u8 head;       /* literal bytes behind that directory, TMY_SHAPE_MAX at most */
	u8 tail;       /* literal bytes at the end, TMY_SHAPE_MAX at most */
	char text[];
};

enum {
	TMY_SHAPE_MAX = 15,
};

static inline enum tmy_atom_type tmy_atom_type(const struct tmy_atom *atom)
{
	return (enum tmy_atom_type)(atom->type_size >> 24);
}

static inline size_t tmy_atom_size(const struct tmy_atom *atom)
{
	return atom->type_size & TMY_ATOM_SIZE_MAX;
}

/* The value of all but words and domains, aligned to 8 bytes. */
static inline const void *tmy_atom_value(const struct tmy_atom *atom)
{
	return (const char *)atom + 16;
}

/* The text of a word, a pattern or a domain's name. */
static inline struct tmy_span tmy_atom_text(const struct tmy_atom *atom)
{
	const struct tmy_pattern *pattern = tmy_atom_value(atom);

	if (tmy_atom_type(atom) == TMY_ATOM_PATTERN)
		return tmy_span(pattern->text,
				tmy_atom_size(atom) - offsetof(struct tmy_pattern, text));
	return tmy_span(atom->text, tmy_atom_size(atom));
}

/*
 * tmy_atom_find - look up the atom of a text
 * @type: TMY_ATOM_WORD, TMY_ATOM_PATTERN or TMY_ATOM_DOMAIN
 * @hash: tmy_hash() of the text
 *
 * Context: read section, which is how long the result is valid; no reference is taken. Return: NULL
 * when there is no such atom, that is, the text does not occur in the policy.
 */
const struct tmy_atom *tmy_atom_find(const struct tmy_policy *policy, enum tmy_atom_type type,
				     struct tmy_span text, u32 hash);

/*
 * Find or create the atom of a word (or pattern), or of the name of a domain. All functions below
 * are for writers. Return: the atom, with a reference to be dropped with tmy_atom_put(); NULL
 * without memory, or when the value is longer than TMY_ATOM_SIZE_MAX.
 */
const struct tmy_atom *tmy_atom_word(struct tmy_policy *policy, struct tmy_span word);
const struct tmy_atom *tmy_atom_domain(struct tmy_policy *policy, struct tmy_span name);

/*
 * tmy_atom_structure - find or create the atom of a structure
 * @value: padding must be zero, as structures are compared as bytes
 *
 * Takes over the references that the structure holds: they pass to a new atom, and are dropped when
 * the atom exists or on error. Return: as tmy_atom_word().
 */
const struct tmy_atom *tmy_atom_structure(struct tmy_policy *policy, enum tmy_atom_type type,
					  const void *value, size_t size);

const struct tmy_atom *tmy_atom_get(const struct tmy_atom *atom);
void tmy_atom_put(struct tmy_policy *policy, const struct tmy_atom *atom); /* @atom may be NULL */

extern const struct tmy_list_type tmy_atom_list;

/* Removes the atoms without references. Under the policy's lock, held exclusively. */
void tmy_atoms_sweep(struct tmy_policy *policy);

/* Computes shape and key of a pattern; @pattern->text is not written. */
void tmy_pattern_init(struct tmy_pattern *pattern, u64 secret, struct tmy_span text);

/* The key of patterns below the directory with hash @where that have these literal ends. */
u32 tmy_pattern_key(u32 where, const char *head, u8 head_length, const char *tail, u8 tail_length);

#endif
