/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings: what a program is given, its arguments and behind them its environment, read where it
 * is: on the stack that the program will have. Takes no memory.
 */
#ifndef TMY_BPRM_STRINGS_H
#define TMY_BPRM_STRINGS_H

#include <linux/binfmts.h>

#include "engine/text.h"

/* A page of that stack while it is looked at; text is NULL when it is not. */
struct tmy_stack_page {
	struct page *page;
	unsigned long start;
	const char *text;
};

/* One string after the other. Lives on the stack of who walks along them, and may sleep. */
struct tmy_strings {
	struct linux_binprm *bprm;
	unsigned long next; /* where the string, or what is left of it, begins */
	/* The page with that, and the one behind it. */
	struct tmy_stack_page pages[2];
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

/*
 * tmy_stack_peek - look at the stack without sleeping
 * @text: from @at to the end of the page, or of the strings; until tmy_stack_unpeek(), which goes
 *        before that of any other page that was looked at earlier
 *
 * Return: false when the page is not there now; tmy_strings_skip() across it may bring it back.
 */
bool tmy_stack_peek(struct linux_binprm *bprm, unsigned long at, struct tmy_stack_page *page,
		    struct tmy_span *text);
void tmy_stack_unpeek(struct tmy_stack_page *page);

/*
 * tmy_visible - how much of a text is what conditions see of it (1.4)
 * @room: for it when it is encoded, in bytes; becomes what is left
 *
 * Return: bytes of @text
 */
size_t tmy_visible(const char *text, size_t length, size_t *room);

/* Where the first '=' or NUL is; the length of the text when there is none. */
size_t tmy_name_end(struct tmy_span text);

#endif
