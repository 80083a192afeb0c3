/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings of a binprm: argv and envp of a program that is being executed, read in place, from the
 * pages of its new stack. Nothing here allocates.
 */
#ifndef TMY_BPRM_STRINGS_H
#define TMY_BPRM_STRINGS_H

#include <linux/binfmts.h>

#include "engine/text.h"

/* A mapped page of that stack. */
struct tmy_stack_page {
	struct page *page;
	unsigned long start;
	const char *text; /* its address; NULL: not mapped */
};

/* Iterator over all strings, argv first. May sleep, unlike tmy_stack_map_nowait(). */
struct tmy_strings {
	struct linux_binprm *bprm;
	unsigned long next; /* address of the current string, or of what is left of it */
	/* The page with that address, and the page behind it. */
	struct tmy_stack_page pages[2];
};

void tmy_strings_begin(struct tmy_strings *strings, struct linux_binprm *bprm);
void tmy_strings_end(struct tmy_strings *strings);

/*
 * tmy_strings_name - the name of an environment variable: the current string up to its first '='
 * @name: two raw pieces, of which the second may be empty, cut to what conditions see (1.4); valid
 *        until the next call
 *
 * Context: process context, may sleep. Return: 0, -EFAULT.
 */
int tmy_strings_name(struct tmy_strings *strings, struct tmy_span name[2]);

/* Advances to the next string. May sleep. Return: 0, -EFAULT. */
int tmy_strings_skip(struct tmy_strings *strings);

/*
 * tmy_stack_map_nowait - map a page of the new stack without sleeping
 * @text: from address @at to the end of the page, or of the strings; valid until tmy_stack_unmap(),
 *        and pages are unmapped in the reverse order of mapping (kmap_local_page())
 *
 * Return: false when the page is not in memory; tmy_strings_skip() faults it in.
 */
bool tmy_stack_map_nowait(struct linux_binprm *bprm, unsigned long at, struct tmy_stack_page *page,
			  struct tmy_span *text);
void tmy_stack_unmap(struct tmy_stack_page *page);

/*
 * tmy_visible_length - how much of a text conditions see (1.4)
 * @left: encoded bytes that are allowed for it; becomes how many of them remain
 *
 * Return: bytes of @text
 */
size_t tmy_visible_length(const char *text, size_t length, size_t *left);

/* The offset of the first '=' or NUL; the length of the text when there is none. */
size_t tmy_variable_name_length(struct tmy_span text);

#endif
