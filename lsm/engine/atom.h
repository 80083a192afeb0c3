/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atoms: interned values. Two equal values are one atom, so that comparing them is comparing
 * pointers.
 *
 * An atom never changes. It is counted by those who keep it, who hold the policy's lock, be it
 * shared; readers count nothing. One that nobody keeps stays where it is, to be found again, until
 * the collector takes it, which is exclusive.
 */
#ifndef TMY_ENGINE_ATOM_H
#define TMY_ENGINE_ATOM_H

#include "text.h"

struct tmy_list_type;
struct tmy_policy;

enum tmy_atom_type {
	TMY_ATOM_WORD,	  /* text without wildcards */
	TMY_ATOM_PATTERN, /* text with wildcards, behind a struct tmy_pattern */
	TMY_ATOM_DOMAIN,  /* the name of a domain or of a namespace; wildcards mean nothing in it */
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
	char text[];   /* the value of TMY_ATOM_WORD and TMY_ATOM_DOMAIN; all others are at
			  tmy_atom_value() */
};

/* Where a pattern may be found: what is literal at its ends. Shapes are explained in table.h. */
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

/* Structures are aligned, texts begin right behind the header. */
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
 * tmy_atom_find - the atom of a word, a pattern or a domain's name
 * @type: which of these it is
 * @hash: tmy_hash() of the text
 *
 * For readers. Return: NULL when no policy mentions it.
 */
const struct tmy_atom *tmy_atom_find(const struct tmy_policy *policy, enum tmy_atom_type type,
				     struct tmy_span text, u32 hash);

/*
 * For writers, all below. The caller gets a reference, which is given back with tmy_atom_put().
 * NULL means no memory, or a value that is longer than TMY_ATOM_SIZE_MAX.
 */
const struct tmy_atom *tmy_atom_word(struct tmy_policy *policy, struct tmy_span word);
const struct tmy_atom *tmy_atom_domain(struct tmy_policy *policy, struct tmy_span name);

/*
 * tmy_atom_structure - intern a structure
 *
 * Bytes between members must be zero. The references in the structure pass to the atom; when it was
 * there already, or there is no memory, they are given back.
 */
const struct tmy_atom *tmy_atom_structure(struct tmy_policy *policy, enum tmy_atom_type type,
					  const void *value, size_t size);

const struct tmy_atom *tmy_atom_get(const struct tmy_atom *atom);
void tmy_atom_put(struct tmy_policy *policy, const struct tmy_atom *atom); /* NULL is nothing */

extern const struct tmy_list_type tmy_atom_list;

/* Takes out the atoms that nobody keeps. For an exclusive writer. */
void tmy_atoms_sweep(struct tmy_policy *policy);

/* Computes where to find a pattern; @pattern->text is not written. */
void tmy_pattern_init(struct tmy_pattern *pattern, u64 secret, struct tmy_span text);

/* The key of what lies at @where with these literal ends. */
u32 tmy_pattern_key(u32 where, const char *head, u8 head_length, const char *tail, u8 tail_length);

#endif
