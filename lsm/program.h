/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Program: the program that is being executed, its argv and envp, as conditions and logs need them
 * (kernel ABI specification 4.3, 7.7).
 */
#ifndef TMY_PROGRAM_H
#define TMY_PROGRAM_H

#include <linux/binfmts.h>

#include "engine/request.h"
#include "bprm_strings.h"

struct tmy_scratch;

enum {
	TMY_MARKS = 32,
};

/*
 * On the stack of the hook, initialised with bprm and zeros. Everything else is loaded on demand
 * and freed by tmy_program_release().
 */
struct tmy_program {
	struct linux_binprm *bprm;
	char *raw;     /* for logs: argc + envc strings, each with its NUL; NULL: not read */
	size_t length; /* of raw */
	/* By tmy_program_fault_in(): the offset from bprm->p of each step-th string. */
	u32 step, marks[TMY_MARKS];
	u8 fault_ins;	   /* number of calls of tmy_program_fault_in() */
	bool page_missing; /* since the last one, a page was found not to be in memory */
};

void tmy_program_release(struct tmy_program *program);

/*
 * tmy_program_read - read the strings into program->raw, unless that has been done
 *
 * Context: process context, may sleep. Return: 0; -ENOMEM; -EFAULT when they cannot be read.
 */
int tmy_program_read(struct tmy_program *program);

/*
 * tmy_program_fault_in - fault in the pages that hold the strings and note where strings begin
 *
 * What tmy_program_strings() needs. Pages may be reclaimed again before it is called. Allocates
 * nothing; time is proportional to the length of the strings. Context: process context, may sleep.
 * Return: 0; -EFAULT when the strings cannot be read, or after too many calls.
 */
int tmy_program_fault_in(struct tmy_program *program);

/* Fills in the facts that need no access to the strings: argc and envc. */
void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts);

/*
 * tmy_program_strings - make argv and envp available as facts, after tmy_program_fault_in()
 *
 * All of them are encoded into the arena if they fit; otherwise facts.string loads one at a time.
 * Context: does not sleep. Return: 0; -EAGAIN when a page has to be faulted in again; -ENAMETOOLONG
 * when the arena is too small even for one string.
 */
int tmy_program_strings(struct tmy_program *program, struct tmy_scratch *scratch);

/* Prints "argv[]={ ... } envp[]={ ... }" from program->raw, cut to what a record may hold (7.7). */
void tmy_put_arguments(struct tmy_text *text, const struct tmy_program *program);

#endif
