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

/* In steps of a machine word: memchr() of a kernel looks at one byte after the other. */
size_t tmy_span_find(struct tmy_span span, char c)
{
	const unsigned long ones = ~0UL / 0xff, pattern = ones * (unsigned char)c;
	unsigned long word;
	size_t i = 0;

	for (; span.length - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, span.at + i, sizeof(word));
		word ^= pattern;
		if ((word - ones) & ~word & (ones << 7)) /* a byte is zero */
			break;
	}
	while (i < span.length && span.at[i] != c)
		i++;
	return i;
}

struct tmy_span tmy_span_word(struct tmy_span *span)
{
	struct tmy_span word = tmy_span(span->at, tmy_span_find(*span, ' '));
	size_t used = word.length + (word.length < span->length);

	*span = tmy_span(used ? span->at + used : span->at, span->length - used);
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
