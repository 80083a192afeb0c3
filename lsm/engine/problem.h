/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problem: a parse error, with its position in the line and its reason.
 *
 * The kernel passes NULL; the tools print "file:line:column: REASON".
 * Reasons are sentences without a capital letter or a full stop.
 */
#ifndef TMY_ENGINE_PROBLEM_H
#define TMY_ENGINE_PROBLEM_H

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tmy_problem {
	const char *reason; /* static text; NULL: no error */
	const char *at;	    /* points into the line, or to its end */
};

/* Sets *@problem unless it is NULL. Return: always false, for "return tmy_problem(...)". */
static inline bool tmy_problem(struct tmy_problem *problem, const char *at, const char *reason)
{
	if (problem) {
		problem->reason = reason;
		problem->at = at;
	}
	return false;
}

#ifdef __cplusplus
}
#endif

#endif
