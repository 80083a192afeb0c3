// SPDX-License-Identifier: GPL-2.0-only
/* An execution without memory fails, and the task stays where it is; or it comes where it should.
 */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char here[] = "<kernel> /faults/exec";

enum {
	DONE = 0,	/* exit statuses: in the right domain, no allocation failed */
	FAULTY = 1,	/* in the right domain, although one failed */
	STAYED = 2,	/* one failed; executed, but the domain is the old one */
	REFUSED = 3,	/* one failed; execve() says ENOMEM, the domain is the old one */
	DENIED = 4,	/* execve() says EPERM, the domain is the old one */
	DENIED_TOO = 5, /* one failed; likewise */
	GREEDY = 6,	/* in the right domain, having asked for memory */
	ELSEWHERE = 10, /* the domain is another one */
	ODD = 11,	/* anything else */

	MANY = 1000, /* more than any execution asks for memory */
};

struct plan {
	const char *path;
	bool script;
	char *const *environment;
	unsigned int n;
	bool nothing; /* there is no memory at all */
};

/* PROGRAM program|"script PATH" SELF NTH N NAME: what became of it? */
int program_main(int argc, char **argv)
{
	int first = strcmp(argv[1], "script") ? 2 : 3;
	char name[4096], expected[512];
	unsigned int n, asked;
	bool failed;

	if (argc < first + 4)
		return ODD;
	n = (unsigned int)atoi(argv[first + 2]);
	asked = inject_end(atoi(argv[first + 1]), n);
	failed = asked == n;
	own_domain(atoi(argv[first]), name, sizeof(name));
	snprintf(expected, sizeof(expected), "%s %s", here, argv[first + 3]);
	if (!strcmp(name, expected))
		return failed ? FAULTY : n == MANY && asked ? GREEDY : DONE;
	if (!strcmp(name, here) && failed)
		return STAYED;
	dprintf(STDOUT_FILENO, "program: is in '%s'\n", name);
	return ELSEWHERE;
}

/* Never comes back. */
static void execute(const struct subject *subject, void *data)
{
	const struct plan *plan = data;
	char self[16], nth[16], n[16], name[4096], *path = (char *)plan->path;
	char *direct[] = { path, "program", self, nth, n, path, NULL };
	char *script[] = { path, self, nth, n, path, NULL };
	static char *const nothing[] = { NULL };
	bool failed;
	int error;

	snprintf(self, sizeof(self), "%d", subject->self);
	snprintf(nth, sizeof(nth), "%d", subject->nth);
	snprintf(n, sizeof(n), "%u", plan->n);
	if (plan->nothing)
		inject_percent(100, true);
	else
		inject_nth(subject->nth, plan->n);
	execve(path, plan->script ? script : direct,
	       plan->environment ? plan->environment : nothing);
	error = errno;
	failed = inject_end(subject->nth, plan->n) == plan->n;
	own_domain(subject->self, name, sizeof(name));
	if (strcmp(name, here))
		_exit(ELSEWHERE);
	if (error == EPERM)
		_exit(failed ? DENIED_TOO : DENIED);
	_exit(error == ENOMEM && failed ? REFUSED : ODD);
}

static char *const one_variable[] = { "FAULTS=1", NULL };

static const struct program {
	struct plan plan;
	bool target; /* its domain exists beforehand */
	bool denied;
} programs[] = {
	{ .plan = { .path = "/faults/bin/prog" }, .target = true },
	{ .plan = { .path = "/faults/bin/prog" } },
	{ .plan = { .path = "/faults/bin/link" }, .target = true },
	{ .plan = { .path = "/faults/bin/script", .script = true }, .target = true },
	{ .plan = { .path = "/faults/bin/prog", .environment = one_variable }, .target = true },
	{ .plan = { .path = "/faults/bin/denied", .script = true },
	  .target = true,
	  .denied = true },
};

static bool enforces(int profile)
{
	return profile == ENFORCING || profile == LOGGING;
}

static bool acceptable(const struct program *program, int profile, int status)
{
	bool denied = program->denied && enforces(profile);

	switch (status) {
	case DONE:
	case FAULTY:
		return !denied;
	case DENIED:
		return denied;
	case DENIED_TOO:
		/* A condition on arguments that cannot be read does not hold. */
		return enforces(profile);
	case STAYED:
		return !enforces(profile);
	case REFUSED:
		/* Who is not confined is not hindered either; others than we may do that. */
		return enforces(profile) || !inject_can_choose();
	}
	/* What the kernel does when it has come too far to say no. */
	return !inject_can_choose() && (status >= 128 || status == ODD);
}

static void prepare(const struct program *program, int profile)
{
	node_write("domain_policy", "delete %s %s\n", here, program->plan.path);
	if (program->target)
		node_write("domain_policy",
			   "%s %s\nfile read /faults/bin/prog\nmisc env FAULTS\n"
			   "misc env FAULTS_\\* exec.realpath=\"/faults/bin/prog\"\n"
			   "misc env ARG_\\* exec.argv[0]=\"%s\"\nuse_profile %d\n",
			   here, program->plan.path, program->plan.path, profile);
}

static unsigned int sweep(const struct program *program, int profile)
{
	struct plan plan = program->plan;
	unsigned int step = inject_can_choose() ? 1 : 7;
	int status;

	for (plan.n = 1; plan.n < MANY; plan.n += step) {
		prepare(program, profile);
		status = status_in_domain("exec", execute, &plan);
		if (!acceptable(program, profile, status))
			complain("%s, profile %d, allocation %u failing: status %d", plan.path,
				 profile, plan.n, status);
		if (status == DONE || status == DENIED)
			break;
	}
	return plan.n - 1;
}

static const char policy[] = "file execute /faults/bin/prog\n"
			     "file execute /faults/bin/link exec.argv[0]=\"/faults/bin/link\"\n"
			     "file execute /faults/bin/script\n"
			     "use_group 98\n";

static void define_group(void)
{
	node_write("exception_policy", "acl_group 98 file read /faults/bin/prog\n"
				       "acl_group 98 misc env FAULTS\n");
}

static void execute_without_memory(const struct program *program, int profile, const char *lines)
{
	struct plan plan = program->plan;
	int status;

	define_domain("exec", profile, lines);
	prepare(program, profile);
	plan.n = MANY;
	status = status_in_domain("exec", execute, &plan);
	if (status != DONE)
		complain("%s, profile %d: status %d", plan.path, profile, status);
	plan.nothing = true;
	plan.n = 0;
	status = status_in_domain("exec", execute, &plan);
	inject_percent(0, true);
	if (status != FAULTY)
		complain("%s, profile %d, without memory: status %d", plan.path, profile, status);
	drop_domain("exec");
}

enum {
	LARGE = 100000,
	SMALL = 1000,
	VARIABLES = 100,
};

/* More strings, and more in them, than the scratch buffer of a CPU holds. */
static char **much(void)
{
	char **variables = calloc(VARIABLES + 1, sizeof(*variables));
	unsigned int i;

	for (i = 0; i < VARIABLES - 2; i++) {
		size_t size = i % 25 == 7 ? LARGE : SMALL;

		variables[i] = malloc(size);
		memset(variables[i], 'm', size - 1);
		variables[i][size - 1] = '\0';
		variables[i][sprintf(variables[i], "FAULTS_%u=", i)] = 'm';
	}
	variables[i++] = strdup("ARG_LAST=\001");
	variables[i++] = strdup("FAULTS_LAST=the end");
	return variables;
}

static bool has_flag(void)
{
	char select[128], *text;
	bool found;

	snprintf(select, sizeof(select), "select domain=%s", here);
	text = node_read("domain_policy", select);
	found = text && strstr(text, "\ntransition_failed\n");
	free(text);
	return found;
}

/* Who is not confined, and what becomes of it when there is no memory for a domain to go to. */
static void execute_unconfined(void)
{
	static const struct program there = { .plan = { .path = "/faults/bin/link" },
					      .target = true };
	struct program nowhere = { .plan = { .path = "/faults/bin/prog", .nothing = true } };
	int profile, status;

	for (profile = DISABLED; profile <= PERMISSIVE; profile++) {
		execute_without_memory(&there, profile, policy);
		define_domain("exec", profile, policy);
		prepare(&nowhere, profile);
		status = status_in_domain("exec", execute, &nowhere.plan);
		inject_percent(0, true);
		if (status != STAYED)
			complain("profile %d, without memory for a domain: status %d", profile,
				 status);
		if (!has_flag())
			complain("profile %d: the domain does not say transition_failed", profile);
		drop_domain("exec");
	}
}

/*
 * What is called by a link is looked up once more. Names of variables are read where they are, and
 * some of these lie across the border of two pages. So are the arguments that conditions are about.
 */
void test_granted_executions(void)
{
	static const struct program plain = { .plan = { .path = "/faults/bin/prog" },
					      .target = true };
	static const struct program script = {
		.plan = { .path = "/faults/bin/script", .script = true }, .target = true
	};
	static const struct program link = { .plan = { .path = "/faults/bin/link" },
					     .target = true };
	static char long_value[3000] = "FAULTS_LONG=", long_name[3000] = "FAULTS_";
	static char *const many_variables[] = { "FAULTS=1", long_value, "FAULTS_EMPTY=",
						"FAULTS",   long_name,	long_value,
						"FAULTS_=", long_name,	NULL };
	static char *const few_variables[] = { "FAULTS=1", "ARG_1=", "ARG_2=2", NULL };
	static const struct program variables = { .plan = { .path = "/faults/bin/prog",
							    .environment = many_variables },
						  .target = true };
	static const struct program arguments = {
		.plan = { .path = "/faults/bin/prog", .environment = few_variables }, .target = true
	};
	struct program large = { .plan = { .path = "/faults/bin/link" }, .target = true };

	if (!inject_can_choose()) {
		complain("this kernel cannot limit failures to our code");
		return;
	}
	memset(long_value + strlen(long_value), 'v', sizeof(long_value) - 1 - strlen(long_value));
	memset(long_name + strlen(long_name), 'n', sizeof(long_name) - 1 - strlen(long_name));
	define_group();
	inject_mark();
	execute_without_memory(&plain, ENFORCING, policy);
	execute_without_memory(&script, ENFORCING, policy);
	execute_without_memory(&link, ENFORCING, policy);
	execute_without_memory(&variables, ENFORCING, policy);
	execute_without_memory(&arguments, ENFORCING, policy);
	large.plan.environment = much();
	execute_without_memory(&large, ENFORCING,
			       "file execute /faults/bin/link exec.argv[0]=\"/faults/bin/link\" "
			       "exec.envp[\"FAULTS_LAST\"]=\"the\\040end\" "
			       "exec.envp[\"FAULTS_95\"]=\"\\*m\" exec.argv[1]=\"program\" "
			       "exec.envp[\"FAULTS_NONE\"]=NULL\nuse_group 98\n");
	execute_unconfined();
}

void test_executions(void)
{
	unsigned int i, failures;
	int profile;

	define_group();
	for (profile = DISABLED; profile <= LOGGING; profile++) {
		define_domain("exec", profile, policy);
		failures = 0;
		for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
			failures += sweep(&programs[i], profile);
		printf("faults: profile %d: %u failures of executions\n", profile, failures);
		fflush(stdout);
		drop_domain("exec");
	}
}
