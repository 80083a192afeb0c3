/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problem: where in a line it is that the line cannot be understood, and why.
 *
 * The kernel counts problems, the tools print them. Reasons are sentences without a capital or a
 * full stop, for "file:line:column: REASON".
 */
#ifndef TMY_ENGINE_PROBLEM_H
#define TMY_ENGINE_PROBLEM_H

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tmy_problem {
	const char *reason; /* static text; NULL: there is no problem */
	const char *at;	    /* into the line, or just behind its end */
};

/* Notes a problem, unless @problem is NULL. Return: false, for "return tmy_problem(...)". */
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
