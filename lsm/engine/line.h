/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Line: a whole line of domain policy, exception policy, profile or managers, taken apart without
 * any tables (kernel ABI specification 2.3, 2.5, 5.1, 6.1, 6.4).
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

/* Orders to an open file that are no policy: they change what is read and which domain is edited.
 */
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
	TMY_LINE_PROFILE, /* number */
	TMY_LINE_GROUP,	  /* number */
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
 * tmy_parse_domain_line - understand a line of domain policy
 *
 * A domain's name is not judged: see tmy_check_domain(). On a problem, type, remove and, of a
 * selection, name tell what the line was taken for.
 */
bool tmy_parse_domain_line(struct tmy_span line, struct tmy_domain_line *parsed,
			   struct tmy_problem *problem);

/* Can there be a domain of this name (1.3, 1.4)? */
bool tmy_check_domain(struct tmy_span name, struct tmy_problem *problem);

struct tmy_manager_line {
	bool remove;
	bool non_root;	      /* "manage_by_non_root" */
	struct tmy_span name; /* else: a program or a domain */
};

/* Understands a line of the manager file (6.4). */
bool tmy_parse_manager_line(struct tmy_span line, struct tmy_manager_line *parsed,
			    struct tmy_problem *problem);

/*
 * tmy_take_namespace - the namespace in front of a line of exception policy or profile
 * @line: becomes what follows it
 * @name: "<kernel>" when there is none
 *
 * Return: false when the line begins with '<' but not with a namespace and something behind it.
 */
bool tmy_take_namespace(struct tmy_span *line, struct tmy_span *name, struct tmy_problem *problem);

#ifdef __cplusplus
}
#endif

#endif
