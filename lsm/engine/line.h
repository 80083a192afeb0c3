/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Line: a whole line of domain policy, exception policy or profile, taken apart without any tables
 * (kernel ABI specification 2.3, 2.5, 5.1, 6.1).
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

enum tmy_domain_line_type {
	TMY_LINE_DOMAIN,	    /* name */
	TMY_LINE_SELECT,	    /* "select <kernel> ...": name */
	TMY_LINE_SELECT_DOMAIN,	    /* "select domain=": name; text is what follows "select " */
	TMY_LINE_SELECT_PID,	    /* "select pid=": number; text */
	TMY_LINE_SELECT_GLOBAL_PID, /* "select global-pid=": number; text */
	TMY_LINE_SELECT_QUERY,	    /* "select Q=": number; text */
	TMY_LINE_TRANSITION_ONLY,   /* "select transition_only" */
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

/* Understands a line of domain policy. A domain's name is only known to start like one (1.3: the
 * definition test). */
bool tmy_parse_domain_line(struct tmy_span line, struct tmy_domain_line *parsed,
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
