/* SPDX-License-Identifier: GPL-2.0-only */
/* Program: what is being executed, as conditions and logs see it (kernel ABI specification 4.3,
 * 7.7). */
#ifndef TMY_PROGRAM_H
#define TMY_PROGRAM_H

#include <linux/binfmts.h>

#include "engine/request.h"

/* Lives on the stack of the hook; what it points to is freed by tmy_program_release(). */
struct tmy_program {
	struct linux_binprm *bprm;
	struct tmy_span realpath; /* encoded, in memory of its own */
	char *raw;		  /* arguments and environment as the program will see them */
	size_t length;		  /* of raw */
	struct tmy_span *strings; /* argc + envc, encoded; NULL: not loaded */
	char *encoded;
	bool unreadable; /* raw could not be read */
};

/* May sleep. Return: 0, -ENOMEM. */
int tmy_program_init(struct tmy_program *program, struct linux_binprm *bprm);
void tmy_program_release(struct tmy_program *program);

/* Reads the bytes from the stack of the new program. May sleep. Return: 0, -ENOMEM. */
int tmy_program_read(struct tmy_program *program);

/* Encodes arguments and environment. May sleep. Return: 0, -ENOMEM. */
int tmy_program_load(struct tmy_program *program);

/* Makes the facts of what is known by now. */
void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts);

/* Prints "argv[]={ ... } envp[]={ ... }", each in at most 4096 bytes or so (7.7). */
void tmy_put_arguments(struct tmy_text *text, const struct tmy_facts *facts);

#endif
