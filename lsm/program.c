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

static void unpin(struct tmy_program *program)
{
	while (program->pinned)
		put_page(program->pages[--program->pinned]);
}

void tmy_program_release(struct tmy_program *program)
{
	tmy_os_free(program->raw, program->length);
	tmy_os_free(program->strings, strings_of(program->bprm) * sizeof(*program->strings));
	tmy_os_free(program->encoded, program->encoded_length);
	unpin(program);
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

static int get_page_at(struct linux_binprm *bprm, unsigned long start, struct page **page)
{
#ifdef CONFIG_MMU
	long got;

	mmap_read_lock(bprm->mm);
#ifdef TMY_HAVE_GUP_VMAS
	got = get_user_pages_remote(bprm->mm, start, 1, FOLL_FORCE, page, NULL, NULL);
#else
	got = get_user_pages_remote(bprm->mm, start, 1, FOLL_FORCE, page, NULL);
#endif
	mmap_read_unlock(bprm->mm);
	return got == 1 ? 0 : -EFAULT;
#else
	*page = bprm->page[start / PAGE_SIZE];
	if (!*page)
		return -EFAULT;
	get_page(*page);
	return 0;
#endif
}

static void out_of_view(struct tmy_stack_page *page)
{
	if (!page->text)
		return;
	kunmap_local(page->text);
	put_page(page->page);
	page->text = NULL;
}

static int bring_into_view(struct tmy_strings *strings, struct tmy_stack_page *page,
			   unsigned long start)
{
	int error;

	if (start >= strings->bprm->exec)
		return -EFAULT;
	error = get_page_at(strings->bprm, start, &page->page);
	if (error)
		return error;
	page->start = start;
	page->text = kmap_local_page(page->page);
	return 0;
}

/* What was mapped last is unmapped first. */
static void nothing_in_view(struct tmy_strings *strings)
{
	out_of_view(&strings->pages[1]);
	out_of_view(&strings->pages[0]);
}

/* Brings the page into view in which the next byte is, and says what of it is to come. */
static int look(struct tmy_strings *strings, struct tmy_span *text)
{
	struct tmy_stack_page *page = &strings->pages[0];
	unsigned long start = strings->next & PAGE_MASK;
	int error = 0;

	if (!page->text || page->start != start) {
		nothing_in_view(strings);
		error = bring_into_view(strings, page, start);
	}
	if (!error)
		*text = tmy_span(page->text + offset_in_page(strings->next),
				 min(start + PAGE_SIZE, strings->bprm->exec) - strings->next);
	return error;
}

void tmy_strings_begin(struct tmy_strings *strings, struct linux_binprm *bprm)
{
	memset(strings, 0, sizeof(*strings));
	strings->bprm = bprm;
	strings->next = bprm->p;
}

void tmy_strings_end(struct tmy_strings *strings)
{
	nothing_in_view(strings);
}

static size_t encoded_size(char c)
{
	return c == '\\' ? 2 : c > ' ' && c < 127 ? 1 : 4;
}

/* How many bytes of a text are what conditions see of it (1.4): encoded, they fit into @room. */
static size_t visible(const char *text, size_t length, size_t *room)
{
	size_t i;

	for (i = 0; i < length && encoded_size(text[i]) <= *room; i++)
		*room -= encoded_size(text[i]);
	return i;
}

static size_t name_end(struct tmy_span text)
{
	size_t i = 0;

	while (i < text.length && text.at[i] && text.at[i] != '=')
		i++;
	return i;
}

/* In two pages at most, as more is not seen. */
int tmy_strings_name(struct tmy_strings *strings, struct tmy_span name[2])
{
	struct tmy_stack_page *second = &strings->pages[1];
	size_t room = TMY_ARGUMENT_MAX, length;
	struct tmy_span text;
	int error = look(strings, &text);

	if (error)
		return error;
	length = name_end(text);
	name[0] = tmy_span(text.at, visible(text.at, length, &room));
	name[1] = tmy_span(NULL, 0);
	if (length < text.length || name[0].length < length)
		return 0;
	error = bring_into_view(strings, second, strings->pages[0].start + PAGE_SIZE);
	if (error)
		return error;
	text = tmy_span(second->text,
			min_t(size_t, PAGE_SIZE, strings->bprm->exec - second->start));
	name[1] = tmy_span(text.at, visible(text.at, name_end(text), &room));
	return 0;
}

int tmy_strings_skip(struct tmy_strings *strings)
{
	struct tmy_span text;
	const char *end;
	int error;

	out_of_view(&strings->pages[1]);
	do {
		error = look(strings, &text);
		if (error)
			return error;
		end = memchr(text.at, 0, text.length);
		strings->next += end ? (size_t)(end - text.at) + 1 : text.length;
	} while (!end);
	return 0;
}

int tmy_program_pin(struct tmy_program *program)
{
	const struct linux_binprm *bprm = program->bprm;
	unsigned long start = bprm->p & PAGE_MASK;
	int error;

	if (program->pinned)
		return 0;
	if (bprm->exec - start > TMY_PINNED * PAGE_SIZE)
		return -E2BIG;
	for (; start < bprm->exec; start += PAGE_SIZE) {
		error = get_page_at(program->bprm, start, &program->pages[program->pinned]);
		if (error) {
			unpin(program);
			return error;
		}
		program->pinned++;
	}
	return 0;
}

/* Strings that are being encoded, page by page. */
struct encoding {
	struct tmy_arena *arena;
	struct tmy_span *strings;
	unsigned int count, done;
	size_t left; /* what is visible of the string that is under way */
};

static void next_string(struct encoding *encoding)
{
	struct tmy_arena *arena = encoding->arena;

	encoding->left = TMY_ARGUMENT_MAX;
	if (encoding->done < encoding->count)
		encoding->strings[encoding->done] = tmy_span(arena->at + arena->front, 0);
}

static int encode_text(struct encoding *encoding, const char *text, size_t length)
{
	const char *end = text + length;
	int error = 0;

	while (text < end && encoding->done < encoding->count && !error) {
		size_t some = strnlen(text, (size_t)(end - text));
		size_t seen = visible(text, some, &encoding->left);
		struct tmy_span piece;

		error = tmy_name_bytes(encoding->arena, tmy_span(text, seen), &piece);
		if (error)
			break;
		encoding->strings[encoding->done].length += piece.length;
		if (seen < some)
			encoding->left = 0; /* nor is what follows, be it short enough */
		text += some + 1;
		if (text <= end) {
			encoding->done++;
			next_string(encoding);
		}
	}
	return error;
}

static int encode_pinned(const struct tmy_program *program, struct encoding *encoding)
{
	const struct linux_binprm *bprm = program->bprm;
	unsigned long at = bprm->p, end;
	unsigned int i;
	int error = 0;

	next_string(encoding);
	for (i = 0; i < program->pinned && !error; i++, at = end) {
		const char *text = kmap_local_page(program->pages[i]);

		end = min((at & PAGE_MASK) + PAGE_SIZE, bprm->exec);
		error = encode_text(encoding, text + offset_in_page(at), end - at);
		kunmap_local(text);
	}
	if (!error && encoding->done < encoding->count)
		error = -EFAULT;
	return error;
}

static void set_facts(const struct linux_binprm *bprm, const struct tmy_span *strings,
		      struct tmy_facts *facts)
{
	facts->exec = true;
	facts->argc = (u32)bprm->argc;
	facts->envc = (u32)bprm->envc;
	facts->arguments = strings;
	facts->argv = strings;
	facts->envp = strings + facts->argc;
}

int tmy_program_facts_in(const struct tmy_program *program, struct tmy_arena *arena,
			 struct tmy_facts *facts)
{
	struct encoding encoding = { .arena = arena, .count = strings_of(program->bprm) };
	size_t size = encoding.count * sizeof(*encoding.strings), back;
	int error;

	/* The strings' places are at the end, as they have to be aligned. */
	if (arena->back - arena->front < size + sizeof(void *))
		return -ENAMETOOLONG;
	back = (size_t)round_down((uintptr_t)arena->at + arena->back - size, sizeof(void *)) -
	       (size_t)(uintptr_t)arena->at;
	arena->back = back;
	encoding.strings = (struct tmy_span *)(arena->at + back);
	error = encode_pinned(program, &encoding);
	if (!error)
		set_facts(program->bprm, encoding.strings, facts);
	return error;
}

/* The same of a string that is all there. */
static size_t visible_of(const char *text, size_t length)
{
	size_t room = TMY_ARGUMENT_MAX;

	return visible(text, length, &room);
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
		total += tmy_encode(NULL, 0, at, visible_of(at, length));
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
			tmy_span(to, tmy_encode(to, room, at, visible_of(at, length)));
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
	set_facts(program->bprm, program->strings, facts);
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
