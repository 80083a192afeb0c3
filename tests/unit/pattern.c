// SPDX-License-Identifier: GPL-2.0-only
/* Patterns: lsm/engine/pattern.c against the verified table of the kernel ABI specification, 1.5.3.
 */
#include "lsm/engine/pattern.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

static bool match(const char *pattern, const char *name)
{
	size_t length = strlen(name);
	unsigned long *scratch = malloc(TMY_MATCH_SCRATCH(length) * sizeof(*scratch));
	char *exact = malloc(length ? length : 1);
	bool yes;

	/* Copies of the exact size, so that the sanitizer sees every byte read too many. */
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
	memcpy(exact, name, length);
	memset(scratch, 0xff, TMY_MATCH_SCRATCH(length) * sizeof(*scratch));
	yes = tmy_match(exact, length, pattern, strlen(pattern), scratch);
	free(exact);
	free(scratch);
	return yes;
}

static const struct {
	const char *pattern, *name;
	bool matches;
} table[] = {
	{ "/a", "/a", true },
	{ "/a", "/b", false },
	{ "/\\*", "/", false },
	{ "/\\*", "/a.b", true },
	{ "/\\*", "/a/", false },
	{ "/\\*/", "//", true },
	{ "/\\@", "/a.b", false },
	{ "/\\@.\\@", "/a.b", true },
	{ "/\\@", "/a\\\\b", true },
	{ "/a\\*b", "/ax/b", false },
	{ "/a\\*\\*", "/a", true },
	{ "/\\?", "/\\001", true },
	{ "/\\?\\?", "/\\\\\\\\", true },
	{ "/\\$\\$", "/1", false },
	{ "/\\$0", "/100", true },
	{ "/\\A\\$", "/ab1", true },
	{ "/\\*\\-a\\-b", "/b", false },
	{ "/\\*\\-a\\-b", "/c", true },
	{ "/\\*\\-", "/a", true },
	{ "/\\*\\-a/c", "/a/c", false },
	{ "/\\-a", "/b", false },
	{ "/a\\-b", "/a", false },
	{ "/a\\-a", "/a", false },
	{ "/x\\*\\-a", "/xa", false },
	{ "/\\{a\\}/", "/a/a/a/", true },
	{ "/\\{a\\}/", "/", false },
	{ "/\\{\\*\\}/f", "/f", false },
	{ "/\\{\\*\\}/f", "/x/y/f", true },
	{ "/\\{\\*\\-b\\}/f", "/a/b/f", false },
	{ "/\\{a\\}/\\{b\\}/", "/a/a/b/b/", true },
	{ "/\\{\\}/x", "//x", true },
	{ "/\\{\\*\\}/", "//", true },
	{ "\\*", "a/b", false },
	{ "socket:[\\$]", "socket:[42]", true },
	{ "proc:/\\*/x", "proc:/self/x", true },
	{ "/\\+\\x\\a", "/7fz", true },
	{ "/\\X", "/09afAFg", false },
	{ "/\\X", "/09afAF", true },
	{ "/a\\040b", "/a\\040b", true },
	{ "/\\*b", "/a\\040b", true },
	{ "/\\?b", "/\\040b", true },
	{ "/\\*\\-a", "/", false },
	{ "/\\{a\\}/\\{\\*\\}/a", "/a/a/a", true },
	{ "/\\{a", "/a/", false },
};

int main(void)
{
	char name[64], many[5000];
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		snprintf(many, sizeof(many), "%s %s %s", table[i].pattern,
			 table[i].matches ? "matches" : "does not match", table[i].name);
		is(match(table[i].pattern, table[i].name), table[i].matches, many);
	}

	/* Backtracking would take minutes for the first and years for the second. */
	memset(name, 'a', 54);
	memcpy(name, "/", 1);
	name[54] = 0;
	is(match("/\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*b", name), false,
	   "D-32 nine \\* against 54 letters are no work");
	memset(many, 'a', sizeof(many) - 1);
	memcpy(many, "/", 1);
	many[sizeof(many) - 1] = 0;
	is(match("/\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*"
		 "b",
		 many),
	   false, "nor are twenty against 5,000");
	is(tmy_literal_prefix("/a\\040b\\\\c\\*", 12), 10, "escapes belong to the literal prefix");
	return done();
}
