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
	char *raw;		  /* argc + envc strings, as the program will see them */
	size_t length;		  /* of raw */
	struct tmy_span *strings; /* the same, encoded */
	char *encoded;
	size_t encoded_length;
};

void tmy_program_release(struct tmy_program *program);

/* Both may sleep, do nothing the second time, and return 0, -ENOMEM or (unreadable) -EFAULT. */
int tmy_program_read(struct tmy_program *program); /* makes raw */
int tmy_program_load(struct tmy_program *program); /* makes strings, of raw */

/*
 * Strings: the same, one after the other and without all of them at once. On the stack of who walks
 * along them; takes memory only for a string that has no '=' in its first TMY_PIECE bytes.
 */
enum {
	TMY_PIECE = 512,
};

struct tmy_strings {
	struct linux_binprm *bprm;
	unsigned long next; /* on the stack that the program will have: what is to be read */
	char *piece;	    /* what has been read, from and up to: not yet passed */
	unsigned int from, to, size;
	char local[TMY_PIECE];
};

void tmy_strings_begin(struct tmy_strings *strings, struct linux_binprm *bprm);
void tmy_strings_end(struct tmy_strings *strings);

/*
 * tmy_strings_name - what is in front of the first '=' of a string, or all of it
 * @name: what conditions see of it (1.4); valid until the next call
 *
 * May sleep. Return: 0, -ENOMEM, -EFAULT.
 */
int tmy_strings_name(struct tmy_strings *strings, struct tmy_span *name);

/* Passes the rest of a string. May sleep. Return: 0, -EFAULT. */
int tmy_strings_skip(struct tmy_strings *strings);

/* How many bytes of a text, when encoded, are what conditions see of it (1.4). */
size_t tmy_visible(const char *text, size_t length);

/* Makes the facts of what is known by now, but for realpath. */
void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts);

/* Prints "argv[]={ ... } envp[]={ ... }", as much as a record holds of what was read (7.7). */
void tmy_put_arguments(struct tmy_text *text, const struct tmy_program *program);

#endif
