// SPDX-License-Identifier: GPL-2.0-only
/* Transitions: which domain a program comes to run in (kernel ABI specification 2.7 - 2.14). */
#include "tests/unit/engine.h"

#define D "<kernel> //d"

/* What a hook knows of an execution, and what came of it. */
struct run {
	bool enforcing;
	bool late; /* it fails after its domain has been decided on */
	struct tmy_facts *facts;
	struct tmy_execution execution;
	bool made;
	bool first_failure;
};

static struct tmy_facts unknown;

/* Finds or makes the target, as 2.10 and 2.11 say. Return: 0 or the error that the program sees. */
static int enter(struct engine *e, struct tmy_task *task, struct run *run)
{
	struct tmy_domain *domain;
	int error;

	if (run->execution.stay) {
		tmy_task_prepare(task, NULL);
		return 0;
	}
	domain = tmy_enter(e->policy, task->domain,
			   tmy_span(run->execution.target, run->execution.length), &run->made,
			   &error);
	tmy_task_prepare(task, domain);
	if (domain)
		return 0;
	if (run->execution.strict || run->enforcing)
		return -ENOMEM;
	run->first_failure = tmy_transition_failed(e->policy, task->domain);
	return 0;
}

/* Executes a program as a hook would. Return: 0 or the error that the program sees. */
static int execute(struct engine *e, struct tmy_task *task, const char *program, struct run *run)
{
	size_t size = strlen("file execute ") + strlen(program) + 1;
	char *line = malloc(size);
	struct question question;
	int error;

	snprintf(line, size, "file execute %s", program);
	question_open(&question, task->domain, line, run->facts ? run->facts : &unknown);
	free(line);
	/* An aggregator may give a name that is longer than the program's. */
	free(question.request.scratch);
	question.request.scratch =
		malloc(TMY_MATCH_SCRATCH(TMY_DOMAIN_MAX_LENGTH) * sizeof(unsigned long));
	memset(&run->execution, 0xee, sizeof(run->execution));
	run->execution.request = question.request;
	run->made = false;
	run->first_failure = false;
	tmy_read_begin();
	tmy_execute(e->policy, &run->execution);
	tmy_read_end();
	error = run->execution.verdict == TMY_NEEDS_ARGUMENTS		 ? -EAGAIN
		: run->execution.verdict == TMY_DENIED && run->enforcing ? -EPERM
									 : enter(e, task, run);
	question_close(&question);
	if (error || run->late)
		tmy_task_abort(task);
	else
		tmy_task_commit(task);
	return error;
}

static void task_begin(struct engine *e, struct tmy_task *task, const char *domain)
{
	tmy_read_begin();
	tmy_task_init(task, tmy_find_domain(e->policy, span_of(domain)));
	tmy_read_end();
}

static bool task_is_in(const struct tmy_task *task, const char *name)
{
	struct tmy_span is = tmy_domain_name(task->domain);
	bool good = tmy_span_equal(is, span_of(name));

	if (!good)
		printf("# in %.*s, not in %s\n", (int)is.length, is.at, name);
	return good;
}

/* A policy of these lines, activated, with profiles 0 and 3 in <kernel>. */
static void policy_of(struct engine *e, const char *entries, const char *exceptions)
{
	const struct tmy_domain *where;
	const char *problem;

	engine_open(e);
	load(e->profiles, "0-COMMENT=\n3-COMMENT=");
	load(e->domains, D "\nuse_profile 3\nuse_group 7");
	load(e->domains, entries);
	load(e->exceptions, exceptions);
	if (tmy_policy_activate(e->policy, &problem, &where))
		ok(false, problem);
}

/* A uid-0 task in D executes a program. Does it come to run in this domain? */
static bool leads(const char *entries, const char *exceptions, const char *program,
		  const char *domain)
{
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;
	int error;
	bool good;

	policy_of(&e, entries, exceptions);
	task_begin(&e, &task, D);
	error = execute(&e, &task, program, &run);
	if (error)
		printf("# error %d\n", error);
	good = task_is_in(&task, domain) && !error;
	tmy_task_exit(&task);
	engine_close(&e);
	return good;
}

static bool fails(const char *entries, const char *exceptions, const char *program, int expected)
{
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;
	int error;
	bool good;

	policy_of(&e, entries, exceptions);
	task_begin(&e, &task, D);
	error = execute(&e, &task, program, &run);
	good = task_is_in(&task, D) && error == expected;
	tmy_task_exit(&task);
	engine_close(&e);
	return good;
}

static void test_names(void)
{
	struct tmy_facts facts = { .exec = true, .realpath = TMY_SPAN("/a") };
	struct run run = { .facts = &facts };
	struct tmy_task task;
	unsigned long before;
	struct engine e;

	policy_of(&e, "", "");
	task_begin(&e, &task, D);
	before = updates(e.policy);
	ok(!execute(&e, &task, "/a", &run) && task_is_in(&task, D " /a") && run.made &&
		   run.execution.verdict == TMY_DENIED && updates(e.policy) == before + 1,
	   "K-168 a program runs in a domain of its own");
	ok(domain_is(e.policy, D " /a", "use_profile 3\nuse_group 7\n\n\n"),
	   "K-168 with the profile and the groups of the old one");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	ok(!execute(&e, &task, "/sl", &run) && task_is_in(&task, D " /sl"),
	   "K-169 a symbolic link gives the name");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	before = updates(e.policy);
	ok(!execute(&e, &task, "/a", &run) && !run.made && updates(e.policy) == before,
	   "K-168 the second time it is there");
	tmy_task_exit(&task);
	engine_close(&e);

	ok(leads("file execute /dd/x\\$", "", "/dd/x1", D " /dd/x\\$") &&
		   leads("file execute /dd/x\\$", "", "/dd/x2", D " /dd/x\\$"),
	   "K-170 the pattern that grants gives the name");
	ok(leads("file execute @G",
		 "path_group G /dd/y\npath_group G /dd/x\\+\npath_group G /dd/\\*", "/dd/x1",
		 D " /dd/x\\+"),
	   "K-171 the member of a group that matches first does");
	ok(leads("file execute /dd/\\*\nfile execute /dd/x1", "", "/dd/x1", D " /dd/\\*") &&
		   leads("file execute /dd/x1\nfile execute /dd/\\*", "", "/dd/x1", D " /dd/x1") &&
		   leads("file execute /dd/\\?1\nfile execute @G", "path_group G /dd/\\*", "/dd/x1",
			 D " /dd/\\?1"),
	   "K-172 the first entry that grants decides");
	ok(leads("file execute /dd/\\* task.uid=1", "", "/dd/x1", D " /dd/x1") &&
		   leads("file execute /a //x task.uid=1", "", "/a", D " /a"),
	   "K-203 K-184 (D-02) an entry that does not grant decides nothing");
	ok(leads("", "", "/s.sh", D " /s.sh"), "K-197 a script gives its own name");
}

static void test_arguments(void)
{
	ok(leads("file execute /a keep", "", "/a", D), "K-173 keep");
	ok(leads("file execute /a child", "initialize_domain /a", "/a", D " /a"), "K-174 child");
	ok(leads("file execute /a initialize", "", "/a", "<kernel> /a"), "K-175 initialize");
	ok(leads("file execute /a parent", "", "/a", "<kernel>"), "K-176 parent");
	ok(leads("file execute /a /other", "", "/a", D " /other"), "K-177 a last word");
	ok(leads("file execute /a //s task.uid=0", "", "/a", D " //s"), "K-178 with a condition");
	ok(leads("file execute /a <kernel> /j /k", "", "/a", "<kernel> /j /k"), "K-179 a domain");
	ok(leads("file execute /\\* child", "", "/a", D " /\\*") &&
		   leads("file execute /\\* initialize", "", "/a", "<kernel> /\\*"),
	   "K-174 K-175 of the pattern that grants");
	ok(leads("file execute /a keep", "reset_domain /a\ninitialize_domain /a", "/a", D),
	   "K-173 directives have no say");
	ok(fails("file execute /a reset", "", "/a", -ENOMEM), "K-180 reset to what is not there");
	ok(fails("file execute /a <nope> /x", "", "/a", -ENOMEM),
	   "K-183 a domain of a namespace that is not there");
	ok(leads("file execute /a <kernel> /\\*", "", "/a", "<kernel> /\\*"),
	   "K-179 a domain's name may have wildcards");
}

static void test_namespaces(void)
{
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;

	policy_of(&e, "file execute /a reset", "");
	load(e.domains, "</a>");
	task_begin(&e, &task, D);
	ok(execute(&e, &task, "/a", &run) == -ENOMEM && task_is_in(&task, D),
	   "K-181 reset to a domain whose profile is not defined");
	load(e.profiles, "</a> 0-COMMENT=");
	ok(!execute(&e, &task, "/a", &run) && task_is_in(&task, "</a>") && !run.made,
	   "K-182 or is");
	ok(!execute(&e, &task, "/b", &run) && task_is_in(&task, "</a> /b"),
	   "K-182 and further from there");
	load(e.domains, "</a> /b\nfile execute /c initialize\nfile execute /d <kernel> //d\nfile "
			"execute /p parent");
	ok(!execute(&e, &task, "/d", &run) && task_is_in(&task, D),
	   "K-179 back into another namespace");
	tmy_task_exit(&task);
	task_begin(&e, &task, "</a> /b");
	ok(!execute(&e, &task, "/c", &run) && task_is_in(&task, "</a> /c"),
	   "K-175 initialize stays in the namespace");
	tmy_task_exit(&task);
	load(e.exceptions, "</a> initialize_domain /i\n</a> aggregator /g1 /g\nkeep_domain "
			   "any\naggregator /g1 /wrong");
	task_begin(&e, &task, "</a> /b");
	ok(!execute(&e, &task, "/g1", &run) && task_is_in(&task, "</a> /b /g"),
	   "K-193 aggregators are those of the namespace");
	ok(!execute(&e, &task, "/i", &run) && task_is_in(&task, "</a> /i"),
	   "K-186 directives, too");
	tmy_task_exit(&task);
	load(e.domains, "</a>\nfile execute /p parent");
	task_begin(&e, &task, "</a>");
	ok(!execute(&e, &task, "/p", &run) && task_is_in(&task, "</a>"),
	   "K-176 the parent of a root is the root");
	tmy_task_exit(&task);
	engine_close(&e);
}

static void test_directives(void)
{
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;

	ok(leads("", "initialize_domain /a", "/a", "<kernel> /a"), "K-186 initialize_domain");
	ok(leads("", "initialize_domain /a from " D, "/a", "<kernel> /a") &&
		   leads("", "initialize_domain any from //d", "/a", "<kernel> /a") &&
		   leads("", "initialize_domain /a from <kernel>", "/a", D " /a") &&
		   leads("", "initialize_domain /b", "/a", D " /a"),
	   "K-186 from a domain, from a last word, or not from there");
	ok(leads("", "initialize_domain /a\nno_initialize_domain /a from " D, "/a", D " /a"),
	   "K-187 no_initialize_domain");
	ok(leads("", "keep_domain any from " D, "/a", D) && leads("", "keep_domain " D, "/a", D) &&
		   leads("", "keep_domain /a from //d", "/a", D),
	   "K-188 keep_domain");
	ok(leads("", "keep_domain any from " D "\nno_keep_domain /a from //d", "/a", D " /a") &&
		   leads("", "keep_domain any from " D "\nno_keep_domain /a from //d", "/b", D),
	   "K-189 no_keep_domain");
	ok(fails("", "reset_domain /c", "/c", -ENOMEM), "K-190 reset_domain to what is not there");
	ok(leads("", "reset_domain /c\nno_reset_domain /c", "/c", D " /c"),
	   "K-191 no_reset_domain");
	ok(leads("", "initialize_domain /\\?", "/b", D " /b"),
	   "K-192 a pattern in a directive is text");
	ok(leads("file execute /\\?", "initialize_domain /\\?", "/b", "<kernel> /\\?") &&
		   leads("file execute /\\?", "initialize_domain /b", "/b", D " /\\?"),
	   "K-192 which the pattern that grants equals");
	ok(fails("", "reset_domain any\ninitialize_domain any\nkeep_domain any", "/a", -ENOMEM) &&
		   leads("",
			 "no_reset_domain any\nreset_domain any\ninitialize_domain "
			 "any\nkeep_domain any",
			 "/a", "<kernel> /a") &&
		   leads("", "keep_domain any\ninitialize_domain any", "/a", "<kernel> /a") &&
		   leads("", "no_initialize_domain any\ninitialize_domain any\nkeep_domain any",
			 "/a", D),
	   "K-187 the order of evaluation is fixed");
	ok(leads("", "aggregator /dd/x\\+ /agg", "/dd/x1", D " /agg") &&
		   leads("file execute /agg keep", "aggregator /dd/x\\+ /agg", "/dd/x1", D) &&
		   leads("file execute /dd/x1 keep", "aggregator /dd/x\\+ /agg", "/dd/x1",
			 D " /agg"),
	   "K-193 an aggregator gives another name");
	ok(leads("", "aggregator /dd/\\* /first\naggregator /dd/x1 /second", "/dd/x1",
		 D " /first") &&
		   leads("", "aggregator /dd/x1 /first\naggregator /dd/\\* /second", "/dd/x1",
			 D " /first") &&
		   leads("", "aggregator /dd/x1 /agg\naggregator /agg /again", "/dd/x1", D " /agg"),
	   "K-193 the first that matches, once");
	ok(leads("", "aggregator /dd/x\\+ /agg\ninitialize_domain /agg", "/dd/x1", "<kernel> /agg"),
	   "K-194 before directives");
	ok(leads("file execute /agg\\*", "aggregator /dd/x\\+ /aggregated", "/dd/x1", D " /agg\\*"),
	   "K-193 and before entries");

	policy_of(&e, "", "reset_domain /c");
	load(e.domains, "</c>");
	load(e.profiles, "</c> 0-COMMENT=");
	task_begin(&e, &task, D);
	ok(!execute(&e, &task, "/c", &run) && task_is_in(&task, "</c>") && run.execution.strict,
	   "K-190 reset_domain to what is there");
	tmy_task_exit(&task);
	load(e.exceptions, "delete reset_domain /c\naggregator /v /w\ndelete aggregator /v /w");
	task_begin(&e, &task, D);
	ok(!execute(&e, &task, "/c", &run) && task_is_in(&task, D " /c"),
	   "K-190 what is deleted has no say");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	ok(!execute(&e, &task, "/v", &run) && task_is_in(&task, D " /v"),
	   "K-193 aggregators neither");
	tmy_task_exit(&task);
	engine_close(&e);
}

/* "/" and so many letters. */
static char *long_path(size_t length)
{
	char *path = malloc(length + 1);

	memset(path, 'l', length);
	path[0] = '/';
	path[length] = 0;
	return path;
}

static void test_long_names(void)
{
	char *path = long_path(4058 - strlen(D) - 1), *child = long_path(101), *name = malloc(5000),
	     *line;
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;

	snprintf(name, 5000, D " %s", path);
	policy_of(&e, name, "");
	load(e.domains, "use_profile 3");
	task_begin(&e, &task, name);
	ok(strlen(name) == 4058 && !execute(&e, &task, child, &run) && task_is_in(&task, name) &&
		   run.first_failure && !run.made,
	   "K-195 a name that is too long leaves the task where it is");
	ok(text_has(domain_text(e.policy, name), "\ntransition_failed\n"), "K-195 which is noted");
	ok(!execute(&e, &task, child, &run) && !run.first_failure, "K-195 and reported once");
	load(e.domains, "delete transition_failed");
	ok(!execute(&e, &task, child, &run) && run.first_failure,
	   "K-195 unless the note is deleted");
	run.enforcing = true;
	line = malloc(200);
	snprintf(line, 200, "file execute %s", child);
	load(e.domains, line);
	ok(execute(&e, &task, child, &run) == -ENOMEM && task_is_in(&task, name),
	   "K-196 enforced, the execution fails");
	ok(execute(&e, &task, "/other", &run) == -EPERM && task_is_in(&task, name),
	   "K-196 one that is not granted does anyway");
	run.enforcing = false;
	ok(!execute(&e, &task, "/a", &run) && run.made &&
		   tmy_domain_name(task.domain).length == 4061,
	   "K-195 a shorter one is no problem");
	tmy_task_exit(&task);

	/* 4085 bytes are the most. */
	free(path);
	path = long_path(4085 - 4058 - 1);
	task_begin(&e, &task, name);
	ok(!execute(&e, &task, path, &run) && run.made &&
		   tmy_domain_name(task.domain).length == 4085,
	   "K-195 a name of 4,085 bytes");
	tmy_task_exit(&task);
	free(path);
	path = long_path(4086 - 4058 - 1);
	task_begin(&e, &task, name);
	ok(!execute(&e, &task, path, &run) && !run.made && task_is_in(&task, name),
	   "K-195 but none of 4,086");
	tmy_task_exit(&task);
	snprintf(name + strlen(name), 5000 - strlen(name), " %s", path);
	ok(put(e.domains, name) == -EINVAL && strlen(name) == 4086,
	   "K-195 no line makes one either");
	name[4085] = 0;
	ok(!put(e.domains, name), "K-195 but one of 4,085");

	/* An aggregator's new name is matched as well, whatever the length of the program's. */
	free(path);
	path = long_path(4085);
	free(line);
	line = malloc(6000);
	snprintf(line, 6000, "aggregator /short %s", path);
	ok(!put(e.exceptions, line), "K-193 a long new name");
	load(e.domains, D "\nfile execute /l\\*l keep");
	task_begin(&e, &task, D);
	ok(!execute(&e, &task, "/short", &run) && task_is_in(&task, D), "K-193 is matched");
	tmy_task_exit(&task);
	snprintf(line, 6000, "aggregator /short %sl", path);
	ok(put(e.exceptions, line) == -EINVAL, "K-193 one that is longer than a domain's is none");
	free(line);
	free(path);
	free(child);
	free(name);
	engine_close(&e);
}

static void test_environment(void)
{
	const struct tmy_span argv[] = { TMY_SPAN("a"), TMY_SPAN("b"), TMY_SPAN("c") };
	struct tmy_facts facts = { .exec = true, .arguments = true, .argc = 2, .argv = argv };
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;
	bool made;
	int error;

	policy_of(&e, "", "");
	load(e.domains,
	     D " /a\nuse_profile 3\nmisc env PATH\nmisc env LC_\\* exec.argc=2\nfile read /i");
	task_begin(&e, &task, D);
	tmy_task_prepare(&task, tmy_enter(e.policy, task.domain, TMY_SPAN(D " /a"), &made, &error));
	{
		struct question question;
		bool good = true;

		tmy_read_begin();
		question_open(&question, tmy_task_domain(&task), "misc env PATH", &facts);
		good = tmy_decide(e.policy, &question.request) == TMY_GRANTED && good;
		question_close(&question);
		question_open(&question, tmy_task_domain(&task), "misc env HOME", &facts);
		good = tmy_decide(e.policy, &question.request) == TMY_DENIED && good;
		question_close(&question);
		ok(good, "K-200 variables are checked in the new domain");
		question_open(&question, tmy_task_domain(&task), "misc env LC_ALL", &facts);
		good = tmy_decide(e.policy, &question.request) == TMY_GRANTED;
		facts.argc = 3;
		good = tmy_decide(e.policy, &question.request) == TMY_DENIED && good;
		question_close(&question);
		ok(good, "K-201 with the number of arguments");
		question_open(&question, tmy_task_domain(&task), "file read /i", &facts);
		ok(tmy_decide(e.policy, &question.request) == TMY_GRANTED,
		   "K-197 as is the interpreter");
		question_close(&question);
		tmy_read_end();
	}
	ok(task_is_in(&task, D), "K-202 while the task is still in the old one");
	tmy_task_abort(&task);
	ok(task_is_in(&task, D) && tmy_task_domain(&task) == task.domain,
	   "K-202 (D-01) where it remains when the execution fails");
	tmy_task_exit(&task);

	run.late = true;
	task_begin(&e, &task, D);
	ok(!execute(&e, &task, "/a", &run) && task_is_in(&task, D) &&
		   tmy_task_domain(&task) == task.domain,
	   "K-202 (D-01) late");
	run.late = false;
	ok(!execute(&e, &task, "/b", &run) && task_is_in(&task, D " /b"), "K-202 and tries again");
	load(e.domains, "delete " D " /b\ndelete " D " /a");
	tmy_collect(e.policy);
	ok(task_is_in(&task, D " /b") && !execute(&e, &task, "/c", &run) &&
		   task_is_in(&task, D " /b /c"),
	   "2.6 a task leaves a deleted domain by execution");
	tmy_collect(e.policy);
	tmy_task_exit(&task);
	engine_close(&e);
}

static void test_before_activation(void)
{
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;

	engine_open(&e);
	load(e.exceptions, "initialize_domain /bin/act");
	task_begin(&e, &task, "<kernel>");
	ok(!execute(&e, &task, "/bin/sh", &run) && task_is_in(&task, "<kernel>"),
	   "K-350 before activation the initial domain is not left");
	ok(!execute(&e, &task, "/bin/act", &run) && task_is_in(&task, "<kernel> /bin/act"),
	   "K-351 unless a directive says so");
	ok(!execute(&e, &task, "/bin/sh", &run) && task_is_in(&task, "<kernel> /bin/act /bin/sh"),
	   "K-351 others are left as usual");
	tmy_task_exit(&task);
	task_begin(&e, &task, "<kernel>");
	load(e.domains,
	     "<kernel>\nfile execute /x child\n<nope> /y\n<kernel>\nfile execute /y <nope> /y");
	ok(!execute(&e, &task, "/x", &run) && task_is_in(&task, "<kernel> /x"),
	   "K-351 or an entry");
	tmy_task_exit(&task);
	task_begin(&e, &task, "<kernel>");
	ok(!execute(&e, &task, "/y", &run) && task_is_in(&task, "<nope> /y"),
	   "K-351 even to where no profile is defined");
	tmy_task_exit(&task);
	engine_close(&e);
}

/* A task writes a name to self_domain. Return: 0 or the error that it sees. */
static int change_to(struct engine *e, struct tmy_task *task, const char *name,
		     struct tmy_facts *facts)
{
	struct question question;
	enum tmy_verdict verdict;
	char line[256];
	bool made;
	int error = -EPERM;

	snprintf(line, sizeof(line), "task manual_domain_transition %s", name);
	question_open(&question, task->domain, line, facts);
	tmy_read_begin();
	verdict = tmy_decide(e->policy, &question.request);
	tmy_read_end();
	question_close(&question);
	if (verdict != TMY_GRANTED)
		return -EPERM;
	tmy_task_prepare(task, tmy_enter(e->policy, task->domain, span_of(name), &made, &error));
	if (!task->pending)
		return error;
	tmy_task_commit(task);
	return 0;
}

static void test_manual(void)
{
	struct tmy_facts facts = { .uid = 0 };
	struct tmy_task task;
	struct engine e;
	bool made;
	int error;

	policy_of(&e,
		  "task manual_domain_transition <kernel> //U task.uid=1\ntask "
		  "manual_domain_transition <kernel> /\\*\n"
		  "task manual_domain_transition <ns> /d\ntask manual_domain_transition <kernel> "
		  "//X path1.uid!=0\n"
		  "task manual_domain_transition <kernel> //C 0=0 task.uid=0",
		  "acl_group 7 task manual_domain_transition <kernel> //P");
	task_begin(&e, &task, D);
	ok(!change_to(&e, &task, "<kernel> //P", &facts) && task_is_in(&task, "<kernel> //P") &&
		   domain_is(e.policy, "<kernel> //P", "use_profile 3\nuse_group 7\n\n\n"),
	   "K-206 a task goes where an entry of an acl_group lets it, and takes its profile and "
	   "groups along");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	ok(change_to(&e, &task, "<kernel> //Q", &facts) == -EPERM && task_is_in(&task, D),
	   "K-207 not elsewhere");
	ok(change_to(&e, &task, "<kernel> //U", &facts) == -EPERM,
	   "K-208 nor when conditions fail");
	ok(change_to(&e, &task, "<kernel> //X", &facts) == -EPERM, "K-208 as they do about paths");
	ok(change_to(&e, &task, "<kernel> /zzz", &facts) == -EPERM, "K-209 a pattern is a name");
	ok(change_to(&e, &task, "<ns> /d", &facts) == -ENOENT,
	   "K-210 a domain of another namespace must be there");
	load(e.domains, "<ns> /d");
	ok(change_to(&e, &task, "<ns> /d", &facts) == -ENOENT && task_is_in(&task, D),
	   "K-210 and its profile be defined");
	load(e.profiles, "<ns> 0-COMMENT=");
	ok(!change_to(&e, &task, "<ns> /d", &facts) && task_is_in(&task, "<ns> /d"),
	   "K-211 then a task gets there");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	ok(!change_to(&e, &task, "<kernel> //C", &facts) && task_is_in(&task, "<kernel> //C"),
	   "K-208 conditions that hold");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	ok(!change_to(&e, &task, "<kernel> /\\*", &facts) && task_is_in(&task, "<kernel> /\\*"),
	   "K-209 which may be a domain's");
	tmy_task_exit(&task);

	task_begin(&e, &task, D);
	ok(!tmy_enter(e.policy, task.domain, TMY_SPAN("junk"), &made, &error) &&
		   (error == -EINVAL || error == -ENOENT),
	   "K-212 what is no domain is not entered");
	ok(!tmy_enter(e.policy, task.domain, TMY_SPAN("<kernel> junk"), &made, &error) &&
		   error == -EINVAL,
	   "K-212 nor made");
	tmy_task_exit(&task);
	engine_close(&e);
}

int main(void)
{
	test_names();
	test_arguments();
	test_namespaces();
	test_directives();
	test_long_names();
	test_environment();
	test_before_activation();
	test_manual();
	return done();
}
