// SPDX-License-Identifier: GPL-2.0-only
/* Program: the program that is being executed, its argv and envp. */
#include <linux/mm.h>

#include "engine/word.h"
#include "names.h"
#include "program.h"
#include "scratch.h"

enum {
	LOGGED_MAX = 8192, /* bytes of a record for arguments and environment */
	FAULT_INS_MAX = 8,
};

static unsigned int string_count(const struct linux_binprm *bprm)
{
	return (unsigned int)bprm->argc + (unsigned int)bprm->envc;
}

void tmy_program_release(struct tmy_program *program)
{
	tmy_os_free(program->raw, program->length);
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
	/* From bprm->p on: the strings of argv, then those of envp. bprm->exec ends them. */
	size_t length = bprm->exec - bprm->p;

	if (program->raw || !string_count(bprm))
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

static unsigned long mark_address(const struct tmy_program *program, u32 number)
{
	return program->bprm->p + program->marks[number];
}

int tmy_program_fault_in(struct tmy_program *program)
{
	u32 i, count = string_count(program->bprm);
	struct tmy_strings strings;
	int error = 0;

	/* Under memory pressure pages may be reclaimed as fast as they are faulted in. */
	if (program->fault_ins == FAULT_INS_MAX)
		return -EFAULT;
	program->fault_ins++;
	program->page_missing = false;
	program->step = DIV_ROUND_UP(count, TMY_MARKS);
	tmy_strings_begin(&strings, program->bprm);
	for (i = 0; i < count && !error; i++) {
		if (i % program->step == 0)
			program->marks[i / program->step] = (u32)(strings.next - program->bprm->p);
		error = tmy_strings_skip(&strings);
		cond_resched();
	}
	tmy_strings_end(&strings);
	return error;
}

/* State of encode_all_strings(). */
struct encoding {
	struct tmy_arena *arena;
	struct tmy_span *strings;
	unsigned int count, done; /* strings */
	size_t left;		  /* encoded bytes that the current string may still grow by */
};

static void start_string(struct encoding *encoding)
{
	struct tmy_arena *arena = encoding->arena;

	encoding->left = TMY_ARGUMENT_MAX;
	if (encoding->done < encoding->count)
		encoding->strings[encoding->done] = tmy_span(arena->at + arena->front, 0);
}

static int encode_mapped_text(struct encoding *encoding, const char *text, size_t length)
{
	const char *end = text + length;
	int error = 0;

	while (text < end && encoding->done < encoding->count && !error) {
		size_t some = strnlen(text, (size_t)(end - text));
		size_t seen = tmy_visible_length(text, some, &encoding->left);
		struct tmy_span piece;

		error = tmy_name_bytes(encoding->arena, tmy_span(text, seen), &piece);
		if (error)
			break;
		encoding->strings[encoding->done].length += piece.length;
		if (seen < some)
			encoding->left = 0; /* nothing behind what was cut off is visible */
		text += some + 1;
		if (text <= end) {
			encoding->done++;
			start_string(encoding);
		}
	}
	return error;
}

static int encode_stack_pages(struct tmy_program *program, struct encoding *encoding)
{
	unsigned long at = program->bprm->p;
	struct tmy_stack_page page;
	struct tmy_span text;
	int error = 0;

	start_string(encoding);
	while (encoding->done < encoding->count && !error) {
		if (!tmy_stack_map_nowait(program->bprm, at, &page, &text)) {
			program->page_missing = true;
			return -EAGAIN;
		}
		error = encode_mapped_text(encoding, text.at, text.length);
		at += text.length;
		tmy_stack_unmap(&page);
	}
	return error;
}

/* Return: 0; -EAGAIN when a page is not in memory; -ENAMETOOLONG when the arena is too small. */
static int encode_all_strings(struct tmy_program *program, struct tmy_arena *arena,
			      const struct tmy_span **made)
{
	struct encoding encoding = { .arena = arena, .count = string_count(program->bprm) };
	size_t size = encoding.count * sizeof(*encoding.strings);

	/* The array is aligned, so it is taken from the arena's back. */
	if (arena->back - arena->front < size + sizeof(void *))
		return -ENAMETOOLONG;
	arena->back =
		(size_t)round_down((uintptr_t)arena->at + arena->back - size, sizeof(void *)) -
		(size_t)(uintptr_t)arena->at;
	encoding.strings = (struct tmy_span *)(arena->at + arena->back);
	*made = encoding.strings;
	return encode_stack_pages(program, &encoding);
}

/* Advances @at by @count strings. Return: false when a page is not in memory. */
static bool skip_strings(const struct tmy_program *program, unsigned long *at, u32 count)
{
	struct tmy_stack_page page;
	struct tmy_span text;

	while (count) {
		const char *next, *end;

		if (!tmy_stack_map_nowait(program->bprm, *at, &page, &text))
			return false;
		next = text.at;
		end = text.at + text.length;
		while (count && next < end) {
			const char *zero = memchr(next, 0, (size_t)(end - next));

			next = zero ? zero + 1 : end;
			count -= zero ? 1 : 0;
		}
		*at += (unsigned long)(next - text.at);
		tmy_stack_unmap(&page);
	}
	return true;
}

/*
 * Encodes the string at address @at, with @name only up to and including its first '='. @to holds
 * TMY_ARGUMENT_MAX bytes. Return: false when a page is not in memory.
 */
static bool encode_string(const struct tmy_program *program, unsigned long at, bool name, char *to,
			  size_t *length)
{
	size_t left = TMY_ARGUMENT_MAX;
	struct tmy_stack_page page;
	struct tmy_span text;
	bool more;

	*length = 0;
	do {
		size_t some, seen;

		if (!tmy_stack_map_nowait(program->bprm, at, &page, &text))
			return false;
		some = name ? tmy_variable_name_length(text) : strnlen(text.at, text.length);
		more = some == text.length;
		if (name && !more && text.at[some])
			some++; /* the '=' itself */
		seen = tmy_visible_length(text.at, some, &left);
		more = more && seen == some;
		*length += tmy_encode(to + *length, TMY_ARGUMENT_MAX - *length, text.at, seen);
		at += some;
		tmy_stack_unmap(&page);
	} while (more);
	return true;
}

/* Moves the cursor to string @index. Return: false when a page is not in memory. */
static bool seek_string(const struct tmy_program *program, struct tmy_string_cursor *cursor,
			u32 index)
{
	u32 mark = index / program->step;

	if (index < cursor->index || mark != cursor->index / program->step) {
		cursor->index = mark * program->step;
		cursor->at = mark_address(program, mark);
	}
	if (!skip_strings(program, &cursor->at, index - cursor->index))
		return false;
	cursor->index = index;
	return true;
}

/* The string callback of the facts of a scratch buffer, see struct tmy_facts. */
static struct tmy_span load_string(struct tmy_facts *facts, u32 index, bool name)
{
	struct tmy_scratch *scratch = container_of(facts, struct tmy_scratch, facts);
	struct tmy_program *program = scratch->check->program;
	struct tmy_string_cursor *cursor = &scratch->cursor;
	size_t length = 0;

	if (!seek_string(program, cursor, index) ||
	    !encode_string(program, cursor->at, name, cursor->text, &length)) {
		program->page_missing = true;
		facts->failed = true;
		cursor->index = 0;
		cursor->at = program->bprm->p;
	}
	return tmy_span(cursor->text, length);
}

/* Reserves the memory into which load_string() encodes one string. */
static int init_string_cursor(const struct tmy_program *program, struct tmy_arena *arena,
			      struct tmy_string_cursor *cursor)
{
	if (arena->back - arena->front < TMY_ARGUMENT_MAX)
		return -ENAMETOOLONG;
	cursor->index = 0;
	cursor->at = program->bprm->p;
	cursor->text = arena->at + arena->front;
	arena->front += TMY_ARGUMENT_MAX;
	return 0;
}

void tmy_program_facts(const struct tmy_program *program, struct tmy_facts *facts)
{
	facts->exec = true;
	facts->argc = (u32)program->bprm->argc;
	facts->envc = (u32)program->bprm->envc;
}

int tmy_program_strings(struct tmy_program *program, struct tmy_scratch *scratch)
{
	struct tmy_arena arena = scratch->arena;
	struct tmy_facts *facts = &scratch->facts;
	const struct tmy_span *strings = NULL;
	int error = encode_all_strings(program, &scratch->arena, &strings);

	if (!error) {
		facts->argv = strings;
		facts->envp = strings + facts->argc;
	} else if (error == -ENAMETOOLONG) {
		scratch->arena = arena;
		error = init_string_cursor(program, &scratch->arena, &scratch->cursor);
		facts->string = load_string;
	}
	facts->arguments = !error;
	return error;
}

static void put_encoded(struct tmy_text *text, const char *from, size_t length)
{
	size_t left = text->length < text->size ? text->size - text->length : 0;

	text->length += tmy_encode(left ? text->at + text->length : NULL, left, from, length);
}

/*
 * @at: the first string; becomes what follows the last
 * @limit: length that @text must not exceed, "... " and brackets not counted
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

	if (!at && string_count(program->bprm)) {
		tmy_puts(text, "argv[]={ ... } envp[]= { ... }");
		return;
	}
	tmy_puts(text, "argv[]={ ");
	put_strings(text, program, &at, program->bprm->argc, limit);
	tmy_puts(text, "} envp[]={ ");
	put_strings(text, program, &at, program->bprm->envc, limit);
	tmy_put_char(text, '}');
}
