/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Check: an access that a hook wants to have decided, in the kernel's terms (kernel ABI
 * specification 3, 7.4).
 *
 * A hook fills in a struct tmy_check and calls tmy_check(), which has two paths.
 *
 * On the fast path the request is built in the CPU's scratch buffer (scratch.h) and decided. If it
 * is granted and not to be logged, that is all: there is no allocation, and no lock but the local
 * one.
 *
 * On the slow path, for everything else, the request is built and decided again in a scratch buffer
 * from the heap, where it may sleep to log, count or learn it or to ask an administrator.
 */
#ifndef TMY_CHECK_H
#define TMY_CHECK_H

#include "engine/number.h"
#include "lsm.h"

struct linux_binprm;
struct tmy_program;

/* What a name of the request is built from. */
enum tmy_source_type {
	TMY_NO_SOURCE,
	TMY_OF_PATH,   /* path: its pathname; slash: '/' is appended unless it ends in one */
	TMY_OF_BYTES,  /* text: raw bytes, to be encoded (1.1) */
	TMY_OF_PIECES, /* pieces: an array of two, raw bytes to be encoded and concatenated */
	TMY_OF_WORD,   /* text: a word that is already encoded */
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

/* Everything it points to is owned by the hook and valid until tmy_check() returns. */
struct tmy_check {
	u8 kind;      /* enum tmy_kind */
	u8 operation; /* of that kind */
	u8 protocol;  /* enum tmy_protocol, for TMY_INET and TMY_UNIX */
	u8 config;    /* from tmy_check_config() */
	bool any_device;
	u8 address_size; /* 4 or 16, for TMY_INET */
	u8 address[16];
	u8 radix[TMY_ENTRY_NUMBERS]; /* enum tmy_radix */
	unsigned long numbers[TMY_ENTRY_NUMBERS];
	struct tmy_source names[TMY_ENTRY_NAMES]; /* as many as the kind has */
	struct tmy_source target;		  /* symlink.target */
	const struct path *objects[2]; /* path1 and path2 of conditions and logs, or NULL */
	struct tmy_program *program;   /* of an execution; NULL otherwise */
	bool arguments;		       /* its argv and envp are to be loaded as facts */
	struct tmy_domain *domain;     /* NULL: that of the calling task */
	u8 retries;		       /* how often a query was answered with "retry" */
};

/*
 * tmy_check_config - the mode of a profile item for the current domain
 *
 * tmy_domain_config() is the same for any domain that the caller has a reference to.
 *
 * Context: any. Return: the mode and the log flags (TMY_CONFIG_...); TMY_DISABLED (0), without
 * flags, before activation and when the mode is disabled.
 */
u8 tmy_current_config(enum tmy_item item);
u8 tmy_domain_config(const struct tmy_domain *domain, enum tmy_item item);

static inline u8 tmy_check_config(enum tmy_item item)
{
	return tmy_active() ? tmy_current_config(item) : TMY_DISABLED;
}

/*
 * tmy_check - decide an access, and log, count, learn or ask as the policy says
 *
 * Context: process context, may sleep. Return: 0 when the access may go on; -EPERM; in enforcing
 * mode also -ENOMEM.
 */
int tmy_check(struct tmy_check *check);

/*
 * tmy_check_load_arguments - have argv and envp of the program loaded when the request is built
 * next
 *
 * Faults in the pages that hold them and sets check->arguments. Context: process context, may
 * sleep. Return: true when it is worth building the request again; false when there is no program,
 * when the strings were available already, or when they cannot be read.
 */
bool tmy_check_load_arguments(struct tmy_check *check);

struct tmy_scratch;
enum {
	TMY_RETRY = 1,
};

/*
 * tmy_handle_denied - count, log, learn or query a request that no entry grants
 * @scratch: from the heap, filled with the request
 *
 * Context: process context, may sleep. Return: 0 when the access may go on nevertheless; -EPERM;
 * TMY_RETRY when an administrator has asked for the request to be decided again.
 */
int tmy_handle_denied(struct tmy_scratch *scratch, struct tmy_check *check);

#endif
