// SPDX-License-Identifier: GPL-2.0-only
/* Patterns wherever a policy may have them: whatever finds them must not lose one (kernel ABI
 * specification 1.5). */
#include "tests/unit/engine.h"

static const struct {
	unsigned int number; /* of the check; 0: only in the table of 1.5.3 */
	bool matches;
	const char *pattern, *name;
} checks[] = {
	{ 44, true, "/\\*", "/a.b" },
	{ 45, false, "/\\*", "/" },
	{ 46, false, "/\\*", "/a/" },
	{ 47, true, "/\\*/", "//" },
	{ 48, false, "/\\@", "/a.b" },
	{ 49, true, "/\\@.\\@", "/a.b" },
	{ 50, false, "/a\\*b", "/ax/b" },
	{ 51, true, "/a\\*\\*", "/a" },
	{ 52, true, "/\\?", "/\\001" },
	{ 53, false, "/\\?", "/ab" },
	{ 54, false, "/\\$\\$", "/1" },
	{ 55, true, "/\\$0", "/100" },
	{ 56, false, "/\\+", "/77" },
	{ 57, true, "/\\X", "/dEaD0" },
	{ 58, false, "/\\x", "/G" },
	{ 59, true, "/\\A\\$", "/ab1" },
	{ 60, false, "/\\*\\-a\\-b", "/b" },
	{ 61, true, "/\\*\\-a\\-b", "/c" },
	{ 62, true, "/\\*\\-a/c", "/b/c" },
	{ 63, false, "/\\*\\-a/c", "/a/c" },
	{ 64, false, "/x\\*\\-a", "/xa" },
	{ 65, true, "/\\*\\-", "/a" },
	{ 66, true, "/\\{a\\}/", "/a/a/a/" },
	{ 67, false, "/\\{a\\}/", "/" },
	{ 68, true, "/\\{\\*\\}/f", "/x/y/f" },
	{ 69, false, "/\\{\\*\\}/f", "/f" },
	{ 70, false, "/\\{\\*\\-b\\}/f", "/a/b/f" },
	{ 71, true, "/\\{a\\}/\\{b\\}/", "/a/a/b/b/" },
	{ 72, false, "/r/\\{\\$\\}/x", "/r/1/a/x" },
	{ 73, false, "\\*", "a/b" },
	{ 74, true, "\\*:\\*", "pipe:[123]" },
	{ 0, true, "/\\@", "/a\\\\b" },
	{ 0, true, "/\\?\\?", "/\\\\\\\\" },
	{ 0, false, "/\\-a", "/b" },
	{ 0, false, "/a\\-b", "/a" },
	{ 0, false, "/a\\-a", "/a" },
	{ 0, true, "/\\{\\}/x", "//x" },
	{ 0, true, "/\\{\\*\\}/", "//" },
	{ 0, true, "socket:[\\$]", "socket:[42]" },
	{ 0, true, "proc:/\\*/x", "proc:/self/x" },
	{ 0, true, "/x\\*\\-a", "/xb" },
	{ 0, true, "/x\\*\\-a", "/xaa" },
	{ 0, true, "/a\\*", "/a" },
	{ 0, true, "/a/\\*b", "/a/b" },
	{ 0, true, "/a/b\\-c/d", "/a/b/d" },
	{ 0, true, "/a/\\*\\-x/tail", "/a/b/tail" },
	{ 0, true, "/long/directory/of/names/and\\*more", "/long/directory/of/names/andmore" },
	{ 0, true, "/abcdefghijklmnopqrstuvwxyz\\*", "/abcdefghijklmnopqrstuvwxyz" },
	{ 0, true, "/\\*abcdefghijklmnopqrstuvwxyz", "/abcdefghijklmnopqrstuvwxyz" },
	{ 0, true, "/a\\*a", "/aa" },
	{ 0, false, "/a\\*a", "/a" },
	{ 0, true, "/\\040\\*\\040", "/\\040\\040" },
	{ 0, true, "/\\*\\\\", "/a\\\\" },
	{ 0, true, "/\\*40", "/\\\\40" },
	{ 0, false, "/\\*40", "/\\040" },
	{ 0, true, "\\*", "abc" },
	{ 0, true, "\\*/\\*", "a/b" },
	{ 0, true, "\\*/", "/" },
	{ 0, true, "/\\{a\\}/b/c", "/a/a/b/c" },
	{ 0, true, "/d/\\{\\*\\}/e/f", "/d/e/e/f" },
	{ 0, true, "/a\\*/\\{b\\}/c\\*", "/ax/b/b/cx" },
};

enum {
	CHECKS = sizeof(checks) / sizeof(*checks),
};

/* Entries and members that are in the way: other directories, heads, tails and kinds. */
static const char decoys[] =
	"\\*.decoy\n/decoy\\*\n/\\*decoy\n/decoy/\\*\n/a/decoy\\*\n/\\{decoy\\}/\n/x/decoy\n";

static char *line_of(const char *format, const char *text)
{
	size_t size = strlen(format) + strlen(text) + 1;
	char *line = malloc(size);

	snprintf(line, size, format, text);
	return line;
}

static void put_with(struct tmy_stream *file, const char *format, const char *text)
{
	char *line = line_of(format, text);

	if (put(file, line))
		printf("# %s is rejected\n", line);
	free(line);
}

static void put_decoys(struct tmy_stream *file, const char *format)
{
	const char *at = decoys;

	while (*at) {
		char word[64];
		int length = (int)strcspn(at, "\n");

		snprintf(word, sizeof(word), "%.*s", length, at);
		put_with(file, format, word);
		at += length + 1;
	}
}

/* Is a request for the name granted, the pattern standing in a line of this format? */
static bool by_entry(const char *pattern, const char *name, const char *entry, const char *request)
{
	char *line = line_of(request, name), *gone;
	struct answer answer;
	struct engine e;

	engine_open(&e);
	put(e.domains, "<kernel> //t");
	put_decoys(e.domains, entry);
	put_with(e.domains, entry, pattern);
	answer = ask(e.policy, "<kernel> //t", line, NULL);
	/* After the collector has moved everything. */
	gone = line_of(entry, "/x/decoy");
	put_with(e.domains, "delete %s", gone);
	free(gone);
	tmy_collect(e.policy);
	if (ask(e.policy, "<kernel> //t", line, NULL).verdict != answer.verdict)
		ok(false, "the collector changes no answer");
	free(line);
	engine_close(&e);
	return answer.verdict == TMY_GRANTED;
}

static bool by_target(const char *pattern, const char *name)
{
	char *target = exact(name, strlen(name));
	struct tmy_facts facts = { .symlink_target = tmy_span(target, strlen(name)) };
	struct engine e;
	bool yes;

	engine_open(&e);
	put(e.domains, "<kernel> //t");
	put_with(e.domains, "file symlink /w/s symlink.target=\"%s\"", pattern);
	yes = granted(e.policy, "<kernel> //t", "file symlink /w/s", &facts);
	put_with(e.domains, "file symlink /w/n symlink.target!=\"%s\"", pattern);
	if (granted(e.policy, "<kernel> //t", "file symlink /w/n", &facts) == yes)
		ok(false, "a condition with != is the negation of the one with =");
	engine_close(&e);
	free(target);
	return yes;
}

static bool by_group(const char *pattern, const char *name)
{
	char *line = line_of("file read %s", name), *path = exact(name, strlen(name));
	struct tmy_facts facts = { .exec = true, .realpath = tmy_span(path, strlen(name)) };
	struct engine e;
	bool yes;

	engine_open(&e);
	put_decoys(e.exceptions, "path_group G %s");
	put_with(e.exceptions, "path_group G %s", pattern);
	load(e.domains, "<kernel> //t\nfile read @G\nfile execute /x exec.realpath=@G");
	yes = granted(e.policy, "<kernel> //t", line, NULL);
	if (granted(e.policy, "<kernel> //t", "file execute /x", &facts) != yes)
		ok(false, "a group in a condition matches as one in an entry does");
	engine_close(&e);
	free(path);
	free(line);
	return yes;
}

static bool by_aggregator(const char *pattern, const char *name)
{
	struct tmy_execution *execution = calloc(1, sizeof(*execution));
	char *line = line_of("file execute %s", name);
	struct question question;
	struct engine e;
	bool yes;

	engine_open(&e);
	put_decoys(e.exceptions, "aggregator %s /decoy");
	put_with(e.exceptions, "aggregator %s /yes", pattern);
	put(e.domains, "<kernel> //t");
	tmy_read_begin();
	question_open(&question, tmy_find_domain(e.policy, span_of("<kernel> //t")), line, NULL);
	execution->request = question.request;
	tmy_execute(e.policy, execution);
	yes = tmy_span_equal(execution->request.names[0].text, TMY_SPAN("/yes"));
	tmy_read_end();
	question_close(&question);
	engine_close(&e);
	free(line);
	free(execution);
	return yes;
}

static void test_check(unsigned int i)
{
	const char *pattern = checks[i].pattern, *name = checks[i].name;
	const char *const two[] = { "file rename %s /b", "file rename /b %s", "file rename @E %s" };
	bool expected = checks[i].matches, good;
	char title[160], number[16] = "";
	struct engine e;

	if (checks[i].number)
		snprintf(number, sizeof(number), "K-%03u ", checks[i].number);
	snprintf(title, sizeof(title), "%s%s %s %s", number, pattern,
		 expected ? "matches" : "does not match", name);
	good = by_target(pattern, name) == expected;
	good = by_entry(pattern, name, "file read %s", "file read %s") == expected && good;
	good = by_entry(pattern, name, "file create %s 0-0777", "file create %s 0600") ==
		       expected &&
	       good;
	good = by_entry(pattern, name, "file mkblock %s 0600 1 2", "file mkblock %s 0600 1 2") ==
		       expected &&
	       good;
	good = by_entry(pattern, name, "file mount /d %s \\* 0", "file mount /d %s tmpfs 0") ==
		       expected &&
	       good;
	good = by_entry(pattern, name, "file mount %s /m/ \\* 0", "file mount %s /m/ tmpfs 0") ==
		       expected &&
	       good;
	good = by_entry(pattern, name, "network unix dgram send %s",
			"network unix dgram send %s") == expected &&
	       good;
	good = by_entry(pattern, name, "misc env %s", "misc env %s") == expected && good;
	good = by_entry(pattern, name, two[0], two[0]) == expected && good;
	good = by_entry(pattern, name, two[1], two[1]) == expected && good;
	good = by_group(pattern, name) == expected && good;
	good = by_aggregator(pattern, name) == expected && good;

	/* The second name of two, the first being in a group or a pattern. */
	engine_open(&e);
	put(e.exceptions, "path_group E /b");
	put(e.domains, "<kernel> //t");
	put_with(e.domains, two[2], pattern);
	{
		char *line = line_of(two[1], name);

		good = granted(e.policy, "<kernel> //t", line, NULL) == expected && good;
		put_with(e.domains, "delete file rename @E %s", pattern);
		put_with(e.domains, "file rename \\* %s", pattern);
		put_with(e.domains, "file rename /\\* %s", pattern);
		good = granted(e.policy, "<kernel> //t", line, NULL) == expected && good;
		free(line);
	}
	engine_close(&e);
	ok(good, title);
}

static bool matches(const char *pattern, const char *name)
{
	unsigned long *scratch = malloc(TMY_MATCH_SCRATCH(strlen(name)) * sizeof(*scratch));
	bool yes = tmy_match(name, strlen(name), pattern, strlen(pattern), scratch);

	free(scratch);
	return yes;
}

/* The first of all patterns, in this order, that matches a name; CHECKS when none does. */
static unsigned int first_match(const unsigned int *order, const char *name)
{
	unsigned int i = 0;

	while (i < CHECKS && !matches(checks[order[i]].pattern, name))
		i++;
	return i;
}

/* All patterns in one list: each name is granted by the first that matches it, in any order of the
 * list. */
static void test_first_match(void)
{
	unsigned int order[CHECKS], round, i;
	bool good = true, group_good = true;

	for (i = 0; i < CHECKS; i++)
		order[i] = i;
	for (round = 0; round < 8; round++) {
		struct engine e;

		for (i = 0; i < CHECKS; i++) {
			unsigned int other = (i * 7 + round * 13) % CHECKS, swap = order[i];

			order[i] = order[other];
			order[other] = swap;
		}
		engine_open(&e);
		put(e.domains, "<kernel> //t");
		for (i = 0; i < CHECKS; i++) {
			put_with(e.domains, "file read %s", checks[order[i]].pattern);
			put_with(e.exceptions, "path_group G %s", checks[order[i]].pattern);
		}
		put(e.domains, "file write @G");
		for (i = 0; i < CHECKS; i++) {
			unsigned int first = first_match(order, checks[i].name);
			const char *expected = first < CHECKS ? checks[order[first]].pattern : "";
			char *line = line_of("file read %s", checks[i].name);

			good = !strcmp(ask(e.policy, "<kernel> //t", line, NULL).matched,
				       expected) &&
			       good;
			free(line);
			line = line_of("file write %s", checks[i].name);
			group_good = !strcmp(ask(e.policy, "<kernel> //t", line, NULL).matched,
					     expected) &&
				     group_good;
			free(line);
		}
		engine_close(&e);
	}
	ok(good, "K-172 of many patterns the first that matches decides");
	ok(group_good, "K-171 of many members, too");
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < CHECKS; i++)
		test_check(i);
	test_first_match();
	return done();
}
