// SPDX-License-Identifier: GPL-2.0-only
/* The words of the policy language: lsm/engine/word.c against the kernel ABI specification 1.1
 * - 1.4. */
#include "lsm/engine/word.h"

#include "tests/unit/spans.h"

static bool word(const char *text)
{
	struct tmy_span span = exact_span(text);

	return tmy_correct_word(span.at, span.length);
}

static bool path(const char *text)
{
	return tmy_correct_path(text, strlen(text));
}

static bool domain(const char *text)
{
	return tmy_correct_domain(text, strlen(text));
}

/* What is left of @text is its first *@length bytes. */
static const char *normalized(const char *text, size_t *length)
{
	char *copy = keep(exact(text, *length));

	*length = tmy_normalize(copy, *length);
	return copy;
}
#define normalizes_to(literal, expected)                                           \
	do {                                                                       \
		size_t length = sizeof(literal) - 1;                               \
		const char *got = normalized(literal, &length);                    \
		is_bytes(got, length, expected, strlen(expected), named(literal)); \
	} while (0)

/* What @bytes are encoded as, and decoded back. */
static void encoded_at(const char *bytes, size_t length, const char *expected, const char *file,
		       int line)
{
	char buffer[64];
	size_t got = tmy_encode(buffer, sizeof(buffer), bytes, length);

	tap_bytes(true, buffer, got, expected, strlen(expected), named(expected), file, line);
	tap_report(tmy_decode(buffer, &got), named(formatted("%s can be decoded", expected)), file,
		   line);
	tap_bytes(true, buffer, got, bytes, length, named(formatted("%s, decoded", expected)), file,
		  line);
}
#define encodes_to(literal, expected) \
	encoded_at(literal, sizeof(literal) - 1, expected, __FILE__, __LINE__)

static bool decodes(const char *text)
{
	size_t length = strlen(text);

	return tmy_decode(keep(exact(text, length)), &length);
}

static void test_normalize(void)
{
	about("U-001 U-003 blanks become one space, none at the ends");
	normalizes_to(" file\tread  /a\r", "file read /a");
	about("U-002 control and non-ASCII bytes are blanks");
	normalizes_to("file\001read\303\251/x", "file read /x");
	about("a raw UTF-8 name is cut");
	normalizes_to("/\303\251", "/");
	about("U-005 NUL ends the line");
	normalizes_to("file read /nul\0tail /z", "file read /nul");
	about("nothing stays nothing");
	normalizes_to("", "");
	normalizes_to(" \t ", "");
	normalizes_to("\0", "");
	about("0x7F is a blank");
	normalizes_to("a\177b", "a b");
}

static void test_words(void)
{
	char repeats[2 * (TMY_WORD_MAX_REPEATS + 1) + 1];
	int i;

	about("a word needs no leading slash");
	ok(word("a"), named("a"));
	ok(word("*"), named("*"));
	ok(word("\"/a\""), named("\"/a\""));
	ok(word("proc:/self"), named("proc:/self"));
	about("octal escapes of bytes that need them");
	ok(word("/a\\000b"), named("/a\\000b"));
	ok(word("/a\\040b"), named("/a\\040b"));
	ok(word("/\\303\\251"), named("/\\303\\251"));
	about("no other octal escapes");
	ok(!word("/a\\101"), named("/a\\101"));
	ok(!word("/a\\041"), named("/a\\041"));
	ok(!word("/a\\400"), named("/a\\400"));
	ok(!word("/a\\37"), named("/a\\37"));
	about("no unknown or unfinished escape, no empty word");
	ok(!word("\\"), named("\\"));
	ok(!word("/a\\b"), named("/a\\b"));
	ok(!word("/a\\0"), named("/a\\0"));
	ok(!word(""), named("word(\"\")"));
	about("repetition of directories");
	ok(word("/\\{dir\\}/a"), named("/\\{dir\\}/a"));
	ok(word("/\\{\\}/x"), named("/\\{\\}/x"));
	about("a repetition is \\{ after / up to \\} before /");
	ok(!word("a\\{b\\}/"), named("a\\{b\\}/"));
	ok(!word("\\{b\\}/"), named("\\{b\\}/"));
	ok(!word("/\\{b\\}c"), named("/\\{b\\}c"));
	ok(!word("/\\{a/b\\}/"), named("/\\{a/b\\}/"));
	ok(!word("/\\{a\\}/\\}/"), named("/\\{a\\}/\\}/"));
	ok(!word("/\\{dir/a"), named("/\\{dir/a"));
	ok(!word("/dir\\}/a"), named("/dir\\}/a"));
	ok(!word("/\\{a\\}"), named("/\\{a\\}"));
	about("\\- may stand anywhere");
	ok(word("\\-"), named("\\-"));
	ok(word("/a\\-b\\-"), named("/a\\-b\\-"));
	for (i = 0; i <= TMY_WORD_MAX_REPEATS; i++)
		/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
		memcpy(repeats + 2 * i, "\\*", 2);
	ok(tmy_correct_word(repeats, 2 * TMY_WORD_MAX_REPEATS), "20 wildcards are allowed");
	ok(!tmy_correct_word(repeats, 2 * (TMY_WORD_MAX_REPEATS + 1)), "21 are not");
	ok(word("\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?"),
	   "\\? has no price");
	about("blanks are not part of a word");
	ok(!word("a b"), named("a b"));
	ok(!word("\177"), named("\177"));
	ok(!word("\200"), named("\200"));
}

static void test_paths_and_domains(void)
{
	about("paths");
	ok(path("/a"), named("/a"));
	ok(path("a/b"), named("a/b"));
	ok(path("proc:/x"), named("proc:/x"));
	ok(path("//x"), named("//x"));
	ok(path("</a>"), named("</a>"));
	ok(path("\\*/x"), named("\\*/x"));
	about("no path without slash, or with a dot before it");
	ok(!path("a"), named("a"));
	ok(!path("./b"), named("./b"));
	ok(!path("a.b/c"), named("a.b/c"));
	about("U-032 domains");
	ok(domain("<kernel>"), named("<kernel>"));
	ok(domain("<kernel> /sbin/init //x"), named("<kernel> /sbin/init //x"));
	ok(domain("</usr/sbin/httpd> /bin/sh"), named("</usr/sbin/httpd> /bin/sh"));
	ok(domain("<foo.bar>"), named("<foo.bar>"));
	ok(domain("<kernel> /bin/\\*"), named("<kernel> /bin/\\*"));
	about("U-031 no domains");
	ok(!domain("<kernel> foo"), named("<kernel> foo"));
	ok(!domain("<kernel> \\*"), named("<kernel> \\*"));
	ok(!domain("foo"), named("foo"));
	ok(!domain("<>"), named("<>"));
	ok(!domain(""), named("domain(\"\")"));
	ok(!domain("<kernel>  /a"), named("<kernel>  /a"));
	ok(!domain("<kernel> /a "), named("<kernel> /a "));
	about("a line starts a domain when its first word does");
	ok(tmy_domain_def("<kernel> foo", 12), named("<kernel> foo"));
	ok(!tmy_domain_def("<kernel", 7), named("<kernel"));
	ok(!tmy_domain_def("<", 1), named("<"));
}

static void test_encoding(void)
{
	char small[5] = { 0 };

	about("encoding, and decoding back");
	encodes_to("a b", "a\\040b");
	encodes_to("\303\251", "\\303\\251");
	encodes_to("\n", "\\012");
	encodes_to("a\\b", "a\\\\b");
	encodes_to("\0x", "\\000x");
	encodes_to("", "");
	is(tmy_encode(NULL, 0, "a b", 3), 6, "the length is known without a buffer");
	about("a short buffer holds whole characters");
	is(tmy_encode(small, 4, "a b", 3), 6, named("a b"));
	is(small, "a", named("a"));
	about("wildcards and bad escapes cannot be decoded");
	ok(!decodes("/a\\*"), named("/a\\*"));
	ok(!decodes("\\101"), named("\\101"));
	ok(!decodes("a b"), named("a b"));
	ok(!decodes("\\"), named("\\"));
	ok(!decodes("\\01"), named("\\01"));
}

int main(void)
{
	test_normalize();
	test_words();
	test_paths_and_domains();
	test_encoding();
	return done();
}
