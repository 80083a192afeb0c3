/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text: struct tmy_span, a reference to a piece of text (as std::string_view), and struct tmy_text,
 * a buffer that is printed to (as struct seq_buf).
 *
 * Nothing here allocates. Texts are not terminated by a NUL.
 */
#ifndef TMY_ENGINE_TEXT_H
#define TMY_ENGINE_TEXT_H

#include "os.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A piece of text that is owned by someone else; at may be NULL when length is 0. */
struct tmy_span {
	const char *at;
	size_t length;
};

static inline struct tmy_span tmy_span(const char *at, size_t length)
{
	struct tmy_span span = { at, length };

	return span;
}

/* @literal must be a string literal. */
#define TMY_SPAN(literal) tmy_span("" literal, sizeof(literal) - 1)

static inline bool tmy_span_equal(struct tmy_span a, struct tmy_span b)
{
	/* Most words that are compared differ at once. */
	return a.length == b.length &&
	       (!a.length || (a.at[0] == b.at[0] && !memcmp(a.at, b.at, a.length)));
}

/* Drops @prefix from the front of @span; false, and nothing is dropped, when it is not there. */
bool tmy_span_skip(struct tmy_span *span, struct tmy_span prefix);

/* The first word of @span, up to a space; @span becomes what follows that space. */
struct tmy_span tmy_span_word(struct tmy_span *span);

/* Where @c first is in @span; its length when it is nowhere. */
size_t tmy_span_find(struct tmy_span span, char c);

/* The value of a digit of any base up to 16; 16 for all other characters. */
static inline unsigned int tmy_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return 16;
}

/*
 * A buffer that is printed to. What does not fit is cut off, and length is what would have been
 * printed (as snprintf()), so that a caller may print to nothing first to learn the size.
 */
struct tmy_text {
	char *at;      /* may be NULL when size is 0 */
	size_t size;   /* bytes at @at */
	size_t length; /* bytes printed so far, those included that were cut off */
};

static inline struct tmy_text tmy_text(char *at, size_t size)
{
	struct tmy_text text = { at, size, 0 };

	return text;
}

static inline bool tmy_text_fits(const struct tmy_text *text)
{
	return text->length <= text->size;
}

void tmy_put(struct tmy_text *text, struct tmy_span span);
void tmy_put_char(struct tmy_text *text, char c);
void tmy_put_decimal(struct tmy_text *text, unsigned long value);
void tmy_put_octal(struct tmy_text *text, unsigned long value); /* digits only */
void tmy_put_hex(struct tmy_text *text, unsigned long value);	/* digits only, upper case */
#define tmy_puts(text, literal) tmy_put(text, TMY_SPAN(literal))

#ifdef __cplusplus
}
#endif

#endif
