/* SPDX-License-Identifier: GPL-2.0-only */
/* Profiles: modes and limits (kernel ABI specification 5). No tables, no allocation. */
#ifndef TMY_ENGINE_PROFILE_H
#define TMY_ENGINE_PROFILE_H

#include "operation.h"

#ifdef __cplusplus
extern "C" {
#endif

enum tmy_mode {
	TMY_DISABLED,
	TMY_LEARNING,
	TMY_PERMISSIVE,
	TMY_ENFORCING,
	TMY_MODES,
};

struct tmy_span tmy_mode_word(enum tmy_mode mode);

/* One item of a profile, in one byte so that a reader never sees half of a change. */
enum {
	TMY_CONFIG_MODE = 3, /* mask: enum tmy_mode */
	TMY_CONFIG_GRANT_LOG = 4,
	TMY_CONFIG_REJECT_LOG = 8,
	TMY_CONFIG_USE_DEFAULT = 16,
};

/* A kernel's configuration has its own opinion of what a profile begins with. */
#ifdef CONFIG_SECURITY_TOMOYO
#define TMY_DEFAULT_AUDIT_LOG	   CONFIG_SECURITY_TOMOYO_MAX_AUDIT_LOG
#define TMY_DEFAULT_LEARNING_ENTRY CONFIG_SECURITY_TOMOYO_MAX_ACCEPT_ENTRY
#else
#define TMY_DEFAULT_AUDIT_LOG	   1024
#define TMY_DEFAULT_LEARNING_ENTRY 2048
#endif

enum {
	TMY_PROFILES = 256,		/* of a namespace */
	TMY_PROFILE_VERSION = 20150505, /* what a namespace starts with */
};

/*
 * Written under the policy's lock, read at any time: every member on its own is consistent. The
 * comment is no member, as it is of no use for deciding.
 */
struct tmy_profile {
	u8 config[TMY_ITEMS];		  /* as written */
	u8 resolved[TMY_OPERATION_ITEMS]; /* what holds (5.3): never USE_DEFAULT */
	u32 max_audit_log;		  /* records */
	u32 max_learning_entry;		  /* operations of a domain */
};

/* A new profile: disabled, everything else by default (5.1). */
void tmy_profile_init(struct tmy_profile *profile);

/* What a line of a profile file is, behind its namespace. */
enum tmy_profile_line_type {
	TMY_PROFILE_LINE_VERSION,    /* number is the version */
	TMY_PROFILE_LINE_COMMENT,    /* value */
	TMY_PROFILE_LINE_PREFERENCE, /* value */
	TMY_PROFILE_LINE_CONFIG,     /* item and value */
	TMY_PROFILE_LINE_NOTHING,    /* a profile is named but nothing is said of it: it comes to be
					(5.1) */
};

struct tmy_profile_line {
	u8 type; /* enum tmy_profile_line_type */
	u8 profile;
	u8 item; /* enum tmy_item */
	unsigned long number;
	struct tmy_span value;
};

/*
 * tmy_parse_profile_line - understand a normalized line without its namespace (5.1, 5.2)
 *
 * On a problem it tells with type TMY_PROFILE_LINE_NOTHING (and true from *@defines) whether the
 * line nevertheless names a profile, which then comes to be, and with item TMY_ITEMS whether it is
 * the item that is not known. An empty number is a problem and names none (D-05).
 */
bool tmy_parse_profile_line(struct tmy_span line, struct tmy_profile_line *parsed, bool *defines,
			    struct tmy_problem *problem);

/*
 * tmy_profile_apply - take over a PREFERENCE or CONFIG line (5.2)
 *
 * Brings resolved up to date.
 */
void tmy_profile_apply(struct tmy_profile *profile, const struct tmy_profile_line *line);

/*
 * Lines of the printed form, in their order (5.4), without namespace and newline: 0 is COMMENT, 1
 * PREFERENCE, 2 CONFIG, then one for each item.
 */
enum {
	TMY_PROFILE_LINES = 3 + TMY_ITEMS - 1
};

/* Prints one of them; false, and nothing is printed, for an item that is "use_default". */
bool tmy_put_profile_line(struct tmy_text *text, const struct tmy_profile *profile, u8 number,
			  struct tmy_span comment, unsigned int line);

#ifdef __cplusplus
}
#endif

#endif
