// SPDX-License-Identifier: GPL-2.0-only
/* Numbers: single ones and ranges, each end with its radix. */
#include "number.h"

static bool starts_with_digit(struct tmy_span span, unsigned int base)
{
	return span.length && tmy_digit(span.at[0]) < base;
}

/* Parses the digits at the front. Return: false, @span unchanged, when the value exceeds @max. */
static bool take_digits(struct tmy_span *span, unsigned int base, unsigned long max,
			unsigned long *value)
{
	const unsigned long most = max / base;
	unsigned long sum = 0;
	size_t i;

	for (i = 0; i < span->length; i++) {
		unsigned int digit = tmy_digit(span->at[i]);

		if (digit >= base)
			break;
		if (sum > most || digit > max - sum * base)
			return false;
		sum = sum * base + digit;
	}
	*span = tmy_span(span->at + i, span->length - i);
	*value = sum;
	return true;
}

bool tmy_parse_decimal(struct tmy_span *span, unsigned long max, unsigned long *value)
{
	return starts_with_digit(*span, 10) && take_digits(span, 10, max, value);
}

/* A zero before another digit means octal only if that digit is octal: "08" is decimal. */
static enum tmy_radix take_radix(struct tmy_span *span)
{
	if (tmy_span_skip(span, TMY_SPAN("0x")) || tmy_span_skip(span, TMY_SPAN("0X")))
		return TMY_HEXADECIMAL;
	if (span->length < 2 || span->at[0] != '0' || tmy_digit(span->at[1]) >= 8)
		return TMY_DECIMAL;
	*span = tmy_span(span->at + 1, span->length - 1);
	return TMY_OCTAL;
}

static bool take_number(struct tmy_span *span, unsigned long *value, u8 *radix,
			struct tmy_problem *problem)
{
	static const u8 bases[] = { 10, 8, 16 };
	const char *start = span->at;

	*radix = (u8)take_radix(span);
	if (!starts_with_digit(*span, bases[*radix]))
		return tmy_problem(problem, span->at,
				   *radix == TMY_HEXADECIMAL ? "a hexadecimal digit is missing"
							     : "not a number");
	if (!take_digits(span, bases[*radix], ~0UL, value))
		return tmy_problem(problem, start, "the number is too large");
	return true;
}

bool tmy_parse_number(struct tmy_span word, struct tmy_number *number, struct tmy_problem *problem)
{
	const char *high;

	memset(number, 0, sizeof(*number));
	if (!take_number(&word, &number->low, &number->low_radix, problem))
		return false;
	number->high = number->low;
	number->high_radix = number->low_radix;
	if (!word.length)
		return true;
	if (!tmy_span_skip(&word, TMY_SPAN("-")))
		return tmy_problem(problem, word.at, "this does not belong to a number");
	high = word.at;
	if (!word.length)
		return tmy_problem(problem, high, "the end of the range is missing");
	if (!take_number(&word, &number->high, &number->high_radix, problem))
		return false;
	if (word.length)
		return tmy_problem(problem, word.at, "this does not belong to a number");
	if (number->low > number->high)
		return tmy_problem(problem, high, "the range ends below its start");
	return true;
}

static void put_number_end(struct tmy_text *text, unsigned long value, u8 radix)
{
	switch (radix) {
	case TMY_OCTAL:
		tmy_put_char(text, '0');
		tmy_put_octal(text, value);
		break;
	case TMY_HEXADECIMAL:
		tmy_puts(text, "0x");
		tmy_put_hex(text, value);
		break;
	default:
		tmy_put_decimal(text, value);
	}
}

void tmy_put_number(struct tmy_text *text, const struct tmy_number *number)
{
	put_number_end(text, number->low, number->low_radix);
	if (number->low == number->high && number->low_radix == number->high_radix)
		return;
	tmy_put_char(text, '-');
	put_number_end(text, number->high, number->high_radix);
}
