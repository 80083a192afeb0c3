// SPDX-License-Identifier: GPL-2.0-only
/* Memory that runs out, and answers that are held while the policy changes: nothing is lost, leaked
 * or read too late. */
#include "tests/unit/engine.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define D "<kernel> //t"

/* A script: which file a line is written to, and the line. */
static const struct {
	enum tmy_file file;
	const char *line;
} script[] = {
/* Versions of clang-format disagree about braces in a macro. */
/* clang-format off */
#define DOMAIN(line) { TMY_FILE_DOMAIN_POLICY, line }
#define EXCEPTION(line) { TMY_FILE_EXCEPTION_POLICY, line }
#define PROFILE(line) { TMY_FILE_PROFILE, line }
#define MANAGER(line) { TMY_FILE_MANAGER, line }
	/* clang-format on */
	PROFILE("0-COMMENT="),
	PROFILE("0-COMMENT=nothing"),
	PROFILE("0-COMMENT=something else"),
	PROFILE("1-CONFIG=learning"),
	PROFILE("1-CONFIG::file::execute={ mode=enforcing }"),
	PROFILE("1-PREFERENCE={ max_learning_entry=100 }"),
	PROFILE("PROFILE_VERSION=7"),
	PROFILE("PROFILE_VERSION=20150505"),
	PROFILE("9-nonsense"),
	DOMAIN(D),
	DOMAIN("use_profile 1"),
	DOMAIN("use_group 4"),
	DOMAIN("file read /a"),
	DOMAIN("file write /a"),
	DOMAIN("file read /a"),
	DOMAIN("file read /a/\\*"),
	DOMAIN("file read /a/\\*/b"),
	DOMAIN("file write/append /a/\\*"),
	DOMAIN("file read @G"),
	DOMAIN("file read @G task.uid=0"),
	DOMAIN("file read /a task.uid=@N"),
	DOMAIN("file read /a task.uid!=@N path1.perm=0644"),
	DOMAIN("file rename /a /b"),
	DOMAIN("file rename /a /\\*"),
	DOMAIN("file rename @G /b"),
	DOMAIN("file rename @G @G"),
	DOMAIN("file rename @G /\\*"),
	DOMAIN("file create /a 0600"),
	DOMAIN("file create /a 0-0777"),
	DOMAIN("file create /\\* 0600"),
	DOMAIN("file mkdir @G @N"),
	DOMAIN("file mkchar /dev/null 0600 1 3"),
	DOMAIN("file mkchar /dev/\\* @M @N 1-5"),
	DOMAIN("file mkblock @G 1 2 3"),
	DOMAIN("file mount /dev/sda /m/ ext4 0"),
	DOMAIN("file mount @D /m\\*/ ext\\+ @F"),
	DOMAIN("file mount none @G tmpfs 0x0"),
	DOMAIN("network inet stream bind 127.0.0.1 80"),
	DOMAIN("network inet stream bind 127.0.0.1-127.0.0.9 80-90"),
	DOMAIN("network inet dgram send @A @N"),
	DOMAIN("network inet raw send ::1 1"),
	DOMAIN("network inet stream listen @A 80"),
	DOMAIN("network inet stream connect ::-::ff @P"),
	DOMAIN("network unix stream bind /run/s"),
	DOMAIN("network unix stream bind /run/\\*"),
	DOMAIN("network unix dgram send @G"),
	DOMAIN("misc env PATH"),
	DOMAIN("misc env LC_\\*"),
	DOMAIN("misc env A exec.argc=2"),
	DOMAIN("task manual_domain_transition <kernel> //P"),
	DOMAIN("task manual_domain_transition <kernel> //P task.uid=0"),
	DOMAIN("file execute /x"),
	DOMAIN("file execute /x keep"),
	DOMAIN("file execute /x child exec.argv[1]=\"a\\*\""),
	DOMAIN("file execute /x <kernel> /j /k exec.envp[\"H\\*\"]!=NULL"),
	DOMAIN("file execute /x /other exec.realpath=@G"),
	DOMAIN("file execute /\\* initialize exec.realpath!=\"/bin/\\*\" grant_log=no"),
	DOMAIN("file symlink /s symlink.target=\"a\""),
	DOMAIN("file symlink /s symlink.target=\"\""),
	DOMAIN("quota_exceeded"),
	DOMAIN("transition_failed"),
	DOMAIN("delete quota_exceeded"),
	DOMAIN("delete use_group 4"),
	DOMAIN("delete file read /a/\\*/b"),
	DOMAIN("delete file read /nope"),
	DOMAIN("delete file read /nope\\* task.uid=0"),
	DOMAIN("delete file rename @NOPE /b"),
	DOMAIN("delete file write /a"),
	DOMAIN("delete file create /a 0600"),
	DOMAIN("file create /a 0600"),
	DOMAIN("nonsense"),
	DOMAIN("file read"),
	DOMAIN("<kernel> nonsense"),
	DOMAIN("file read /lost"),
	DOMAIN("select " D),
	DOMAIN("file read /found"),
	DOMAIN("<kernel> /1"),
	DOMAIN("file read /a"),
	DOMAIN("<kernel> /2"),
	DOMAIN("file read /a/\\*"),
	DOMAIN("<kernel> /3"),
	DOMAIN("<kernel> /4"),
	DOMAIN("<kernel> /5"),
	DOMAIN("<kernel> /6"),
	DOMAIN("<kernel> /7"),
	DOMAIN("<kernel> /8"),
	DOMAIN("<kernel> /9"),
	DOMAIN("<kernel> /1"),
	DOMAIN("delete <kernel> /2"),
	DOMAIN("<kernel> /2"),
	DOMAIN("delete <kernel> /nope"),
	DOMAIN("delete <kernel> /3"),
	DOMAIN("file read /lost"),
	EXCEPTION("path_group G /a"),
	EXCEPTION("path_group G /a\\*"),
	EXCEPTION("path_group G /b"),
	EXCEPTION("path_group H /c"),
	EXCEPTION("path_group G /a"),
	EXCEPTION("number_group N 1"),
	EXCEPTION("number_group N 5-10"),
	EXCEPTION("number_group N 0x10-020"),
	EXCEPTION("number_group M 1"),
	EXCEPTION("address_group A 1.2.3.4"),
	EXCEPTION("address_group A ::1-::5"),
	EXCEPTION("address_group B 1.2.3.4"),
	EXCEPTION("aggregator /x /y"),
	EXCEPTION("aggregator /x\\* /y"),
	EXCEPTION("aggregator /x /y"),
	EXCEPTION("aggregator /x /z"),
	EXCEPTION("initialize_domain /a"),
	EXCEPTION("initialize_domain /a from /b"),
	EXCEPTION("initialize_domain /a from " D),
	EXCEPTION("keep_domain any from <kernel> /1"),
	EXCEPTION("no_keep_domain /\\* from any"),
	EXCEPTION("reset_domain /r"),
	EXCEPTION("no_reset_domain any"),
	EXCEPTION("no_initialize_domain /q"),
	EXCEPTION("acl_group 0 file read /a"),
	EXCEPTION("acl_group 0 file read @G"),
	EXCEPTION("acl_group 255 misc env \\*"),
	EXCEPTION("acl_group 7 file execute /x keep task.uid=@N"),
	EXCEPTION("acl_group 7 network inet stream bind @A @N"),
	EXCEPTION("delete acl_group 0 file read /a"),
	EXCEPTION("delete acl_group 9 file read /a"),
	EXCEPTION("delete path_group G /a"),
	EXCEPTION("delete path_group NOPE /a"),
	EXCEPTION("delete number_group N 5-10"),
	EXCEPTION("delete number_group N 5-11"),
	EXCEPTION("delete address_group B 1.2.3.4"),
	EXCEPTION("delete aggregator /x\\* /y"),
	EXCEPTION("delete aggregator /nope /y"),
	EXCEPTION("delete initialize_domain /a from /b"),
	EXCEPTION("delete keep_domain /nope"),
	EXCEPTION("nonsense"),
	EXCEPTION("path_group"),
	EXCEPTION("path_group G /a"),
	EXCEPTION("number_group N 5-10"),
	MANAGER("/usr/sbin/loadpolicy"),
	MANAGER("<kernel> /a"),
	MANAGER("/b\\*"),
	MANAGER("/usr/sbin/loadpolicy"),
	MANAGER("delete <kernel> /a"),
	MANAGER("delete /nope"),
	MANAGER("manage_by_non_root"),
	MANAGER("delete manage_by_non_root"),
	MANAGER("non sense"),
	MANAGER("/c"),
	MANAGER("/d"),
	MANAGER("/e"),
	EXCEPTION("<foo> path_group G /a"),
	EXCEPTION("<foo> acl_group 3 file read @G"),
	EXCEPTION("<foo> initialize_domain /a"),
	EXCEPTION("delete <foo> path_group G /a"),
	PROFILE("<foo> 0-COMMENT=foo"),
	PROFILE("<bar> 3-CONFIG=learning"),
	PROFILE("<foo> PROFILE_VERSION=7"),
	DOMAIN("<new> /domain"),
	DOMAIN("file read @G"),
	DOMAIN("<foo> /domain"),
	DOMAIN("file read @G"),
	DOMAIN("file read @H"),
	DOMAIN("delete <foo> /domain"),
	DOMAIN("<foo> /domain"),
	DOMAIN("select domain=" D),
	DOMAIN("file read /more1"),
	DOMAIN("file read /more2"),
	DOMAIN("file read /more3"),
	DOMAIN("file read /more4"),
	DOMAIN("file read /more5 task.uid=5"),
	DOMAIN("file read /more6 task.uid=6"),
	DOMAIN("file read /more7\\*"),
	DOMAIN("file read /more/8\\*"),
	DOMAIN("file read /more/9/\\*"),
	DOMAIN("file execute /\\{a\\}/\\* /x"),
	DOMAIN("delete file read /more7\\*"),
	DOMAIN("delete file read /more6 task.uid=6"),
	DOMAIN("file read /more6 task.uid=6"),
	DOMAIN("select transition_only"),
	DOMAIN("select pid=1"),
	DOMAIN("reset"),
	DOMAIN("file read /lost"),
};

enum {
	LINES = sizeof(script) / sizeof(*script),
};

static struct tmy_stream *stream_of(struct engine *e, enum tmy_file file)
{
	struct tmy_stream *streams[] = { e->domains, e->exceptions, e->profiles, e->managers };

	return streams[file == TMY_FILE_DOMAIN_POLICY	   ? 0
		       : file == TMY_FILE_EXCEPTION_POLICY ? 1
		       : file == TMY_FILE_PROFILE	   ? 2
							   : 3];
}

/* Everything that can be read; to be freed. */
static char *everything(struct engine *e)
{
	static const enum tmy_file files[] = { TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY,
					       TMY_FILE_PROFILE, TMY_FILE_MANAGER };
	char *all = NULL;
	size_t length = 0;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		char *text = text_of(e->policy, files[i]);

		all = realloc(all, length + strlen(text) + 1);
		memcpy(all + length, text, strlen(text) + 1);
		length += strlen(text);
		free(text);
	}
	return all;
}

/* The domain that is being edited. Until done(). */
static const char *edited(const struct engine *e)
{
	const struct tmy_domain *domain = tmy_stream_domain(e->domains);

	return domain ? span_text(tmy_domain_name(domain)) : "none";
}

/* What a line names comes to be although the rest of it fails, as it does when the rest is wrong
 * (1.11, 5.1). */
static bool names_something_new(const char *line)
{
	return !strcmp(line, "<foo> path_group G /a") || !strcmp(line, "<foo> 0-COMMENT=foo") ||
	       !strcmp(line, "<bar> 3-CONFIG=learning") || !strcmp(line, "<new> /domain");
}

static unsigned int failures;

/*
 * Writes a line with less memory than it needs, again and again, until it gets through. Each
 * failure must leave all as it was. Return: the result of the last attempt.
 */
static int put_without_memory(struct engine *e, unsigned int i, struct tap_cases *failed)
{
	char *before = everything(e);
	long allowed;
	int error;

	for (allowed = 0;; allowed++) {
		char *after;

		tmy_os_fail_after = allowed;
		error = put(stream_of(e, script[i].file), script[i].line);
		tmy_os_fail_after = -1;
		if (error != -ENOMEM)
			break;
		failures++;
		after = everything(e);
		if (!names_something_new(script[i].line))
			add_case(failed, formatted("%s, failed after %ld", script[i].line, allowed),
				 after, before);
		free(after);
		/* Garbage of failures is collected, which may fail, too. */
		tmy_os_fail_after = allowed % 3;
		if (allowed % 2)
			tmy_collect(e->policy);
		tmy_os_fail_after = -1;
	}
	free(before);
	return error;
}

static void test_lines(void)
{
	struct engine e, reference;
	struct tap_cases failed = { 0 }, results = { 0 }, texts = { 0 }, edits = { 0 };
	unsigned int i;
	char *is, *should;

	engine_open(&e);
	engine_open(&reference);
	for (i = 0; i < LINES; i++) {
		int error = put_without_memory(&e, i, &failed);
		int expected = put(stream_of(&reference, script[i].file), script[i].line);

		is = everything(&e);
		should = everything(&reference);
		add_case(&results, script[i].line, formatted("%d", error),
			 formatted("%d", expected));
		add_case(&texts, script[i].line, is, should);
		add_case(&edits, script[i].line, edited(&e), edited(&reference));
		free(is);
		free(should);
		if (i % 16 == 0)
			tmy_collect(e.policy);
	}
	printf("# %u lines, %u failures\n", (unsigned int)LINES, failures);
	is_each(&failed, "a line that fails for lack of memory changes nothing");
	about("and does what it should when there is enough");
	is_each(&results, named("its result"));
	is_each(&texts, named("the policy"));
	is_each(&edits, named("the domain that is edited"));

	engine_close(&reference);
	engine_close(&e);
}

/* What comes and goes again. Some of it may fail. */
static void come_and_go(struct engine *e)
{
	static const char *const lines[] = {
		"file read /gone", "file read /gone\\* task.uid=0",
		"file execute /gone exec.realpath=@G exec.argv[0]=\"\\*\"",
		"network inet stream bind @A 1-5", "file rename @G /gone"
	};
	unsigned int i;
	char line[128];

	put(e->domains, D);
	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		put(e->domains, lines[i]);
	put(e->exceptions, "path_group G /gone\\*");
	put(e->exceptions, "aggregator /gone\\* /gone");
	put(e->managers, "/gone");
	tmy_os_fail_after = -1;
	put(e->domains, "select " D);
	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		snprintf(line, sizeof(line), "delete %s", lines[i]);
		put(e->domains, line);
	}
	put(e->exceptions, "delete path_group G /gone\\*");
	put(e->exceptions, "delete aggregator /gone\\* /gone");
	put(e->managers, "delete /gone");
	put(e->domains, "delete " D);
}

static void test_collecting(void)
{
	unsigned long memory;
	struct engine e;
	struct tap_cases rounds = { 0 };
	char *before, *after;
	long i;

	engine_open(&e);
	load(e.domains, "<kernel> /stays\nfile read /stays");
	come_and_go(&e);
	tmy_collect(e.policy);
	before = everything(&e);
	memory = memory_of(e.policy);
	for (i = 0; i < 60; i++) {
		tmy_os_fail_after = i;
		come_and_go(&e);
		tmy_os_fail_after = i % 5;
		tmy_collect(e.policy);
		tmy_os_fail_after = -1;
		after = everything(&e);
		add_case(&rounds, formatted("failing after %ld", i), after, before);
		free(after);
	}
	is_each(&rounds, "collecting without memory changes nothing");
	come_and_go(&e);
	tmy_collect(e.policy);
	is(memory_of(e.policy), memory, "K-360 and what fails is not counted as memory in use");
	free(before);
	engine_close(&e);
}

static void test_beginning(void)
{
	struct tmy_policy *policy = NULL;
	struct tmy_stream *stream = NULL;
	unsigned int attempts;

	for (attempts = 0; !policy; attempts++) {
		tmy_os_fail_after = (long)attempts;
		policy = tmy_policy_create();
		tmy_os_fail_after = -1;
	}
	about("a policy is made in whole or not at all");
	cmp_ok(attempts, >, 3, named("attempts"));
	is_file(policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		named("<kernel>\nuse_profile 0\n\n\n"));
	for (attempts = 0; !stream; attempts++) {
		tmy_os_fail_after = (long)attempts;
		stream = tmy_stream_open(policy, TMY_FILE_DOMAIN_POLICY);
		tmy_os_fail_after = -1;
	}
	is(attempts, 2, "a stream, too");
	tmy_stream_close(stream);
	tmy_policy_destroy(policy);
}

/* Reads in pieces that are too small for a line, while there is hardly any memory. To be freed. */
static char *read_without_memory(struct tmy_stream *stream)
{
	char piece[7], *text = malloc(1);
	size_t length = 0;
	long some;

	for (;;) {
		tmy_os_fail_after = 0;
		some = tmy_stream_read(stream, piece, sizeof(piece));
		tmy_os_fail_after = -1;
		if (some == -ENOMEM)
			some = tmy_stream_read(stream, piece, sizeof(piece));
		if (some <= 0)
			break;
		text = realloc(text, length + (size_t)some + 1);
		memcpy(text + length, piece, (size_t)some);
		length += (size_t)some;
	}
	text[length] = 0;
	return text;
}

static void test_reading(void)
{
	struct tmy_stream *stream;
	struct engine e;
	char *whole;
	int file;

	engine_open(&e);
	load(e.domains, D "\nfile read /a/long/name/of/a/file\nfile read "
			  "/another/long/name/of/a/file task.uid=0");
	load(e.exceptions, "path_group G /a/long/name/of/a/file\nacl_group 3 file read "
			   "/another/long/name/of/a/file");
	load(e.profiles, "1-COMMENT=a long comment for a short profile");
	load(e.managers, "/a/long/name/of/a/manager");
	about("reading goes on where memory ran out");
	for (file = TMY_FILE_DOMAIN_POLICY; file < TMY_FILE_STAT; file++) {
		whole = text_of(e.policy, (enum tmy_file)file);
		stream = tmy_stream_open(e.policy, (enum tmy_file)file);
		is_text(read_without_memory(stream), whole, named(formatted("file %d", file)));
		tmy_stream_close(stream);
		free(whole);
	}
	tmy_os_fail_after = 0;
	file = put(e.domains, "select domain=" D);
	tmy_os_fail_after = -1;
	about("a selection without memory for its header reads as nothing");
	is(file, -ENOMEM, named("file"));
	is_text(rest_of(e.domains), "", named("text_is(rest_of(e.domains), \"\")"));
	about("and as the domain when it is tried again");
	is(put(e.domains, "select domain=" D), 0, named("select domain="));
	has_text(rest_of(e.domains), D "\nuse_profile 0\n", named("\nuse_profile 0\n"));
	engine_close(&e);
}

static void test_learning(void)
{
	static const char *const requests[] = {
		"file read /a",	     "file create /a 0600",
		"file rename /a /b", "network inet stream bind ::1 1",
		"misc env A",	     "file execute /x"
	};
	struct tmy_facts facts = { .exec = true, .realpath = TMY_SPAN("/x") };
	enum tmy_learned learned;
	struct engine e;
	unsigned int i;
	char *before, *after;

	engine_open(&e);
	load(e.profiles, "0-CONFIG=learning");
	load(e.domains, D);
	for (i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
		struct tap_cases attempts = { 0 };
		long allowed = 0;

		before = everything(&e);
		do {
			tmy_os_fail_after = allowed++;
			learned = learn(e.policy, D, requests[i], &facts);
			tmy_os_fail_after = -1;
			after = everything(&e);
			add_case(&attempts, formatted("failing after %ld", allowed - 1),
				 learned == TMY_LEARNED ? "learned" : "not learned",
				 strcmp(before, after) != 0 ? "learned" : "not learned");
			free(after);
		} while (learned == TMY_NOT_LEARNED);
		free(before);
		about(formatted("what is not learned for lack of memory is learned later: %s",
				requests[i]));
		is_each(&attempts, named("the policy changes when it is learned"));
		is(learned, TMY_LEARNED, named("in the end"));
		cmp_ok(allowed, >, 2, named("attempts"));
		is(verdict(e.policy, D, requests[i], &facts), "granted", named("then"));
	}
	engine_close(&e);
}

static void test_entering(void)
{
	struct tmy_domain *domain = NULL;
	long allowed = 0;
	struct engine e;
	struct tap_cases errors = { 0 }, policies = { 0 };
	bool made;
	int error;

	engine_open(&e);
	while (!domain) {
		const char *where;

		tmy_os_fail_after = allowed++;
		domain = tmy_enter(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
				   TMY_SPAN("<kernel> /new"), &made, &error);
		tmy_os_fail_after = -1;
		if (domain)
			break;
		where = formatted("failing after %ld", allowed - 1);
		add_case(&errors, where, formatted("%d", error), formatted("%d", -ENOMEM));
		add_case(&policies, where, keep(text_of(e.policy, TMY_FILE_DOMAIN_POLICY)),
			 "<kernel>\nuse_profile 0\n\n\n");
	}
	about("a domain is made in whole or not at all");
	is_each(&errors, named("the error"));
	is_each(&policies, named("the policy"));
	is(made, true, named("made"));
	cmp_ok(allowed, >, 2, named("allowed"));
	tmy_domain_put(domain);
	engine_close(&e);
}

/* ---- Readers ---- */

/* Turns the policy inside out: tables grow, are replaced and lose what was found in them. */
static void change_everything(struct engine *e)
{
	struct tmy_stream *stream = tmy_stream_open(e->policy, TMY_FILE_DOMAIN_POLICY);
	unsigned int i;

	load(stream, "select " D "\ndelete file read /x\\* task.uid=0 grant_log=yes\ndelete " D);
	load(e->exceptions, "delete path_group G /g\\*\ndelete aggregator /a\\* /aggregated");
	for (i = 0; i < 300; i++) {
		char line[64];

		snprintf(line, sizeof(line), "<kernel> /%u", i);
		put(stream, line);
		snprintf(line, sizeof(line), "file read /x%u\\* task.uid=%u", i, i);
		put(stream, line);
		snprintf(line, sizeof(line), "path_group G /g%u\\*", i);
		put(e->exceptions, line);
		snprintf(line, sizeof(line), "delete path_group G /g%u\\*", i);
		put(e->exceptions, line);
	}
	tmy_stream_close(stream);
}

static void test_answers(void)
{
	struct tmy_facts facts = { .uid = 0 };
	struct tmy_domain *domain;
	struct question question, member;
	struct tmy_execution *execution = calloc(1, sizeof(*execution));
	struct engine e;

	engine_open(&e);
	load(e.domains, D "\nfile read /x\\* task.uid=0 grant_log=yes\nfile write @G\nreset");
	load(e.exceptions, "path_group G /g\\*\naggregator /a\\* /aggregated");
	tmy_read_begin();
	domain = tmy_find_domain(e.policy, TMY_SPAN(D));
	question_open(&question, domain, "file read /xyz", &facts);
	question_open(&member, domain, "file write /g1", &facts);
	execution->request = member.request;
	execution->request.names[0].text = TMY_SPAN("/a1");
	tmy_execute(e.policy, execution);
	about("an answer stays until its reader ends");
	is(tmy_decide(e.policy, &question.request), TMY_GRANTED,
	   named("tmy_decide(e.policy, &question.request)"));
	is(tmy_decide(e.policy, &member.request), TMY_GRANTED,
	   named("tmy_decide(e.policy, &member.request)"));
	change_everything(&e);
	is_span(tmy_atom_text(question.request.matched), "/x\\*", named("/x\\*"));
	is_span(tmy_requirement_text(question.request.requirement), "task.uid=0 grant_log=yes",
		named("task.uid=0 grant_log=yes"));
	is_span(tmy_atom_text(member.request.matched), "/g\\*", named("/g\\*"));
	is_span(execution->request.names[0].text, "/aggregated", named("/aggregated"));

	about("as does a domain, which is asked about what it is now");
	is(tmy_domain_deleted(domain), true, named("tmy_domain_deleted(domain)"));
	is_span(tmy_domain_name(domain), D,
		named("tmy_span_equal(tmy_domain_name(domain), TMY_SPAN(D))"));
	is(tmy_decide(e.policy, &question.request), TMY_DENIED,
	   named("tmy_decide(e.policy, &question.request)"));
	is(tmy_decide(e.policy, &member.request), TMY_DENIED,
	   named("tmy_decide(e.policy, &member.request)"));
	tmy_read_end();
	question_close(&question);
	question_close(&member);
	free(execution);
	tmy_collect(e.policy);
	about("then they go");
	isnt(verdict(e.policy, D, "file read /xyz", &facts), "granted", named("file read /xyz"));
	is(verdict(e.policy, "<kernel> /0", "file read /x0", &facts), "granted",
	   named("<kernel> /0"));
	engine_close(&e);
}

/* The collector waits for readers: called by one it would wait forever, which the tests' home ends.
 */
static void test_misuse(void)
{
	struct engine e;
	int status = 0;
	pid_t child;

	engine_open(&e);
	load(e.domains, D "\ndelete " D);
	fflush(stdout);
	child = fork();
	if (!child) {
		signal(SIGABRT, SIG_DFL);
		fclose(stderr);
		tmy_read_begin();
		tmy_collect(e.policy);
		_exit(0);
	}
	about("collecting as a reader ends the program");
	cmp_ok(child, >, 0, named("child"));
	is(waitpid(child, &status, 0), child, named("waitpid(child, &status, 0)"));
	is(!!WIFSIGNALED(status), true, named("WIFSIGNALED(status)"));
	is(WTERMSIG(status), SIGABRT, named("WTERMSIG(status)"));
	engine_close(&e);
}

int main(void)
{
	test_lines();
	test_collecting();
	test_beginning();
	test_reading();
	test_learning();
	test_entering();
	test_answers();
	test_misuse();
	return done();
}
