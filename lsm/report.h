/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Report: what an audit record or a query says, and its text (kernel ABI specification 7.7). Knows
 * the engine but not the kernel.
 */
#ifndef TMY_REPORT_H
#define TMY_REPORT_H

#include "engine/request.h"

/* Everything it points to belongs to its owner. */
struct tmy_report {
	u64 seconds;	/* since 1970 */
	u32 global_pid; /* thread, in the first PID namespace */
	u8 profile;
	u8 mode; /* enum tmy_mode, that the request met */
	bool granted;
	struct tmy_span domain;	    /* its name */
	struct tmy_span remark;	    /* the third line, of what is no request; at is NULL: none */
	struct tmy_span arguments;  /* "argv[]={ ... } envp[]={ ... }", with facts.exec */
	struct tmy_request request; /* unused with a remark */
	struct tmy_facts facts;	    /* all that are known */
};

/* Prints the three lines, each with its newline, without a NUL. */
void tmy_put_report(struct tmy_text *text, const struct tmy_report *report);

#endif
