/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Check: a question of a hook, in the terms of the kernel, and what becomes of it (kernel ABI
 * specification 3, 7.4).
 *
 * A hook fills in a struct tmy_check and calls tmy_check(). That makes the names once, into memory
 * of the processor it runs on, and asks the engine. When the answer is yes and nobody wants to
 * know, that is all: nothing has been allocated, no lock was taken. Otherwise everything is done
 * again in memory from the heap, where it may sleep: the request is logged, counted, learned, or an
 * administrator is asked.
 */
#ifndef TMY_CHECK_H
#define TMY_CHECK_H

#include "engine/number.h"
#include "lsm.h"

struct linux_binprm;
struct tmy_program;

/* Where a name of the request comes from. */
enum tmy_source_type {
	TMY_NO_SOURCE,
	TMY_OF_PATH,   /* path: its pathname; with slash, ending in '/' whatever it is */
	TMY_OF_BYTES,  /* text: to be encoded */
	TMY_OF_PIECES, /* two pieces, one behind the other: to be encoded */
	TMY_OF_WORD,   /* text: encoded already */
};

struct tmy_source {
	u8 type; /* enum tmy_source_type */
	bool slash;
	union {
		const struct path *path;
		const struct tmy_span *pieces;
		struct tmy_span text;
	};
};

/* Everything it points to belongs to the hook and stays until tmy_check() returns. */
struct tmy_check {
	u8 kind;      /* enum tmy_kind */
	u8 operation; /* of that kind */
	u8 protocol;  /* enum tmy_protocol, for TMY_INET and TMY_UNIX */
	u8 config;    /* what tmy_check_config() said */
	bool any_device;
	u8 address_size; /* 4 or 16, for TMY_INET */
	u8 address[16];
	u8 radix[TMY_ENTRY_NUMBERS]; /* enum tmy_radix */
	unsigned long numbers[TMY_ENTRY_NUMBERS];
	struct tmy_source names[TMY_ENTRY_NAMES]; /* as many as the kind has */
	struct tmy_source target;		  /* symlink.target */
	const struct path *objects[2]; /* path1 and path2 of conditions and logs, or NULL */
	struct tmy_program *program;   /* what is being executed */
	bool arguments;		       /* what it is given is to be facts */
	struct tmy_domain *domain;     /* NULL: that of the calling task */
	u8 retries;		       /* answers "retry" so far; begins with 0 */
};

/*
 * tmy_check_config - does a hook have to check operations of this item in the current domain?
 *
 * Return: the mode and the log flags (TMY_CONFIG_...); TMY_DISABLED (0) before activation, and when
 * the mode is disabled.
 */
u8 tmy_current_config(enum tmy_item item);
u8 tmy_domain_config(const struct tmy_domain *domain, enum tmy_item item);

static inline u8 tmy_check_config(enum tmy_item item)
{
	return tmy_active() ? tmy_current_config(item) : TMY_DISABLED;
}

/*
 * tmy_check - may it be done?
 *
 * May sleep. Return: 0; -EPERM; in enforcing mode also -ENOMEM.
 */
int tmy_check(struct tmy_check *check);

/*
 * tmy_want_arguments - let what a program is given be facts of the next room, and be found there
 *
 * May sleep. Return: false when there is no program, when nothing was missing that could be found,
 * or when it cannot be read.
 */
bool tmy_want_arguments(struct tmy_check *check);

struct tmy_room;
enum {
	TMY_RETRY = 1,
};

/*
 * tmy_refuse - deal with a request that is not granted: count, log, learn, ask
 * @room: a filled one of the heap; what can be known of a program is known
 *
 * May sleep. Return: 0: it may be done nevertheless; -EPERM; TMY_RETRY: decide again, the policy
 * has changed.
 */
int tmy_refuse(struct tmy_room *room, struct tmy_check *check);

#endif
