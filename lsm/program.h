/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Program: what is being executed, as conditions and logs see it (kernel ABI specification 4.3,
 * 7.7).
 */
#ifndef TMY_PROGRAM_H
#define TMY_PROGRAM_H

#include <linux/binfmts.h>

#include "engine/request.h"
#include "names.h"

enum {
	TMY_PINNED = 4, /* pages of strings that are looked at where they are */
};

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
	struct page *pages[TMY_PINNED]; /* the strings are in the first so many */
	unsigned int pinned;
};

void tmy_program_release(struct tmy_program *program);

/* Both may sleep, do nothing the second time, and return 0, -ENOMEM or (unreadable) -EFAULT. */
int tmy_program_read(struct tmy_program *program); /* makes raw */
int tmy_program_load(struct tmy_program *program); /* makes strings, of raw */

/*
 * tmy_program_pin - keep what the strings are in, so that who must not sleep can read them
 *
 * May sleep. Return: 0, -EFAULT; -E2BIG when these are more than TMY_PINNED pages.
 */
int tmy_program_pin(struct tmy_program *program);

/*
 * tmy_program_facts_in - facts of pinned strings, but for realpath, made in an arena
 *
 * Does not sleep. Return: 0, -EFAULT; -ENAMETOOLONG when the arena has too little room.
 */
int tmy_program_facts_in(const struct tmy_program *program, struct tmy_arena *arena,
			 struct tmy_facts *facts);

/*
 * Strings: the same, one after the other, read where they are: on the stack that the program will
 * have. Lives on the stack of who walks along them. Takes no memory.
 */
struct tmy_strings {
	struct linux_binprm *bprm;
	unsigned long next; /* where the string, or what is left of it, begins */
	/* What is in view: the page with that, and the one behind it; text is NULL when there is
	 * none. */
	struct tmy_stack_page {
		struct page *page;
		unsigned long start;
		const char *text;
	} pages[2];
};

void tmy_strings_begin(struct tmy_strings *strings, struct linux_binprm *bprm);
void tmy_strings_end(struct tmy_strings *strings);

/*
 * tmy_strings_name - what is in front of the first '=' of a string, or all of it
 * @name: two pieces, the second of which may be empty: what conditions see of it (1.4); valid until
 *        the next call
 *
 * May sleep. Return: 0, -EFAULT.
 */
int tmy_strings_name(struct tmy_strings *strings, struct tmy_span name[2]);

/* Passes the rest of a string. May sleep. Return: 0, -EFAULT. */
int tmy_strings_skip(struct tmy_strings *strings);

/* Makes the facts of what is known by now, but for realpath. */
void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts);

/* Prints "argv[]={ ... } envp[]={ ... }", as much as a record holds of what was read (7.7). */
void tmy_put_arguments(struct tmy_text *text, const struct tmy_program *program);

#endif
