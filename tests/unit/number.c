// SPDX-License-Identifier: GPL-2.0-only
/* Text and numbers: lsm/engine/text.c, number.c against the kernel ABI specification 1.6. */
#include "lsm/engine/number.h"

#include "tests/unit/spans.h"

/* What is printed of @word, or why it is refused. */
static const char *printed(const char *word, struct tmy_number *number)
{
	struct tmy_span span = exact_span(word);
	struct tmy_problem problem = { NULL, NULL };
	char buffer[64];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));

	memset(number, 0, sizeof(*number));
	if (!tmy_parse_number(span, number, &problem))
		return formatted("refused: %s", problem_text(span, &problem));
	tmy_put_number(&text, number);
	return buffer_text(&text);
}

/* Is it printed as @expected, is that printed as itself, and are both the same number? */
static void prints_at(const char *word, const char *expected, const char *file, int line)
{
	struct tmy_number given, again;

	tap_text(true, printed(word, &given), expected, named(word), file, line);
	tap_text(true, printed(expected, &again), expected,
		 named(formatted("%s is printed as itself", expected)), file, line);
	tap_bytes(true, (const char *)&given, sizeof(given), (const char *)&again, sizeof(again),
		  named(formatted("%s and what it is printed as are one", word)), file, line);
}
#define prints(word, expected) prints_at(word, expected, __FILE__, __LINE__)

static const char *refusal(const char *word)
{
	struct tmy_number number;

	return printed(word, &number);
}

/* Is it refused, with @reason, at the character of number @column? */
#define refused(word, column, reason) \
	is(refusal(word), formatted("refused: %d: %s", column, reason), named(word))

static bool differ(const char *a, const char *b)
{
	struct tmy_number x, y;

	return tmy_parse_number(span_of(a), &x, NULL) && tmy_parse_number(span_of(b), &y, NULL) &&
	       memcmp(&x, &y, sizeof(x)) != 0;
}

/* "VALUE REST" of what is taken from the front; "nothing of REST". */
static const char *decimal_of(const char *digits, unsigned long max)
{
	struct tmy_span span = exact_span(digits);
	unsigned long value = 0;

	if (!tmy_parse_decimal(&span, max, &value))
		return formatted("nothing of '%s'", span_text(span));
	return formatted("%lu '%s'", value, span_text(span));
}
#define decimal(digits, max, expected, left)                                                     \
	is(decimal_of(digits, max),                                                              \
	   formatted("%lu '%s'", (unsigned long)(expected), (digits) + strlen(digits) - (left)), \
	   named(digits))
#define no_decimal(digits, max) \
	is(decimal_of(digits, max), formatted("nothing of '%s'", digits), named(digits))

static void test_spans(void)
{
	struct tmy_span span = TMY_SPAN("delete file read"), word;

	about("a prefix is dropped when it is there");
	is(tmy_span_skip(&span, TMY_SPAN("deleted")), false, named("deleted"));
	is(tmy_span_skip(&span, TMY_SPAN("delete ")), true, named("delete "));
	word = tmy_span_word(&span);
	about("the first word is taken, and its space");
	is_span(word, "file", named("file"));
	is_span(span, "read", named("read"));
	word = tmy_span_word(&span);
	about("nothing is left behind the last word");
	is_span(word, "read", named("read"));
	is(span.length, 0, named("span.length"));
	is_pointer(span.at, word.at + 4, named("span.at"));
	word = tmy_span_word(&span);
	span = tmy_span(NULL, 0);
	about("of nothing the first word is nothing");
	is(word.length, 0, named("word.length"));
	is(tmy_span_word(&span).length, 0, named("tmy_span_word(&span).length"));
	is(span.length, 0, named("span.length"));
	is(tmy_span_skip(&span, TMY_SPAN("a")), false, named("a"));
	is(tmy_span_skip(&span, tmy_span(NULL, 0)), true,
	   named("tmy_span_skip(&span, tmy_span(NULL, 0))"));
}

static void test_text(void)
{
	char *buffer = malloc(7);
	struct tmy_text text = tmy_text(buffer, 7), none = tmy_text(NULL, 0);

	tmy_put_decimal(&text, 1234);
	tmy_put_char(&text, ' ');
	tmy_put_hex(&text, 0x1f);
	is(buffer_text(&text), "1234 1F", "text is put one behind the other");
	text = tmy_text(buffer, 7);
	tmy_puts(&text, "12345");
	tmy_puts(&text, "6789");
	tmy_put_char(&text, '!');
	tmy_put_octal(&text, 8);
	about("what does not fit is left out, and counted");
	is(tmy_text_fits(&text), false, named("tmy_text_fits(&text)"));
	is(text.length, 12, named("text.length"));
	is_bytes(buffer, 7, "1234567", 7, named("1234567"));
	tmy_puts(&none, "abc");
	tmy_put_char(&none, 'd');
	tmy_put(&none, tmy_span(NULL, 0));
	is(none.length, 4, "the length is known without a buffer");
	free(buffer);
}

static void test_numbers(void)
{
	char most[32], expected[32];

	about("zero keeps its radix");
	prints("0", "0");
	prints("00", "00");
	prints("000", "00");
	prints("0x0", "0x0");
	about("K-075 hexadecimal digits are upper case");
	prints("0X1f", "0x1F");
	prints("0xABCDEF", "0xABCDEF");
	prints("0x00a", "0xA");
	about("K-076 a range of one is a number");
	prints("10-10", "10");
	prints("0x1-0X01", "0x1");
	prints("010-0010", "010");
	about("K-077 each end of a range keeps its radix");
	prints("8-010", "8-010");
	prints("10-0x20", "10-0x20");
	prints("0-0777", "0-0777");
	about("K-078 a zero before an octal digit means octal");
	prints("08", "8");
	prints("09", "9");
	prints("010", "010");
	prints("08-09", "8-9");
	about("K-080 the radix tells numbers apart");
	is(differ("8", "010"), true, named("8"));
	is(differ("8-8", "8-010"), true, named("8-8"));
	is(differ("8", "8-010"), true, named("8"));
	snprintf(most, sizeof(most), "%lu", ~0UL);
	about("the largest decimal number");
	prints(most, most);
	snprintf(most, sizeof(most), "0x%lx", ~0UL);
	snprintf(expected, sizeof(expected), "0x%lX", ~0UL);
	about("the largest hexadecimal number");
	prints(most, expected);
	snprintf(most, sizeof(most), "0%lo", ~0UL);
	about("the largest octal number");
	prints(most, most);
}

static void test_refused_numbers(void)
{
	about("K-079 K-132 a range is from low to high");
	refused("20-10", 3, "the range ends below its start");
	refused("0x20-0x1F", 5, "the range ends below its start");
	about("K-079 K-132 no signs, no groups, no words");
	refused("-1", 0, "not a number");
	refused("", 0, "not a number");
	refused("x", 0, "not a number");
	refused("@M", 0, "not a number");
	refused("+1", 0, "not a number");
	refused("0-a", 2, "not a number");
	about("K-079 no range without an end");
	refused("1-", 2, "the end of the range is missing");
	about("K-079 no 0x without digits");
	refused("0x", 2, "a hexadecimal digit is missing");
	refused("0xg", 2, "a hexadecimal digit is missing");
	refused("1-0X", 4, "a hexadecimal digit is missing");
	about("K-079 nothing behind a number");
	refused("5x", 1, "this does not belong to a number");
	refused("1-2-3", 3, "this does not belong to a number");
	refused("019", 2, "this does not belong to a number");
	refused("1 ", 1, "this does not belong to a number");
	refused("1f", 1, "this does not belong to a number");
	about("D-09 a number that overflows is refused");
	refused("18446744073709551616", 0, "the number is too large");
	refused("02000000000000000000000", 0, "the number is too large");
	refused("0x10000000000000000", 0, "the number is too large");
	refused("1-99999999999999999999", 2, "the number is too large");
}

static void test_decimal(void)
{
	about("decimal digits are taken from the front");
	decimal("255.1", 255, 255, 2);
	decimal("007", 7, 7, 0);
	decimal("0", 0, 0, 0);
	decimal("12a", 99, 12, 1);
	about("nothing is taken when there is no digit, or the value is too large");
	no_decimal("256", 255);
	no_decimal("", 9);
	no_decimal("a", 9);
	no_decimal("10", 9);
	no_decimal("1", 0);
	no_decimal("8", 7);
	about("not even by overflow");
	no_decimal("99999999999999999999999", ~0UL);
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
