/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Line: a line of the files domain_policy, exception_policy, profile and manager, parsed without a
 * policy (kernel ABI specification 2.3, 2.5, 5.1, 6.1, 6.4).
 *
 * Spans point into the line, which must be normalized.
 */
#ifndef TMY_ENGINE_LINE_H
#define TMY_ENGINE_LINE_H

#include "exception.h"
#include "profile.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Commands to an open file, which change what is read from it and which domain is edited. */
enum tmy_order {
	TMY_NO_ORDER,
	TMY_ORDER_RESET,	   /* "reset"; of every file */
	TMY_ORDER_TRANSITION_ONLY, /* "select transition_only"; of domain and exception policy */
};

enum tmy_order tmy_parse_order(struct tmy_span line);

enum tmy_domain_line_type {
	TMY_LINE_DOMAIN,	    /* name */
	TMY_LINE_SELECT,	    /* "select <kernel> ...": name */
	TMY_LINE_SELECT_DOMAIN,	    /* "select domain=": name; text is what follows "select " */
	TMY_LINE_SELECT_PID,	    /* "select pid=": number; text */
	TMY_LINE_SELECT_GLOBAL_PID, /* "select global-pid=": number; text */
	TMY_LINE_SELECT_QUERY,	    /* "select Q=": number; text */
	TMY_LINE_TRANSITION_ONLY,
	TMY_LINE_RESET,
	TMY_LINE_PROFILE, /* number; text is what follows it */
	TMY_LINE_GROUP,	  /* number; text is what follows it */
	TMY_LINE_QUOTA_EXCEEDED,
	TMY_LINE_TRANSITION_FAILED,
	TMY_LINE_ENTRY, /* entry */
};

struct tmy_domain_line {
	u8 type;     /* enum tmy_domain_line_type */
	bool remove; /* "delete " is in front */
	unsigned long number;
	struct tmy_span name;
	struct tmy_span text;
	struct tmy_entry entry;
};

/*
 * tmy_parse_domain_line - parse a line of domain policy
 *
 * The name of a domain is not checked, see tmy_check_domain(). On error, type and remove, and name
 * of a selection, say what the line was parsed as.
 */
bool tmy_parse_domain_line(struct tmy_span line, struct tmy_domain_line *parsed,
			   struct tmy_problem *problem);

/* Is this a valid name of a domain (1.3, 1.4)? */
bool tmy_check_domain(struct tmy_span name, struct tmy_problem *problem);

struct tmy_manager_line {
	bool remove;
	bool non_root;	      /* "manage_by_non_root" */
	struct tmy_span name; /* otherwise: a program or a domain */
};

/* Parses a line of the file manager (6.4). */
bool tmy_parse_manager_line(struct tmy_span line, struct tmy_manager_line *parsed,
			    struct tmy_problem *problem);

/*
 * tmy_take_namespace - parse the namespace in front of a line of exception policy or profile
 * @line: becomes what follows it
 * @name: "<kernel>" when there is none
 *
 * Return: false when the line starts with '<', but not with a namespace that something follows.
 */
bool tmy_take_namespace(struct tmy_span *line, struct tmy_span *name, struct tmy_problem *problem);

#ifdef __cplusplus
}
#endif

#endif
