/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entry: one line of access control, as text: parsed and printed without a policy (kernel ABI
 * specification 3.1, 3.4).
 *
 * All spans point into the line, which must be normalized (word.h).
 */
#ifndef TMY_ENGINE_ENTRY_H
#define TMY_ENGINE_ENTRY_H

#include "address.h"
#include "number.h"
#include "operation.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
	TMY_ENTRY_NAMES = 3,   /* most names that an entry has */
	TMY_ENTRY_NUMBERS = 3, /* most numbers */
};

/* A name, a pattern or "@GROUP" (then text is without the '@'). */
struct tmy_name_operand {
	struct tmy_span text;
	bool group;
};

/* A number, or a group when group.at is set. */
struct tmy_number_operand {
	struct tmy_number number;
	struct tmy_span group;
};

/* An address, or a group when group.at is set. */
struct tmy_address_operand {
	struct tmy_address address;
	struct tmy_span group;
};

struct tmy_entry {
	u8 kind;	/* enum tmy_kind */
	u8 protocol;	/* enum tmy_protocol; 0 unless TMY_INET or TMY_UNIX */
	u16 operations; /* one bit each; 1 for kinds without an operation list */
	/* As many as the kind has, in the order of the line. A port is a number. */
	struct tmy_name_operand names[TMY_ENTRY_NAMES];
	struct tmy_number_operand numbers[TMY_ENTRY_NUMBERS];
	struct tmy_address_operand address;
	/* Transition argument and conditions (condition.h); checked, but not in canonical form. */
	struct tmy_span conditions;
};

unsigned int tmy_entry_names(enum tmy_kind kind);
unsigned int tmy_entry_numbers(enum tmy_kind kind);

/*
 * Parses a line. On error *@entry is undefined, except that conditions.at is NULL unless the error
 * is in the conditions.
 */
bool tmy_parse_entry(struct tmy_span line, struct tmy_entry *entry, struct tmy_problem *problem);

/* Prints the line in canonical form. entry->operations must not be 0. */
void tmy_put_entry(struct tmy_text *text, const struct tmy_entry *entry);

#ifdef __cplusplus
}
#endif

#endif
