// SPDX-License-Identifier: GPL-2.0-only
/* Program: what is being executed, as conditions and logs see it. */
#include <linux/mm.h>

#include "engine/word.h"
#include "names.h"
#include "program.h"
#include "scratch.h"

enum {
	LOGGED_MAX = 8192, /* bytes of a record for arguments and environment */
	SURVEYS_MAX = 8,
};

static unsigned int strings_of(const struct linux_binprm *bprm)
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

static unsigned long mark_at(const struct tmy_program *program, u32 number)
{
	return program->bprm->p + program->marks[number];
}

int tmy_program_survey(struct tmy_program *program)
{
	u32 i, count = strings_of(program->bprm);
	struct tmy_strings strings;
	int error = 0;

	/* What goes away as fast as it comes back is not waited for for ever. */
	if (program->surveys == SURVEYS_MAX)
		return -EFAULT;
	program->surveys++;
	program->absent = false;
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
		size_t seen = tmy_visible(text, some, &encoding->left);
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

static int encode_pages(struct tmy_program *program, struct encoding *encoding)
{
	unsigned long at = program->bprm->p;
	struct tmy_stack_page page;
	struct tmy_span text;
	int error = 0;

	next_string(encoding);
	while (encoding->done < encoding->count && !error) {
		if (!tmy_stack_peek(program->bprm, at, &page, &text)) {
			program->absent = true;
			return -EAGAIN;
		}
		error = encode_text(encoding, text.at, text.length);
		at += text.length;
		tmy_stack_unpeek(&page);
	}
	return error;
}

/* Makes them all at once. Return: 0, -EAGAIN; -ENAMETOOLONG when the arena has too little room. */
static int make_strings(struct tmy_program *program, struct tmy_arena *arena,
			const struct tmy_span **made)
{
	struct encoding encoding = { .arena = arena, .count = strings_of(program->bprm) };
	size_t size = encoding.count * sizeof(*encoding.strings);

	/* The strings' places are at the end, as they have to be aligned. */
	if (arena->back - arena->front < size + sizeof(void *))
		return -ENAMETOOLONG;
	arena->back =
		(size_t)round_down((uintptr_t)arena->at + arena->back - size, sizeof(void *)) -
		(size_t)(uintptr_t)arena->at;
	encoding.strings = (struct tmy_span *)(arena->at + arena->back);
	*made = encoding.strings;
	return encode_pages(program, &encoding);
}

/* Moves @at behind so many strings. Return: false when a page is not there. */
static bool pass(const struct tmy_program *program, unsigned long *at, u32 count)
{
	struct tmy_stack_page page;
	struct tmy_span text;

	while (count) {
		const char *next, *end;

		if (!tmy_stack_peek(program->bprm, *at, &page, &text))
			return false;
		next = text.at;
		end = text.at + text.length;
		while (count && next < end) {
			const char *zero = memchr(next, 0, (size_t)(end - next));

			next = zero ? zero + 1 : end;
			count -= zero ? 1 : 0;
		}
		*at += (unsigned long)(next - text.at);
		tmy_stack_unpeek(&page);
	}
	return true;
}

/* Encodes the string at @at; only up to its first '=' if @name. @to has room for what is visible.
 */
static bool encode_string(const struct tmy_program *program, unsigned long at, bool name, char *to,
			  size_t *length)
{
	size_t room = TMY_ARGUMENT_MAX;
	struct tmy_stack_page page;
	struct tmy_span text;
	bool more;

	*length = 0;
	do {
		size_t some, seen;

		if (!tmy_stack_peek(program->bprm, at, &page, &text))
			return false;
		some = name ? tmy_name_end(text) : strnlen(text.at, text.length);
		more = some == text.length;
		if (name && !more && text.at[some])
			some++; /* the '=' itself */
		seen = tmy_visible(text.at, some, &room);
		more = more && seen == some;
		*length += tmy_encode(to + *length, TMY_ARGUMENT_MAX - *length, text.at, seen);
		at += some;
		tmy_stack_unpeek(&page);
	} while (more);
	return true;
}

/* Brings the cursor to where a string begins. */
static bool seek(const struct tmy_program *program, struct tmy_string_cursor *cursor, u32 index)
{
	u32 mark = index / program->step;

	if (index < cursor->index || mark != cursor->index / program->step) {
		cursor->index = mark * program->step;
		cursor->at = mark_at(program, mark);
	}
	if (!pass(program, &cursor->at, index - cursor->index))
		return false;
	cursor->index = index;
	return true;
}

/* The string of a room's facts, see struct tmy_facts. */
static struct tmy_span one_string(struct tmy_facts *facts, u32 index, bool name)
{
	struct tmy_room *room = container_of(facts, struct tmy_room, facts);
	struct tmy_program *program = room->check->program;
	struct tmy_string_cursor *cursor = &room->cursor;
	size_t length = 0;

	if (!seek(program, cursor, index) ||
	    !encode_string(program, cursor->at, name, cursor->text, &length)) {
		program->absent = true;
		facts->failed = true;
		cursor->index = 0;
		cursor->at = program->bprm->p;
	}
	return tmy_span(cursor->text, length);
}

/* Makes them one by one, when somebody asks for one. */
static int begin_strings(const struct tmy_program *program, struct tmy_arena *arena,
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

int tmy_program_strings(struct tmy_program *program, struct tmy_room *room)
{
	struct tmy_arena arena = room->arena;
	struct tmy_facts *facts = &room->facts;
	const struct tmy_span *strings = NULL;
	int error = make_strings(program, &room->arena, &strings);

	if (!error) {
		facts->argv = strings;
		facts->envp = strings + facts->argc;
	} else if (error == -ENAMETOOLONG) {
		room->arena = arena;
		error = begin_strings(program, &room->arena, &room->cursor);
		facts->string = one_string;
	}
	facts->arguments = !error;
	return error;
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
