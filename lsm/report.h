/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Report: the contents of an audit record or a query, and how they are formatted (kernel ABI
 * specification 7.7). Uses the engine only, so it compiles in user space as well.
 */
#ifndef TMY_REPORT_H
#define TMY_REPORT_H

#include "engine/request.h"

/* Everything it points to is owned by whoever owns the report. */
struct tmy_report {
	u64 seconds;	/* since 1970 */
	u32 global_pid; /* thread id in the initial PID namespace */
	u8 profile;
	u8 mode; /* enum tmy_mode, that applied to the request */
	bool granted;
	struct tmy_span domain;	    /* its name */
	struct tmy_span remark;	    /* third line in place of a request; at is NULL: none */
	struct tmy_span arguments;  /* "argv[]={ ... } envp[]={ ... }", with facts.exec */
	struct tmy_request request; /* unused with a remark */
	struct tmy_facts facts;	    /* those that are known */
};

/* Prints the three lines, each with its newline, without a NUL. */
void tmy_put_report(struct tmy_text *text, const struct tmy_report *report);

#endif
