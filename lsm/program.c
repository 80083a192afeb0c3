// SPDX-License-Identifier: GPL-2.0-only
/* Program: what is being executed, as conditions and logs see it. */
#include <linux/highmem.h>
#include <linux/mm.h>

#include "engine/word.h"
#include "names.h"
#include "program.h"

enum {
	LOGGED_MAX = 8192, /* bytes of a record for arguments and environment */
};

static unsigned int strings_of(const struct linux_binprm *bprm)
{
	return (unsigned int)bprm->argc + (unsigned int)bprm->envc;
}

void tmy_program_release(struct tmy_program *program)
{
	if (program->realpath.at)
		tmy_text_free(program->realpath);
	tmy_os_free(program->raw, program->length);
	tmy_os_free(program->strings, strings_of(program->bprm) * sizeof(*program->strings));
	tmy_os_free(program->encoded, program->encoded_length);
}

int tmy_program_name(struct tmy_program *program)
{
	if (program->realpath.at)
		return 0;
	return tmy_path_text(&program->bprm->file->f_path, &program->realpath);
}

/* Copies from the stack that the new program will have. */
static bool copy_from_stack(struct linux_binprm *bprm, char *to, size_t length)
{
#ifdef CONFIG_MMU
	return access_remote_vm(bprm->mm, bprm->p, to, (int)length, FOLL_FORCE) == (int)length;
#else
	size_t done = 0;

	while (done < length) {
		unsigned long at = bprm->p + done;
		size_t some = min(length - done, PAGE_SIZE - offset_in_page(at));
		struct page *page = bprm->page[at / PAGE_SIZE];

		if (!page)
			return false;
		memcpy_from_page(to + done, page, offset_in_page(at), some);
		done += some;
	}
	return true;
#endif
}

int tmy_program_read(struct tmy_program *program)
{
	struct linux_binprm *bprm = program->bprm;
	/* Between the two are the environment and, below it, the arguments. */
	size_t length = bprm->exec - bprm->p;

	if (program->raw || !strings_of(bprm))
		return 0;
	if (!length || length > INT_MAX)
		return -EFAULT;
	program->raw = tmy_os_alloc(length);
	if (!program->raw)
		return -ENOMEM;
	program->length = length;
	if (copy_from_stack(bprm, program->raw, length) && !program->raw[length - 1])
		return 0;
	tmy_os_free(program->raw, length);
	program->raw = NULL;
	return -EFAULT;
}

static size_t encoded_size(char c)
{
	return c == '\\' ? 2 : c > ' ' && c < 127 ? 1 : 4;
}

size_t tmy_visible(const char *text, size_t length)
{
	size_t i, encoded = 0;

	for (i = 0; i < length; i++) {
		encoded += encoded_size(text[i]);
		if (encoded > TMY_ARGUMENT_MAX)
			break;
	}
	return i;
}

/* The bytes that all strings take; 0 when there are fewer than there should be. */
static size_t measure(const struct tmy_program *program)
{
	const char *at = program->raw, *end = at + program->length;
	unsigned int i;
	size_t total = 1;

	for (i = 0; i < strings_of(program->bprm); i++) {
		size_t length;

		if (at >= end)
			return 0;
		length = strlen(at);
		total += tmy_encode(NULL, 0, at, tmy_visible(at, length));
		at += length + 1;
	}
	return total;
}

static void encode(struct tmy_program *program)
{
	const char *at = program->raw;
	char *to = program->encoded;
	unsigned int i;

	for (i = 0; i < strings_of(program->bprm); i++) {
		size_t length = strlen(at), room = program->encoded + program->encoded_length - to;

		program->strings[i] =
			tmy_span(to, tmy_encode(to, room, at, tmy_visible(at, length)));
		to += program->strings[i].length;
		at += length + 1;
	}
}

int tmy_program_load(struct tmy_program *program)
{
	size_t size = strings_of(program->bprm) * sizeof(*program->strings);
	int error = tmy_program_read(program);

	if (error || program->strings || !size)
		return error;
	program->encoded_length = measure(program);
	if (!program->encoded_length)
		return -EFAULT;
	program->encoded = tmy_os_alloc(program->encoded_length);
	if (!program->encoded)
		return -ENOMEM;
	program->strings = tmy_os_alloc(size);
	if (!program->strings) {
		tmy_os_free(program->encoded, program->encoded_length);
		program->encoded = NULL;
		return -ENOMEM;
	}
	encode(program);
	return 0;
}

void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts)
{
	facts->exec = true;
	facts->argc = (u32)program->bprm->argc;
	facts->envc = (u32)program->bprm->envc;
	facts->arguments = program->strings;
	facts->argv = program->strings;
	facts->envp = program->strings + facts->argc;
}

static void put_encoded(struct tmy_text *text, const char *from, size_t length)
{
	size_t room = text->length < text->room ? text->room - text->length : 0;

	text->length += tmy_encode(room ? text->at + text->length : NULL, room, from, length);
}

/*
 * @at: the first string; becomes what follows the last
 * @limit: what the text must not grow beyond, but for what closes it
 */
static void put_strings(struct tmy_text *text, const struct tmy_program *program, const char **at,
			int count, size_t limit)
{
	const char *end = program->raw + program->length;
	bool full = false;

	for (; count && *at < end; count--) {
		size_t length = strlen(*at);

		full = full || text->length + tmy_encode(NULL, 0, *at, length) + 10 > limit;
		if (!full) {
			tmy_put_char(text, '"');
			put_encoded(text, *at, length);
			tmy_puts(text, "\" ");
		}
		*at += length + 1;
	}
	if (full)
		tmy_puts(text, "... ");
}

void tmy_put_arguments(struct tmy_text *text, const struct tmy_program *program)
{
	size_t limit = text->length + LOGGED_MAX;
	const char *at = program->raw;

	if (!at && strings_of(program->bprm)) {
		tmy_puts(text, "argv[]={ ... } envp[]= { ... }");
		return;
	}
	tmy_puts(text, "argv[]={ ");
	put_strings(text, program, &at, program->bprm->argc, limit);
	tmy_puts(text, "} envp[]={ ");
	put_strings(text, program, &at, program->bprm->envc, limit);
	tmy_put_char(text, '}');
}
