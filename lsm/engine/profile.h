/* SPDX-License-Identifier: GPL-2.0-only */
/* Profiles: the mode of each profile item, and limits (kernel ABI specification 5). Parsed and
 * printed without a policy; nothing here allocates. */
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

/* The value of an item: one byte, so that readers see it change atomically. */
enum {
	TMY_CONFIG_MODE = 3, /* mask: enum tmy_mode */
	TMY_CONFIG_GRANT_LOG = 4,
	TMY_CONFIG_REJECT_LOG = 8,
	TMY_CONFIG_USE_DEFAULT = 16,
};

/* Initial limits of a profile; the kernel's configuration sets its own. */
#ifdef CONFIG_SECURITY_TOMOYO
#define TMY_DEFAULT_AUDIT_LOG	   CONFIG_SECURITY_TOMOYO_MAX_AUDIT_LOG
#define TMY_DEFAULT_LEARNING_ENTRY CONFIG_SECURITY_TOMOYO_MAX_ACCEPT_ENTRY
#else
#define TMY_DEFAULT_AUDIT_LOG	   1024
#define TMY_DEFAULT_LEARNING_ENTRY 2048
#endif

enum {
	TMY_PROFILES = 256,		/* of a namespace */
	TMY_PROFILE_VERSION = 20150505, /* of a new namespace */
};

/*
 * Written under the policy's lock, read without: every member on its own is consistent. The comment
 * is stored elsewhere (struct tmy_namespace), as decisions do not need it.
 */
struct tmy_profile {
	u8 config[TMY_ITEMS];		  /* as written */
	u8 resolved[TMY_OPERATION_ITEMS]; /* effective value (5.3), never USE_DEFAULT */
	u32 max_audit_log;		  /* records */
	u32 max_learning_entry;		  /* operations of a domain */
};

/* Initialises a new profile: disabled, otherwise defaults (5.1). */
void tmy_profile_init(struct tmy_profile *profile);

/* The types of lines of the profile file, without the namespace. */
enum tmy_profile_line_type {
	TMY_PROFILE_LINE_VERSION,    /* number is the version */
	TMY_PROFILE_LINE_COMMENT,    /* value */
	TMY_PROFILE_LINE_PREFERENCE, /* value */
	TMY_PROFILE_LINE_CONFIG,     /* item and value */
	TMY_PROFILE_LINE_NOTHING,    /* sets nothing, but creates the profile it names (5.1) */
};

struct tmy_profile_line {
	u8 type; /* enum tmy_profile_line_type */
	u8 profile;
	u8 item; /* enum tmy_item */
	unsigned long number;
	struct tmy_span value;
};

/*
 * tmy_parse_profile_line - parse a normalized line without its namespace (5.1, 5.2)
 * @defines: on error, whether the line names a profile, which is to be created nevertheless
 *
 * On error parsed->type is TMY_PROFILE_LINE_NOTHING, and parsed->item is TMY_ITEMS when it is the
 * item that is unknown. An empty number is an error and names no profile (D-05).
 */
bool tmy_parse_profile_line(struct tmy_span line, struct tmy_profile_line *parsed, bool *defines,
			    struct tmy_problem *problem);

/*
 * tmy_profile_apply - apply a PREFERENCE or CONFIG line (5.2)
 *
 * Also updates resolved. Context: under the policy's lock, held exclusively.
 */
void tmy_profile_apply(struct tmy_profile *profile, const struct tmy_profile_line *line);

/*
 * Lines of the printed form (5.4): 0 is COMMENT, 1 PREFERENCE, 2 CONFIG, then one for each other
 * item.
 */
enum {
	TMY_PROFILE_LINES = 3 + TMY_ITEMS - 1
};

/*
 * Prints one of them, without namespace and newline. Return: false, and nothing is printed, for an
 * item that is "use_default".
 */
bool tmy_put_profile_line(struct tmy_text *text, const struct tmy_profile *profile, u8 number,
			  struct tmy_span comment, unsigned int line);

#ifdef __cplusplus
}
#endif

#endif
