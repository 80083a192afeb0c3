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

static const char *task_domain(const struct tmy_task *task)
{
	return span_text(tmy_domain_name(task->domain));
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

/* The domain in which a uid-0 task in D comes to run when it executes a program; and the error. */
static const char *led_to(const char *entries, const char *exceptions, const char *program)
{
	struct run run = { 0 };
	struct tmy_task task;
	const char *domain;
	struct engine e;
	int error;

	policy_of(&e, entries, exceptions);
	task_begin(&e, &task, D);
	error = execute(&e, &task, program, &run);
	domain = error ? formatted("%s, error %d", task_domain(&task), error) : task_domain(&task);
	tmy_task_exit(&task);
	engine_close(&e);
	return domain;
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
	about("K-168 a program runs in a domain of its own");
	is(execute(&e, &task, "/a", &run), 0, named("/a"));
	is(task_domain(&task), D " /a", named(" /a"));
	is(run.made, true, named("run.made"));
	is(run.execution.verdict, TMY_DENIED, named("run.execution.verdict"));
	is(updates(e.policy), before + 1, named("updates(e.policy)"));
	is_domain(e.policy, D " /a", "use_profile 3\nuse_group 7\n\n\n",
		  "K-168 with the profile and the groups of the old one");
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	about("K-169 a symbolic link gives the name");
	is(execute(&e, &task, "/sl", &run), 0, named("/sl"));
	is(task_domain(&task), D " /sl", named(" /sl"));
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	before = updates(e.policy);
	about("K-168 the second time it is there");
	is(execute(&e, &task, "/a", &run), 0, named("/a"));
	is(run.made, false, named("run.made"));
	is(updates(e.policy), before, named("updates(e.policy)"));
	tmy_task_exit(&task);
	engine_close(&e);

	about("K-170 the pattern that grants gives the name");
	is(led_to("file execute /dd/x\\$", "", "/dd/x1"), D " /dd/x\\$",
	   named("file execute /dd/x\\$"));
	is(led_to("file execute /dd/x\\$", "", "/dd/x2"), D " /dd/x\\$",
	   named("file execute /dd/x\\$"));
	is(led_to("file execute @G",
		  "path_group G /dd/y\npath_group G /dd/x\\+\npath_group G /dd/\\*", "/dd/x1"),
	   D " /dd/x\\+", "K-171 the member of a group that matches first does");
	about("K-172 the first entry that grants decides");
	is(led_to("file execute /dd/\\*\nfile execute /dd/x1", "", "/dd/x1"), D " /dd/\\*",
	   named("file execute /dd/\\*\nfile execute /dd/x1"));
	is(led_to("file execute /dd/x1\nfile execute /dd/\\*", "", "/dd/x1"), D " /dd/x1",
	   named("file execute /dd/x1\nfile execute /dd/\\*"));
	is(led_to("file execute /dd/\\?1\nfile execute @G", "path_group G /dd/\\*", "/dd/x1"),
	   D " /dd/\\?1", named("file execute /dd/\\?1\nfile execute @G"));
	about("K-203 K-184 (D-02) an entry that does not grant decides nothing");
	is(led_to("file execute /dd/\\* task.uid=1", "", "/dd/x1"), D " /dd/x1",
	   named("file execute /dd/\\* task.uid=1"));
	is(led_to("file execute /a //x task.uid=1", "", "/a"), D " /a",
	   named("file execute /a //x task.uid=1"));
	is(led_to("", "", "/s.sh"), D " /s.sh", "K-197 a script gives its own name");
}

static void test_arguments(void)
{
	is(led_to("file execute /a keep", "", "/a"), D, "K-173 keep");
	is(led_to("file execute /a child", "initialize_domain /a", "/a"), D " /a", "K-174 child");
	is(led_to("file execute /a initialize", "", "/a"), "<kernel> /a", "K-175 initialize");
	is(led_to("file execute /a parent", "", "/a"), "<kernel>", "K-176 parent");
	is(led_to("file execute /a /other", "", "/a"), D " /other", "K-177 a last word");
	is(led_to("file execute /a //s task.uid=0", "", "/a"), D " //s", "K-178 with a condition");
	is(led_to("file execute /a <kernel> /j /k", "", "/a"), "<kernel> /j /k", "K-179 a domain");
	about("K-174 K-175 of the pattern that grants");
	is(led_to("file execute /\\* child", "", "/a"), D " /\\*",
	   named("file execute /\\* child"));
	is(led_to("file execute /\\* initialize", "", "/a"), "<kernel> /\\*",
	   named("file execute /\\* initialize"));
	is(led_to("file execute /a keep", "reset_domain /a\ninitialize_domain /a", "/a"), D,
	   "K-173 directives have no say");
	is(led_to("file execute /a reset", "", "/a"), formatted("%s, error %d", D, -ENOMEM),
	   "K-180 reset to what is not there");
	is(led_to("file execute /a <nope> /x", "", "/a"), formatted("%s, error %d", D, -ENOMEM),
	   "K-183 a domain of a namespace that is not there");
	is(led_to("file execute /a <kernel> /\\*", "", "/a"), "<kernel> /\\*",
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
	about("K-181 reset to a domain whose profile is not defined");
	is(execute(&e, &task, "/a", &run), -ENOMEM, named("/a"));
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	load(e.profiles, "</a> 0-COMMENT=");
	about("K-182 or is");
	is(execute(&e, &task, "/a", &run), 0, named("/a"));
	is(task_domain(&task), "</a>", named("</a>"));
	is(run.made, false, named("run.made"));
	about("K-182 and further from there");
	is(execute(&e, &task, "/b", &run), 0, named("/b"));
	is(task_domain(&task), "</a> /b", named("</a> /b"));
	load(e.domains, "</a> /b\nfile execute /c initialize\nfile execute /d <kernel> //d\nfile "
			"execute /p parent");
	about("K-179 back into another namespace");
	is(execute(&e, &task, "/d", &run), 0, named("/d"));
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	tmy_task_exit(&task);
	task_begin(&e, &task, "</a> /b");
	about("K-175 initialize stays in the namespace");
	is(execute(&e, &task, "/c", &run), 0, named("/c"));
	is(task_domain(&task), "</a> /c", named("</a> /c"));
	tmy_task_exit(&task);
	load(e.exceptions, "</a> initialize_domain /i\n</a> aggregator /g1 /g\nkeep_domain "
			   "any\naggregator /g1 /wrong");
	task_begin(&e, &task, "</a> /b");
	about("K-193 aggregators are those of the namespace");
	is(execute(&e, &task, "/g1", &run), 0, named("/g1"));
	is(task_domain(&task), "</a> /b /g", named("</a> /b /g"));
	about("K-186 directives, too");
	is(execute(&e, &task, "/i", &run), 0, named("/i"));
	is(task_domain(&task), "</a> /i", named("</a> /i"));
	tmy_task_exit(&task);
	load(e.domains, "</a>\nfile execute /p parent");
	task_begin(&e, &task, "</a>");
	about("K-176 the parent of a root is the root");
	is(execute(&e, &task, "/p", &run), 0, named("/p"));
	is(task_domain(&task), "</a>", named("</a>"));
	tmy_task_exit(&task);
	engine_close(&e);
}

static void test_directives(void)
{
	struct run run = { 0 };
	struct tmy_task task;
	struct engine e;

	is(led_to("", "initialize_domain /a", "/a"), "<kernel> /a", "K-186 initialize_domain");
	about("K-186 from a domain, from a last word, or not from there");
	is(led_to("", "initialize_domain /a from " D, "/a"), "<kernel> /a",
	   named("leads(\"\", \"initialize_domain /a from \" D, \"/a\", \"<kernel> /a\")"));
	is(led_to("", "initialize_domain any from //d", "/a"), "<kernel> /a",
	   named("leads(\"\", \"initialize_domain any from //d\", \"/a\", \"<kernel> /a\")"));
	is(led_to("", "initialize_domain /a from <kernel>", "/a"), D " /a",
	   named("leads(\"\", \"initialize_domain /a from <kernel>\", \"/a\", D \" /a\")"));
	is(led_to("", "initialize_domain /b", "/a"), D " /a",
	   named("leads(\"\", \"initialize_domain /b\", \"/a\", D \" /a\")"));
	is(led_to("", "initialize_domain /a\nno_initialize_domain /a from " D, "/a"), D " /a",
	   "K-187 no_initialize_domain");
	about("K-188 keep_domain");
	is(led_to("", "keep_domain any from " D, "/a"), D,
	   named("leads(\"\", \"keep_domain any from \" D, \"/a\", D)"));
	is(led_to("", "keep_domain " D, "/a"), D,
	   named("leads(\"\", \"keep_domain \" D, \"/a\", D)"));
	is(led_to("", "keep_domain /a from //d", "/a"), D,
	   named("leads(\"\", \"keep_domain /a from //d\", \"/a\", D)"));
	about("K-189 no_keep_domain");
	is(led_to("", "keep_domain any from " D "\nno_keep_domain /a from //d", "/a"), D " /a",
	   named("leads(\"\", \"keep_domain any from \" D \"\\nno_keep_domain /a from //d\", "
		 "\"/a\", D \" /a\")"));
	is(led_to("", "keep_domain any from " D "\nno_keep_domain /a from //d", "/b"), D,
	   named("leads(\"\", \"keep_domain any from \" D \"\\nno_keep_domain /a from //d\", "
		 "\"/b\", D)"));
	is(led_to("", "reset_domain /c", "/c"), formatted("%s, error %d", D, -ENOMEM),
	   "K-190 reset_domain to what is not there");
	is(led_to("", "reset_domain /c\nno_reset_domain /c", "/c"), D " /c",
	   "K-191 no_reset_domain");
	is(led_to("", "initialize_domain /\\?", "/b"), D " /b",
	   "K-192 a pattern in a directive is text");
	about("K-192 which the pattern that grants equals");
	is(led_to("file execute /\\?", "initialize_domain /\\?", "/b"), "<kernel> /\\?",
	   named("file execute /\\?"));
	is(led_to("file execute /\\?", "initialize_domain /b", "/b"), D " /\\?",
	   named("file execute /\\?"));
	about("K-187 the order of evaluation is fixed");
	is(led_to("", "reset_domain any\ninitialize_domain any\nkeep_domain any", "/a"),
	   formatted("%s, error %d", D, -ENOMEM),
	   named("fails(\"\", \"reset_domain any\\ninitialize_domain any\\nkeep_domain any\", "
		 "\"/a\", -ENOMEM)"));
	is(led_to("",
		  "no_reset_domain any\nreset_domain any\ninitialize_domain "
		  "any\nkeep_domain any",
		  "/a"),
	   "<kernel> /a",
	   named("leads(\"\", \"no_reset_domain any\\nreset_domain any\\ninitialize_domain \" "
		 "\"any\\nkeep_domain any\", \"/a\", \"<kernel> /a\")"));
	is(led_to("", "keep_domain any\ninitialize_domain any", "/a"), "<kernel> /a",
	   named("leads(\"\", \"keep_domain any\\ninitialize_domain any\", \"/a\", \"<kernel> "
		 "/a\")"));
	is(led_to("", "no_initialize_domain any\ninitialize_domain any\nkeep_domain any", "/a"), D,
	   named("leads(\"\", \"no_initialize_domain any\\ninitialize_domain any\\nkeep_domain "
		 "any\", \"/a\", D)"));
	about("K-193 an aggregator gives another name");
	is(led_to("", "aggregator /dd/x\\+ /agg", "/dd/x1"), D " /agg",
	   named("leads(\"\", \"aggregator /dd/x\\\\+ /agg\", \"/dd/x1\", D \" /agg\")"));
	is(led_to("file execute /agg keep", "aggregator /dd/x\\+ /agg", "/dd/x1"), D,
	   named("file execute /agg keep"));
	is(led_to("file execute /dd/x1 keep", "aggregator /dd/x\\+ /agg", "/dd/x1"), D " /agg",
	   named("file execute /dd/x1 keep"));
	about("K-193 the first that matches, once");
	is(led_to("", "aggregator /dd/\\* /first\naggregator /dd/x1 /second", "/dd/x1"),
	   D " /first",
	   named("leads(\"\", \"aggregator /dd/\\\\* /first\\naggregator /dd/x1 /second\", "
		 "\"/dd/x1\", D \" /first\")"));
	is(led_to("", "aggregator /dd/x1 /first\naggregator /dd/\\* /second", "/dd/x1"),
	   D " /first",
	   named("leads(\"\", \"aggregator /dd/x1 /first\\naggregator /dd/\\\\* /second\", "
		 "\"/dd/x1\", D \" /first\")"));
	is(led_to("", "aggregator /dd/x1 /agg\naggregator /agg /again", "/dd/x1"), D " /agg",
	   named("leads(\"\", \"aggregator /dd/x1 /agg\\naggregator /agg /again\", \"/dd/x1\", D "
		 "\" /agg\")"));
	is(led_to("", "aggregator /dd/x\\+ /agg\ninitialize_domain /agg", "/dd/x1"),
	   "<kernel> /agg", "K-194 before directives");
	is(led_to("file execute /agg\\*", "aggregator /dd/x\\+ /aggregated", "/dd/x1"),
	   D " /agg\\*", "K-193 and before entries");

	policy_of(&e, "", "reset_domain /c");
	load(e.domains, "</c>");
	load(e.profiles, "</c> 0-COMMENT=");
	task_begin(&e, &task, D);
	about("K-190 reset_domain to what is there");
	is(execute(&e, &task, "/c", &run), 0, named("/c"));
	is(task_domain(&task), "</c>", named("</c>"));
	is(run.execution.strict, true, named("run.execution.strict"));
	tmy_task_exit(&task);
	load(e.exceptions, "delete reset_domain /c\naggregator /v /w\ndelete aggregator /v /w");
	task_begin(&e, &task, D);
	about("K-190 what is deleted has no say");
	is(execute(&e, &task, "/c", &run), 0, named("/c"));
	is(task_domain(&task), D " /c", named(" /c"));
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	about("K-193 aggregators neither");
	is(execute(&e, &task, "/v", &run), 0, named("/v"));
	is(task_domain(&task), D " /v", named(" /v"));
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
	about("K-195 a name that is too long leaves the task where it is");
	is(strlen(name), 4058, named("strlen(name)"));
	is(execute(&e, &task, child, &run), 0, named("execute(&e, &task, child, &run)"));
	is(task_domain(&task), name, named("task_is_in(&task, name)"));
	is(run.first_failure, true, named("run.first_failure"));
	is(run.made, false, named("run.made"));
	has_text(domain_text(e.policy, name), "\ntransition_failed\n", "K-195 which is noted");
	about("K-195 and reported once");
	is(execute(&e, &task, child, &run), 0, named("execute(&e, &task, child, &run)"));
	is(run.first_failure, false, named("run.first_failure"));
	load(e.domains, "delete transition_failed");
	about("K-195 unless the note is deleted");
	is(execute(&e, &task, child, &run), 0, named("execute(&e, &task, child, &run)"));
	is(run.first_failure, true, named("run.first_failure"));
	run.enforcing = true;
	line = malloc(200);
	snprintf(line, 200, "file execute %s", child);
	load(e.domains, line);
	about("K-196 enforced, the execution fails");
	is(execute(&e, &task, child, &run), -ENOMEM, named("execute(&e, &task, child, &run)"));
	is(task_domain(&task), name, named("task_is_in(&task, name)"));
	about("K-196 one that is not granted does anyway");
	is(execute(&e, &task, "/other", &run), -EPERM, named("/other"));
	is(task_domain(&task), name, named("task_is_in(&task, name)"));
	run.enforcing = false;
	about("K-195 a shorter one is no problem");
	is(execute(&e, &task, "/a", &run), 0, named("/a"));
	is(run.made, true, named("run.made"));
	is(tmy_domain_name(task.domain).length, 4061, named("tmy_domain_name(task.domain).length"));
	tmy_task_exit(&task);

	/* 4085 bytes are the most. */
	free(path);
	path = long_path(4085 - 4058 - 1);
	task_begin(&e, &task, name);
	about("K-195 a name of 4,085 bytes");
	is(execute(&e, &task, path, &run), 0, named("execute(&e, &task, path, &run)"));
	is(run.made, true, named("run.made"));
	is(tmy_domain_name(task.domain).length, 4085, named("tmy_domain_name(task.domain).length"));
	tmy_task_exit(&task);
	free(path);
	path = long_path(4086 - 4058 - 1);
	task_begin(&e, &task, name);
	about("K-195 but none of 4,086");
	is(execute(&e, &task, path, &run), 0, named("execute(&e, &task, path, &run)"));
	is(run.made, false, named("run.made"));
	is(task_domain(&task), name, named("task_is_in(&task, name)"));
	tmy_task_exit(&task);
	snprintf(name + strlen(name), 5000 - strlen(name), " %s", path);
	about("K-195 no line makes one either");
	is(put(e.domains, name), -EINVAL, named("put(e.domains, name)"));
	is(strlen(name), 4086, named("strlen(name)"));
	name[4085] = 0;
	is(put(e.domains, name), 0, "K-195 but one of 4,085");

	/* An aggregator's new name is matched as well, whatever the length of the program's. */
	free(path);
	path = long_path(4085);
	free(line);
	line = malloc(6000);
	snprintf(line, 6000, "aggregator /short %s", path);
	is(put(e.exceptions, line), 0, "K-193 a long new name");
	load(e.domains, D "\nfile execute /l\\*l keep");
	task_begin(&e, &task, D);
	about("K-193 is matched");
	is(execute(&e, &task, "/short", &run), 0, named("/short"));
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	tmy_task_exit(&task);
	snprintf(line, 6000, "aggregator /short %sl", path);
	is(put(e.exceptions, line), -EINVAL, "K-193 one that is longer than a domain's is none");
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

		tmy_read_begin();
		question_open(&question, tmy_task_domain(&task), "misc env PATH", &facts);
		about("K-200 variables are checked in the new domain");
		is(tmy_decide(e.policy, &question.request), TMY_GRANTED,
		   named("tmy_decide(e.policy, &question.request)"));
		question_close(&question);
		question_open(&question, tmy_task_domain(&task), "misc env HOME", &facts);
		is(tmy_decide(e.policy, &question.request), TMY_DENIED,
		   named("tmy_decide(e.policy, &question.request)"));
		question_close(&question);

		question_open(&question, tmy_task_domain(&task), "misc env LC_ALL", &facts);
		about("K-201 with the number of arguments");
		is(tmy_decide(e.policy, &question.request), TMY_GRANTED,
		   named("tmy_decide(e.policy, &question.request)"));
		facts.argc = 3;
		is(tmy_decide(e.policy, &question.request), TMY_DENIED,
		   named("tmy_decide(e.policy, &question.request)"));
		question_close(&question);

		question_open(&question, tmy_task_domain(&task), "file read /i", &facts);
		is(tmy_decide(e.policy, &question.request), TMY_GRANTED,
		   "K-197 as is the interpreter");
		question_close(&question);
		tmy_read_end();
	}
	is(task_domain(&task), D, "K-202 while the task is still in the old one");
	tmy_task_abort(&task);
	about("K-202 (D-01) where it remains when the execution fails");
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	is(tmy_task_domain(&task), task.domain, named("tmy_task_domain(&task)"));
	tmy_task_exit(&task);

	run.late = true;
	task_begin(&e, &task, D);
	about("K-202 (D-01) late");
	is(execute(&e, &task, "/a", &run), 0, named("/a"));
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	is(tmy_task_domain(&task), task.domain, named("tmy_task_domain(&task)"));
	run.late = false;
	about("K-202 and tries again");
	is(execute(&e, &task, "/b", &run), 0, named("/b"));
	is(task_domain(&task), D " /b", named(" /b"));
	load(e.domains, "delete " D " /b\ndelete " D " /a");
	tmy_collect(e.policy);
	about("2.6 a task leaves a deleted domain by execution");
	is(task_domain(&task), D " /b", named(" /b"));
	is(execute(&e, &task, "/c", &run), 0, named("/c"));
	is(task_domain(&task), D " /b /c", named(" /b /c"));
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
	about("K-350 before activation the initial domain is not left");
	is(execute(&e, &task, "/bin/sh", &run), 0, named("/bin/sh"));
	is(task_domain(&task), "<kernel>", named("<kernel>"));
	about("K-351 unless a directive says so");
	is(execute(&e, &task, "/bin/act", &run), 0, named("/bin/act"));
	is(task_domain(&task), "<kernel> /bin/act", named("<kernel> /bin/act"));
	about("K-351 others are left as usual");
	is(execute(&e, &task, "/bin/sh", &run), 0, named("/bin/sh"));
	is(task_domain(&task), "<kernel> /bin/act /bin/sh", named("<kernel> /bin/act /bin/sh"));
	tmy_task_exit(&task);
	task_begin(&e, &task, "<kernel>");
	load(e.domains,
	     "<kernel>\nfile execute /x child\n<nope> /y\n<kernel>\nfile execute /y <nope> /y");
	about("K-351 or an entry");
	is(execute(&e, &task, "/x", &run), 0, named("/x"));
	is(task_domain(&task), "<kernel> /x", named("<kernel> /x"));
	tmy_task_exit(&task);
	task_begin(&e, &task, "<kernel>");
	about("K-351 even to where no profile is defined");
	is(execute(&e, &task, "/y", &run), 0, named("/y"));
	is(task_domain(&task), "<nope> /y", named("<nope> /y"));
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
	about("K-206 a task goes where an entry of an acl_group lets it, and takes its profile and "
	      "groups along");
	is(change_to(&e, &task, "<kernel> //P", &facts), 0, named("<kernel> //P"));
	is(task_domain(&task), "<kernel> //P", named("<kernel> //P"));
	is_domain(e.policy, "<kernel> //P", "use_profile 3\nuse_group 7\n\n\n",
		  named("<kernel> //P"));
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	about("K-207 not elsewhere");
	is(change_to(&e, &task, "<kernel> //Q", &facts), -EPERM, named("<kernel> //Q"));
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	is(change_to(&e, &task, "<kernel> //U", &facts), -EPERM, "K-208 nor when conditions fail");
	is(change_to(&e, &task, "<kernel> //X", &facts), -EPERM, "K-208 as they do about paths");
	is(change_to(&e, &task, "<kernel> /zzz", &facts), -EPERM, "K-209 a pattern is a name");
	is(change_to(&e, &task, "<ns> /d", &facts), -ENOENT,
	   "K-210 a domain of another namespace must be there");
	load(e.domains, "<ns> /d");
	about("K-210 and its profile be defined");
	is(change_to(&e, &task, "<ns> /d", &facts), -ENOENT, named("<ns> /d"));
	is(task_domain(&task), D, named("task_is_in(&task, D)"));
	load(e.profiles, "<ns> 0-COMMENT=");
	about("K-211 then a task gets there");
	is(change_to(&e, &task, "<ns> /d", &facts), 0, named("<ns> /d"));
	is(task_domain(&task), "<ns> /d", named("<ns> /d"));
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	about("K-208 conditions that hold");
	is(change_to(&e, &task, "<kernel> //C", &facts), 0, named("<kernel> //C"));
	is(task_domain(&task), "<kernel> //C", named("<kernel> //C"));
	tmy_task_exit(&task);
	task_begin(&e, &task, D);
	about("K-209 which may be a domain's");
	is(change_to(&e, &task, "<kernel> /\\*", &facts), 0, named("<kernel> /\\*"));
	is(task_domain(&task), "<kernel> /\\*", named("<kernel> /\\*"));
	tmy_task_exit(&task);

	task_begin(&e, &task, D);
	about("K-212 what is no domain is not entered");
	ok(!tmy_enter(e.policy, task.domain, TMY_SPAN("junk"), &made, &error), named("junk"));
	ok(error == -EINVAL || error == -ENOENT, named("(error == -EINVAL || error == -ENOENT)"));
	about("K-212 nor made");
	ok(!tmy_enter(e.policy, task.domain, TMY_SPAN("<kernel> junk"), &made, &error),
	   named("<kernel> junk"));
	is(error, -EINVAL, named("error"));
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
