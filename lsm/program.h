/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Program: what is being executed, as conditions and logs see it (kernel ABI specification 4.3,
 * 7.7).
 */
#ifndef TMY_PROGRAM_H
#define TMY_PROGRAM_H

#include <linux/binfmts.h>

#include "engine/request.h"

/*
 * Lives on the stack of the hook, all zero but bprm. The rest is made when somebody needs it, and
 * freed by tmy_program_release().
 */
struct tmy_program {
	struct linux_binprm *bprm;
	struct tmy_span realpath; /* encoded; nothing: see bprm->file */
	char *raw;		  /* argc + envc strings, as the program will see them */
	size_t length;		  /* of raw */
	struct tmy_span *strings; /* the same, encoded */
	char *encoded;
	size_t encoded_length;
};

void tmy_program_release(struct tmy_program *program);

/* Each may sleep, does nothing the second time, and returns 0, -ENOMEM or (unreadable) -EFAULT. */
int tmy_program_name(struct tmy_program *program); /* makes realpath */
int tmy_program_read(struct tmy_program *program); /* makes raw */
int tmy_program_load(struct tmy_program *program); /* makes strings, of raw */

/* How many bytes of a text, when encoded, are what conditions see of it (1.4). */
size_t tmy_visible(const char *text, size_t length);

/* Makes the facts of what is known by now, but for realpath. */
void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts);

/* Prints "argv[]={ ... } envp[]={ ... }", as much as a record holds of what was read (7.7). */
void tmy_put_arguments(struct tmy_text *text, const struct tmy_program *program);

#endif
