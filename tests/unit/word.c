// SPDX-License-Identifier: GPL-2.0-only
/* The words of the policy language: lsm/engine/word.c against the kernel ABI specification 1.1
 * - 1.4. */
#include "lsm/engine/word.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

/* A copy that ends where the text ends, so that the sanitizer sees every byte read too many. */
static char *exact(const char *text, size_t length)
{
	char *copy = malloc(length ? length : 1);

	memcpy(copy, text, length);
	return copy;
}

static bool word(const char *text)
{
	char *copy = exact(text, strlen(text));
	bool yes = tmy_correct_word(copy, strlen(text));

	free(copy);
	return yes;
}

static bool path(const char *text)
{
	return tmy_correct_path(text, strlen(text));
}

static bool domain(const char *text)
{
	return tmy_correct_domain(text, strlen(text));
}

static bool normalized(const char *text, size_t length, const char *expected)
{
	char *copy = exact(text, length);
	size_t got = tmy_normalize(copy, length);
	bool same = got == strlen(expected) && !memcmp(copy, expected, got);

	free(copy);
	return same;
}
#define normalizes_to(literal, expected) normalized(literal, sizeof(literal) - 1, expected)

static bool encoded(const char *bytes, size_t length, const char *expected)
{
	char buffer[64];
	size_t got = tmy_encode(buffer, sizeof(buffer), bytes, length);
	bool same = got == strlen(expected) && !memcmp(buffer, expected, got);

	return same && tmy_decode(buffer, &got) && got == length && !memcmp(buffer, bytes, length);
}
#define encodes_to(literal, expected) encoded(literal, sizeof(literal) - 1, expected)

static bool decodes(const char *text)
{
	char *copy = exact(text, strlen(text));
	size_t length = strlen(text);
	bool yes = tmy_decode(copy, &length);

	free(copy);
	return yes;
}

static void test_normalize(void)
{
	ok(normalizes_to(" file\tread  /a\r", "file read /a"),
	   "U-001 U-003 blanks become one space, none at the ends");
	ok(normalizes_to("file\001read\303\251/x", "file read /x"),
	   "U-002 control and non-ASCII bytes are blanks");
	ok(normalizes_to("/\303\251", "/"), "a raw UTF-8 name is cut");
	ok(normalizes_to("file read /nul\0tail /z", "file read /nul"), "U-005 NUL ends the line");
	ok(normalizes_to("", "") && normalizes_to(" \t ", "") && normalizes_to("\0", ""),
	   "nothing stays nothing");
	ok(normalizes_to("a\177b", "a b"), "0x7F is a blank");
}

static void test_words(void)
{
	char repeats[2 * (TMY_WORD_MAX_REPEATS + 1) + 1];
	int i;

	ok(word("a") && word("*") && word("\"/a\"") && word("proc:/self"),
	   "a word needs no leading slash");
	ok(word("/a\\000b") && word("/a\\040b") && word("/\\303\\251"),
	   "octal escapes of bytes that need them");
	ok(!word("/a\\101") && !word("/a\\041") && !word("/a\\400") && !word("/a\\37"),
	   "no other octal escapes");
	ok(!word("\\") && !word("/a\\b") && !word("/a\\0") && !word(""),
	   "no unknown or unfinished escape, no empty word");
	ok(word("/\\{dir\\}/a") && word("/\\{\\}/x"), "repetition of directories");
	ok(!word("a\\{b\\}/") && !word("\\{b\\}/") && !word("/\\{b\\}c") && !word("/\\{a/b\\}/") &&
		   !word("/\\{a\\}/\\}/") && !word("/\\{dir/a") && !word("/dir\\}/a") &&
		   !word("/\\{a\\}"),
	   "a repetition is \\{ after / up to \\} before /");
	ok(word("\\-") && word("/a\\-b\\-"), "\\- may stand anywhere");
	for (i = 0; i <= TMY_WORD_MAX_REPEATS; i++)
		/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
		memcpy(repeats + 2 * i, "\\*", 2);
	ok(tmy_correct_word(repeats, 2 * TMY_WORD_MAX_REPEATS), "20 wildcards are allowed");
	ok(!tmy_correct_word(repeats, 2 * (TMY_WORD_MAX_REPEATS + 1)), "21 are not");
	ok(word("\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?"),
	   "\\? has no price");
	ok(!word("a b") && !word("\177") && !word("\200"), "blanks are not part of a word");
}

static void test_paths_and_domains(void)
{
	ok(path("/a") && path("a/b") && path("proc:/x") && path("//x") && path("</a>") &&
		   path("\\*/x"),
	   "paths");
	ok(!path("a") && !path("./b") && !path("a.b/c"),
	   "no path without slash, or with a dot before it");
	ok(domain("<kernel>") && domain("<kernel> /sbin/init //x") &&
		   domain("</usr/sbin/httpd> /bin/sh") && domain("<foo.bar>") &&
		   domain("<kernel> /bin/\\*"),
	   "U-032 domains");
	ok(!domain("<kernel> foo") && !domain("<kernel> \\*") && !domain("foo") && !domain("<>") &&
		   !domain("") && !domain("<kernel>  /a") && !domain("<kernel> /a "),
	   "U-031 no domains");
	ok(tmy_domain_def("<kernel> foo", 12) && !tmy_domain_def("<kernel", 7) &&
		   !tmy_domain_def("<", 1),
	   "a line starts a domain when its first word does");
}

static void test_encoding(void)
{
	char small[5] = { 0 };

	ok(encodes_to("a b", "a\\040b") && encodes_to("\303\251", "\\303\\251") &&
		   encodes_to("\n", "\\012") && encodes_to("a\\b", "a\\\\b") &&
		   encodes_to("\0x", "\\000x") && encodes_to("", ""),
	   "encoding, and decoding back");
	ok(tmy_encode(NULL, 0, "a b", 3) == 6, "the length is known without a buffer");
	ok(tmy_encode(small, 4, "a b", 3) == 6 && !strcmp(small, "a"),
	   "a short buffer holds whole characters");
	ok(!decodes("/a\\*") && !decodes("\\101") && !decodes("a b") && !decodes("\\") &&
		   !decodes("\\01"),
	   "wildcards and bad escapes cannot be decoded");
}

int main(void)
{
	test_normalize();
	test_words();
	test_paths_and_domains();
	test_encoding();
	return done();
}
