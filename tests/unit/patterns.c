// SPDX-License-Identifier: GPL-2.0-only
/* Patterns wherever a policy may have them: whatever finds them must not lose one (kernel ABI
 * specification 1.5). */
#include "tests/unit/engine.h"

static const struct {
	const char *check; /* its number; none for what is only in the table of 1.5.3, or more */
	bool matches;
	const char *pattern, *name;
} checks[] = {
	{ "K-044 ", true, "/\\*", "/a.b" },
	{ "K-045 ", false, "/\\*", "/" },
	{ "K-046 ", false, "/\\*", "/a/" },
	{ "K-047 ", true, "/\\*/", "//" },
	{ "K-048 ", false, "/\\@", "/a.b" },
	{ "K-049 ", true, "/\\@.\\@", "/a.b" },
	{ "K-050 ", false, "/a\\*b", "/ax/b" },
	{ "K-051 ", true, "/a\\*\\*", "/a" },
	{ "K-052 ", true, "/\\?", "/\\001" },
	{ "K-053 ", false, "/\\?", "/ab" },
	{ "K-054 ", false, "/\\$\\$", "/1" },
	{ "K-055 ", true, "/\\$0", "/100" },
	{ "K-056 ", false, "/\\+", "/77" },
	{ "K-057 ", true, "/\\X", "/dEaD0" },
	{ "K-058 ", false, "/\\x", "/G" },
	{ "K-059 ", true, "/\\A\\$", "/ab1" },
	{ "K-060 ", false, "/\\*\\-a\\-b", "/b" },
	{ "K-061 ", true, "/\\*\\-a\\-b", "/c" },
	{ "K-062 ", true, "/\\*\\-a/c", "/b/c" },
	{ "K-063 ", false, "/\\*\\-a/c", "/a/c" },
	{ "K-064 ", false, "/x\\*\\-a", "/xa" },
	{ "K-065 ", true, "/\\*\\-", "/a" },
	{ "K-066 ", true, "/\\{a\\}/", "/a/a/a/" },
	{ "K-067 ", false, "/\\{a\\}/", "/" },
	{ "K-068 ", true, "/\\{\\*\\}/f", "/x/y/f" },
	{ "K-069 ", false, "/\\{\\*\\}/f", "/f" },
	{ "K-070 ", false, "/\\{\\*\\-b\\}/f", "/a/b/f" },
	{ "K-071 ", true, "/\\{a\\}/\\{b\\}/", "/a/a/b/b/" },
	{ "K-072 ", false, "/r/\\{\\$\\}/x", "/r/1/a/x" },
	{ "K-073 ", false, "\\*", "a/b" },
	{ "K-074 ", true, "\\*:\\*", "pipe:[123]" },
	{ "", true, "/\\@", "/a\\\\b" },
	{ "", true, "/\\?\\?", "/\\\\\\\\" },
	{ "", false, "/\\-a", "/b" },
	{ "", false, "/a\\-b", "/a" },
	{ "", false, "/a\\-a", "/a" },
	{ "", true, "/\\{\\}/x", "//x" },
	{ "", true, "/\\{\\*\\}/", "//" },
	{ "", true, "socket:[\\$]", "socket:[42]" },
	{ "", true, "proc:/\\*/x", "proc:/self/x" },
	{ "", true, "/x\\*\\-a", "/xb" },
	{ "", true, "/x\\*\\-a", "/xaa" },
	{ "", true, "/a\\*", "/a" },
	{ "", true, "/a/\\*b", "/a/b" },
	{ "", true, "/a/b\\-c/d", "/a/b/d" },
	{ "", true, "/a/\\*\\-x/tail", "/a/b/tail" },
	{ "", true, "/long/directory/of/names/and\\*more", "/long/directory/of/names/andmore" },
	{ "", true, "/abcdefghijklmnopqrstuvwxyz\\*", "/abcdefghijklmnopqrstuvwxyz" },
	{ "", true, "/\\*abcdefghijklmnopqrstuvwxyz", "/abcdefghijklmnopqrstuvwxyz" },
	{ "", true, "/a\\*a", "/aa" },
	{ "", false, "/a\\*a", "/a" },
	{ "", true, "/\\040\\*\\040", "/\\040\\040" },
	{ "", true, "/\\*\\\\", "/a\\\\" },
	{ "", true, "/\\*40", "/\\\\40" },
	{ "", false, "/\\*40", "/\\040" },
	{ "", true, "\\*", "abc" },
	{ "", true, "\\*/\\*", "a/b" },
	{ "", true, "\\*/", "/" },
	{ "", true, "/\\{a\\}/b/c", "/a/a/b/c" },
	{ "", true, "/d/\\{\\*\\}/e/f", "/d/e/e/f" },
	{ "", true, "/a\\*/\\{b\\}/c\\*", "/ax/b/b/cx" },
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

static const char *granted_or_denied(bool granted)
{
	return granted ? "granted" : "denied";
}

/* What both say; where they differ, the second is of . */
static const char *both(bool one, bool two, const char *other)
{
	return one == two ? granted_or_denied(one)
			  : formatted("%s, but %s %s", granted_or_denied(one),
				      granted_or_denied(two), other);
}

/* The verdict on a request for the name, the pattern standing in a line of this format. */
static const char *by_entry(const char *pattern, const char *name, const char *entry,
			    const char *request)
{
	char *line = line_of(request, name), *gone;
	struct engine e;
	bool before, after;

	engine_open(&e);
	put(e.domains, "<kernel> //t");
	put_decoys(e.domains, entry);
	put_with(e.domains, entry, pattern);
	before = granted(e.policy, "<kernel> //t", line, NULL);
	/* After the collector has moved everything. */
	gone = line_of(entry, "/x/decoy");
	put_with(e.domains, "delete %s", gone);
	free(gone);
	tmy_collect(e.policy);
	after = granted(e.policy, "<kernel> //t", line, NULL);
	free(line);
	engine_close(&e);
	return both(before, after, "after collection");
}

static const char *by_target(const char *pattern, const char *name)
{
	char *target = exact(name, strlen(name));
	struct tmy_facts facts = { .symlink_target = tmy_span(target, strlen(name)) };
	struct engine e;
	bool equal, differs;

	engine_open(&e);
	put(e.domains, "<kernel> //t");
	put_with(e.domains, "file symlink /w/s symlink.target=\"%s\"", pattern);
	equal = granted(e.policy, "<kernel> //t", "file symlink /w/s", &facts);
	put_with(e.domains, "file symlink /w/n symlink.target!=\"%s\"", pattern);
	differs = granted(e.policy, "<kernel> //t", "file symlink /w/n", &facts);
	engine_close(&e);
	free(target);
	return both(equal, !differs, "by the negation of !=");
}

static const char *by_group(const char *pattern, const char *name)
{
	char *line = line_of("file read %s", name), *path = exact(name, strlen(name));
	struct tmy_facts facts = { .exec = true, .realpath = tmy_span(path, strlen(name)) };
	struct engine e;
	bool entry, condition;

	engine_open(&e);
	put_decoys(e.exceptions, "path_group G %s");
	put_with(e.exceptions, "path_group G %s", pattern);
	load(e.domains, "<kernel> //t\nfile read @G\nfile execute /x exec.realpath=@G");
	entry = granted(e.policy, "<kernel> //t", line, NULL);
	condition = granted(e.policy, "<kernel> //t", "file execute /x", &facts);
	engine_close(&e);
	free(path);
	free(line);
	return both(entry, condition, "in a condition");
}

static const char *by_aggregator(const char *pattern, const char *name)
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
	return granted_or_denied(yes);
}

static void test_check(unsigned int i)
{
	const char *pattern = checks[i].pattern, *name = checks[i].name;
	const char *const two[] = { "file rename %s /b", "file rename /b %s", "file rename @E %s" };
	const char *expected = granted_or_denied(checks[i].matches);
	char title[160];
	struct engine e;

	snprintf(title, sizeof(title), "%s%s %s %s", checks[i].check, pattern,
		 checks[i].matches ? "matches" : "does not match", name);
	about(title);
	is(by_target(pattern, name), expected, named("by_target(pattern, name)"));
	is(by_entry(pattern, name, "file read %s", "file read %s"), expected,
	   named("file read %s"));
	is(by_entry(pattern, name, "file create %s 0-0777", "file create %s 0600"), expected,
	   named("file create %s 0-0777"));
	is(by_entry(pattern, name, "file mkblock %s 0600 1 2", "file mkblock %s 0600 1 2"),
	   expected, named("file mkblock %s 0600 1 2"));
	is(by_entry(pattern, name, "file mount /d %s \\* 0", "file mount /d %s tmpfs 0"), expected,
	   named("file mount /d %s \\* 0"));
	is(by_entry(pattern, name, "file mount %s /m/ \\* 0", "file mount %s /m/ tmpfs 0"),
	   expected, named("file mount %s /m/ \\* 0"));
	is(by_entry(pattern, name, "network unix dgram send %s", "network unix dgram send %s"),
	   expected, named("network unix dgram send %s"));
	is(by_entry(pattern, name, "misc env %s", "misc env %s"), expected, named("misc env %s"));
	is(by_entry(pattern, name, two[0], two[0]), expected,
	   named("by_entry(pattern, name, two[0], two[0])"));
	is(by_entry(pattern, name, two[1], two[1]), expected,
	   named("by_entry(pattern, name, two[1], two[1])"));
	is(by_group(pattern, name), expected, named("by_group(pattern, name)"));
	is(by_aggregator(pattern, name), expected, named("by_aggregator(pattern, name)"));

	/* The second name of two, the first being in a group or a pattern. */
	engine_open(&e);
	put(e.exceptions, "path_group E /b");
	put(e.domains, "<kernel> //t");
	put_with(e.domains, two[2], pattern);
	{
		char *line = line_of(two[1], name);

		is(verdict(e.policy, "<kernel> //t", line, NULL), expected, named("<kernel> //t"));
		put_with(e.domains, "delete file rename @E %s", pattern);
		put_with(e.domains, "file rename \\* %s", pattern);
		put_with(e.domains, "file rename /\\* %s", pattern);
		is(verdict(e.policy, "<kernel> //t", line, NULL), expected, named("<kernel> //t"));
		free(line);
	}
	engine_close(&e);
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
	struct tap_cases by_entry = { 0 }, by_member = { 0 };

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

			add_case(&by_entry, line, ask(e.policy, "<kernel> //t", line, NULL).matched,
				 expected);
			free(line);
			line = line_of("file write %s", checks[i].name);
			add_case(&by_member, line,
				 ask(e.policy, "<kernel> //t", line, NULL).matched, expected);
			free(line);
		}
		engine_close(&e);
	}
	is_each(&by_entry, "K-172 of many patterns the first that matches decides");
	is_each(&by_member, "K-171 of many members, too");
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < CHECKS; i++)
		test_check(i);
	test_first_match();
	return done();
}
