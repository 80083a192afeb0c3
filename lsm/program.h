/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Program: what is being executed, as conditions and logs see it (kernel ABI specification 4.3,
 * 7.7).
 */
#ifndef TMY_PROGRAM_H
#define TMY_PROGRAM_H

#include <linux/binfmts.h>

#include "engine/request.h"
#include "bprm_strings.h"

struct tmy_room;

enum {
	TMY_MARKS = 32,
};

/*
 * Lives on the stack of the hook, all zero but bprm. The rest is made when somebody needs it, and
 * freed by tmy_program_release().
 */
struct tmy_program {
	struct linux_binprm *bprm;
	char *raw;     /* argc + envc strings, as the program will see them; for logs */
	size_t length; /* of raw */
	/* By tmy_program_survey(): where each step-th string begins, counted from bprm->p. */
	u32 step, marks[TMY_MARKS];
	u8 surveys;  /* so far */
	bool absent; /* a page has been missed since */
};

void tmy_program_release(struct tmy_program *program);

/* Makes raw. May sleep; does nothing the second time. Return: 0, -ENOMEM; -EFAULT: unreadable. */
int tmy_program_read(struct tmy_program *program);

/*
 * tmy_program_survey - see that tmy_program_strings() finds what it needs
 *
 * Takes no memory. May sleep, and takes time in proportion to the strings' length. Return: 0;
 * -EFAULT: unreadable, or tried too often.
 */
int tmy_program_survey(struct tmy_program *program);

/* Makes the facts that are always known. */
void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts);

/*
 * tmy_program_strings - give the facts of a room argv and envp, after tmy_program_survey()
 *
 * All of them in its arena; or each when it is asked for, when these are too many for that. Does
 * not sleep. Return: 0; -EAGAIN: survey it again; -ENAMETOOLONG when the arena has too little room.
 */
int tmy_program_strings(struct tmy_program *program, struct tmy_room *room);

/* Prints "argv[]={ ... } envp[]={ ... }", as much as a record holds of what was read (7.7). */
void tmy_put_arguments(struct tmy_text *text, const struct tmy_program *program);

#endif
