// SPDX-License-Identifier: GPL-2.0-only
/* Text and numbers: lsm/engine/text.c, number.c against the kernel ABI specification 1.6. */
#include "lsm/engine/number.h"

#include "tests/unit/tap.h"

#include <stdio.h>
#include <stdlib.h>

/* A copy that ends where the text ends, so that the sanitizer sees every byte read too many. */
static char *exact(const char *text, size_t length)
{
	char *copy = malloc(length ? length : 1);

	memcpy(copy, text, length);
	return copy;
}

/* Does the buffer hold this, exactly? */
static bool holds(const struct tmy_text *text, const char *expected)
{
	return tmy_text_fits(text) && text->length == strlen(expected) &&
	       !memcmp(text->at, expected, text->length);
}

/* Is it understood, printed as @expected, and is that printed as itself? */
static bool prints(const char *word, const char *expected)
{
	const char *words[] = { word, expected };
	struct tmy_number numbers[2];
	bool same = true;
	int i;

	for (i = 0; i < 2; i++) {
		char *copy = exact(words[i], strlen(words[i])), buffer[64];
		struct tmy_text text = tmy_text(buffer, sizeof(buffer));

		if (!tmy_parse_number(tmy_span(copy, strlen(words[i])), &numbers[i], NULL)) {
			free(copy);
			return false;
		}
		tmy_put_number(&text, &numbers[i]);
		same = same && holds(&text, expected);
		free(copy);
	}
	return same && !memcmp(&numbers[0], &numbers[1], sizeof(numbers[0]));
}

/* Is it refused, with @reason, at the character of number @column? */
static bool refused(const char *word, size_t column, const char *reason)
{
	char *copy = exact(word, strlen(word));
	struct tmy_problem problem = { NULL, NULL };
	struct tmy_number number;
	bool yes = !tmy_parse_number(tmy_span(copy, strlen(word)), &number, &problem) &&
		   problem.at == copy + column && !strcmp(problem.reason, reason);

	free(copy);
	return yes;
}

static bool differ(const char *a, const char *b)
{
	struct tmy_number x, y;

	return tmy_parse_number(tmy_span(a, strlen(a)), &x, NULL) &&
	       tmy_parse_number(tmy_span(b, strlen(b)), &y, NULL) && memcmp(&x, &y, sizeof(x)) != 0;
}

static bool decimal(const char *digits, unsigned long max, unsigned long expected, size_t left)
{
	char *copy = exact(digits, strlen(digits));
	struct tmy_span span = tmy_span(copy, strlen(digits));
	unsigned long value = 0;
	bool yes = tmy_parse_decimal(&span, max, &value) && value == expected &&
		   span.length == left && span.at == copy + strlen(digits) - left;

	free(copy);
	return yes;
}

static bool no_decimal(const char *digits, unsigned long max)
{
	struct tmy_span span = tmy_span(digits, strlen(digits));
	unsigned long value;

	return !tmy_parse_decimal(&span, max, &value) && span.at == digits &&
	       span.length == strlen(digits);
}

static void test_spans(void)
{
	struct tmy_span span = TMY_SPAN("delete file read"), word;

	ok(!tmy_span_skip(&span, TMY_SPAN("deleted")) && tmy_span_skip(&span, TMY_SPAN("delete ")),
	   "a prefix is dropped when it is there");
	word = tmy_span_word(&span);
	ok(tmy_span_equal(word, TMY_SPAN("file")) && tmy_span_equal(span, TMY_SPAN("read")),
	   "the first word is taken, and its space");
	word = tmy_span_word(&span);
	ok(tmy_span_equal(word, TMY_SPAN("read")) && !span.length && span.at == word.at + 4,
	   "nothing is left behind the last word");
	word = tmy_span_word(&span);
	span = tmy_span(NULL, 0);
	ok(!word.length && !tmy_span_word(&span).length && !span.length &&
		   !tmy_span_skip(&span, TMY_SPAN("a")) && tmy_span_skip(&span, tmy_span(NULL, 0)),
	   "of nothing the first word is nothing");
}

static void test_text(void)
{
	char *buffer = malloc(7);
	struct tmy_text text = tmy_text(buffer, 7), none = tmy_text(NULL, 0);

	tmy_put_decimal(&text, 1234);
	tmy_put_char(&text, ' ');
	tmy_put_hex(&text, 0x1f);
	ok(holds(&text, "1234 1F"), "text is put one behind the other");
	text = tmy_text(buffer, 7);
	tmy_puts(&text, "12345");
	tmy_puts(&text, "6789");
	tmy_put_char(&text, '!');
	tmy_put_octal(&text, 8);
	ok(!tmy_text_fits(&text) && text.length == 12 && !memcmp(buffer, "1234567", 7),
	   "what does not fit is left out, and counted");
	tmy_puts(&none, "abc");
	tmy_put_char(&none, 'd');
	tmy_put(&none, tmy_span(NULL, 0));
	ok(none.length == 4, "the length is known without a buffer");
	free(buffer);
}

static void test_numbers(void)
{
	char most[32], expected[32];

	ok(prints("0", "0") && prints("00", "00") && prints("000", "00") && prints("0x0", "0x0"),
	   "zero keeps its radix");
	ok(prints("0X1f", "0x1F") && prints("0xABCDEF", "0xABCDEF") && prints("0x00a", "0xA"),
	   "K-075 hexadecimal digits are upper case");
	ok(prints("10-10", "10") && prints("0x1-0X01", "0x1") && prints("010-0010", "010"),
	   "K-076 a range of one is a number");
	ok(prints("8-010", "8-010") && prints("10-0x20", "10-0x20") && prints("0-0777", "0-0777"),
	   "K-077 each end of a range keeps its radix");
	ok(prints("08", "8") && prints("09", "9") && prints("010", "010") && prints("08-09", "8-9"),
	   "K-078 a zero before an octal digit means octal");
	ok(differ("8", "010") && differ("8-8", "8-010") && differ("8", "8-010"),
	   "K-080 the radix tells numbers apart");
	snprintf(most, sizeof(most), "%lu", ~0UL);
	ok(prints(most, most), "the largest decimal number");
	snprintf(most, sizeof(most), "0x%lx", ~0UL);
	snprintf(expected, sizeof(expected), "0x%lX", ~0UL);
	ok(prints(most, expected), "the largest hexadecimal number");
	snprintf(most, sizeof(most), "0%lo", ~0UL);
	ok(prints(most, most), "the largest octal number");
}

static void test_refused_numbers(void)
{
	ok(refused("20-10", 3, "the range ends below its start") &&
		   refused("0x20-0x1F", 5, "the range ends below its start"),
	   "K-079 K-132 a range is from low to high");
	ok(refused("-1", 0, "not a number") && refused("", 0, "not a number") &&
		   refused("x", 0, "not a number") && refused("@M", 0, "not a number") &&
		   refused("+1", 0, "not a number") && refused("0-a", 2, "not a number"),
	   "K-079 K-132 no signs, no groups, no words");
	ok(refused("1-", 2, "the end of the range is missing"), "K-079 no range without an end");
	ok(refused("0x", 2, "a hexadecimal digit is missing") &&
		   refused("0xg", 2, "a hexadecimal digit is missing") &&
		   refused("1-0X", 4, "a hexadecimal digit is missing"),
	   "K-079 no 0x without digits");
	ok(refused("5x", 1, "this does not belong to a number") &&
		   refused("1-2-3", 3, "this does not belong to a number") &&
		   refused("019", 2, "this does not belong to a number") &&
		   refused("1 ", 1, "this does not belong to a number") &&
		   refused("1f", 1, "this does not belong to a number"),
	   "K-079 nothing behind a number");
	ok(refused("18446744073709551616", 0, "the number is too large") &&
		   refused("02000000000000000000000", 0, "the number is too large") &&
		   refused("0x10000000000000000", 0, "the number is too large") &&
		   refused("1-99999999999999999999", 2, "the number is too large"),
	   "D-09 a number that overflows is refused");
}

static void test_decimal(void)
{
	ok(decimal("255.1", 255, 255, 2) && decimal("007", 7, 7, 0) && decimal("0", 0, 0, 0) &&
		   decimal("12a", 99, 12, 1),
	   "decimal digits are taken from the front");
	ok(no_decimal("256", 255) && no_decimal("", 9) && no_decimal("a", 9) &&
		   no_decimal("10", 9) && no_decimal("1", 0) && no_decimal("8", 7),
	   "nothing is taken when there is no digit, or the value is too large");
	ok(no_decimal("99999999999999999999999", ~0UL), "not even by overflow");
}

int main(void)
{
	test_spans();
	test_text();
	test_numbers();
	test_refused_numbers();
	test_decimal();
	return done();
}
