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
	tmy_os_free(program->raw, program->length);
	tmy_os_free(program->strings, strings_of(program->bprm) * sizeof(*program->strings));
	tmy_os_free(program->encoded, program->encoded_length);
}

/* Copies from the stack that the new program will have. */
static bool copy_from_stack(struct linux_binprm *bprm, unsigned long from, char *to, size_t length)
{
#ifdef CONFIG_MMU
	return access_remote_vm(bprm->mm, from, to, (int)length, FOLL_FORCE) == (int)length;
#else
	size_t done = 0;

	while (done < length) {
		unsigned long at = from + done;
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
	if (copy_from_stack(bprm, bprm->p, program->raw, length) && !program->raw[length - 1])
		return 0;
	tmy_os_free(program->raw, length);
	program->raw = NULL;
	return -EFAULT;
}

void tmy_strings_begin(struct tmy_strings *strings, struct linux_binprm *bprm)
{
	strings->bprm = bprm;
	strings->next = bprm->p;
	strings->piece = strings->local;
	strings->size = sizeof(strings->local);
	strings->from = 0;
	strings->to = 0;
}

void tmy_strings_end(struct tmy_strings *strings)
{
	if (strings->piece != strings->local)
		tmy_os_free(strings->piece, strings->size);
}

/* Reads on behind what is not yet passed. */
static int read_on(struct tmy_strings *strings)
{
	unsigned int kept = strings->to - strings->from, some;

	memmove(strings->piece, strings->piece + strings->from, kept);
	strings->from = 0;
	strings->to = kept;
	some = (unsigned int)min_t(unsigned long, strings->size - kept,
				   strings->bprm->exec - strings->next);
	if (!some || !copy_from_stack(strings->bprm, strings->next, strings->piece + kept, some))
		return -EFAULT;
	strings->next += some;
	strings->to += some;
	return 0;
}

/* A piece in which there is room for all that is seen of a name. */
static int enlarge(struct tmy_strings *strings)
{
	char *larger = tmy_os_alloc(TMY_ARGUMENT_MAX);

	if (!larger)
		return -ENOMEM;
	memcpy(larger, strings->piece, strings->to);
	strings->piece = larger;
	strings->size = TMY_ARGUMENT_MAX;
	return 0;
}

/* Where one of two bytes is behind @from; to when it is not there. */
static unsigned int find(const struct tmy_strings *strings, unsigned int from, char one, char other)
{
	while (from < strings->to && strings->piece[from] != one && strings->piece[from] != other)
		from++;
	return from;
}

int tmy_strings_name(struct tmy_strings *strings, struct tmy_span *name)
{
	unsigned int end = find(strings, strings->from, '=', 0);
	int error = 0;

	while (end == strings->to && !error) {
		unsigned int seen = end - strings->from;

		if (seen == TMY_ARGUMENT_MAX)
			break;
		error = seen == strings->size ? enlarge(strings) : read_on(strings);
		end = find(strings, strings->from + seen, '=', 0);
	}
	if (error)
		return error;
	*name = tmy_span(strings->piece + strings->from, end - strings->from);
	name->length = tmy_visible(name->at, name->length);
	return 0;
}

int tmy_strings_skip(struct tmy_strings *strings)
{
	unsigned int end;
	int error = 0;

	for (end = find(strings, strings->from, 0, 0); end == strings->to && !error;
	     end = find(strings, 0, 0, 0)) {
		strings->from = strings->to;
		error = read_on(strings);
	}
	strings->from = end + 1;
	return error;
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
