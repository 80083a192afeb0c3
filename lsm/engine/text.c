// SPDX-License-Identifier: GPL-2.0-only
/* Text: references to pieces of text, and printing to a buffer. */
#include "text.h"

bool tmy_span_skip(struct tmy_span *span, struct tmy_span prefix)
{
	if (span->length < prefix.length ||
	    !tmy_span_equal(tmy_span(span->at, prefix.length), prefix))
		return false;
	span->at += prefix.length;
	span->length -= prefix.length;
	return true;
}

struct tmy_span tmy_span_word(struct tmy_span *span)
{
	const char *space = span->length ? memchr(span->at, ' ', span->length) : NULL;
	struct tmy_span word = *span;

	if (!space) {
		*span = tmy_span(span->length ? span->at + span->length : span->at, 0);
		return word;
	}
	word.length = (size_t)(space - span->at);
	*span = tmy_span(space + 1, span->length - word.length - 1);
	return word;
}

void tmy_put(struct tmy_text *text, struct tmy_span span)
{
	if (text->length < text->size && span.length) {
		size_t left = text->size - text->length;

		memcpy(text->at + text->length, span.at, span.length < left ? span.length : left);
	}
	text->length += span.length;
}

void tmy_put_char(struct tmy_text *text, char c)
{
	if (text->length < text->size)
		text->at[text->length] = c;
	text->length++;
}

static void put_digits(struct tmy_text *text, unsigned long value, unsigned int base)
{
	char digits[3 * sizeof(value)]; /* octal needs the most: one digit for three bits */
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789ABCDEF"[value % base];
		value /= base;
	} while (value);
	tmy_put(text, tmy_span(digits + at, sizeof(digits) - at));
}

void tmy_put_decimal(struct tmy_text *text, unsigned long value)
{
	put_digits(text, value, 10);
}

void tmy_put_octal(struct tmy_text *text, unsigned long value)
{
	put_digits(text, value, 8);
}

void tmy_put_hex(struct tmy_text *text, unsigned long value)
{
	put_digits(text, value, 16);
}
