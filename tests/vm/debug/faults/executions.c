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
	ELSEWHERE = 10, /* the domain is another one */
	ODD = 11,	/* anything else */
};

struct plan {
	const char *path;
	bool script;
	char *variable;
	unsigned int n;
};

/* PROGRAM program|"script PATH" SELF NTH N NAME: what became of it? */
int program_main(int argc, char **argv)
{
	int first = strcmp(argv[1], "script") ? 2 : 3;
	char name[4096], expected[512];
	unsigned int n;
	bool failed;

	if (argc < first + 4)
		return ODD;
	n = (unsigned int)atoi(argv[first + 2]);
	failed = inject_end(atoi(argv[first + 1]), n) == n;
	own_domain(atoi(argv[first]), name, sizeof(name));
	snprintf(expected, sizeof(expected), "%s %s", here, argv[first + 3]);
	if (!strcmp(name, expected))
		return failed ? FAULTY : DONE;
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
	char *environment[] = { plan->variable, NULL };
	bool failed;
	int error;

	snprintf(self, sizeof(self), "%d", subject->self);
	snprintf(nth, sizeof(nth), "%d", subject->nth);
	snprintf(n, sizeof(n), "%u", plan->n);
	inject_nth(subject->nth, plan->n);
	execve(path, plan->script ? script : direct, environment);
	error = errno;
	failed = inject_end(subject->nth, plan->n) == plan->n;
	own_domain(subject->self, name, sizeof(name));
	if (strcmp(name, here))
		_exit(ELSEWHERE);
	if (error == EPERM)
		_exit(failed ? DENIED_TOO : DENIED);
	_exit(error == ENOMEM && failed ? REFUSED : ODD);
}

static const struct program {
	struct plan plan;
	bool target; /* its domain exists beforehand */
	bool denied;
} programs[] = {
	{ { "/faults/bin/prog", false, NULL, 0 }, true, false },
	{ { "/faults/bin/prog", false, NULL, 0 }, false, false },
	{ { "/faults/bin/link", false, NULL, 0 }, true, false },
	{ { "/faults/bin/script", true, NULL, 0 }, true, false },
	{ { "/faults/bin/prog", false, "FAULTS=1", 0 }, true, false },
	{ { "/faults/bin/denied", true, NULL, 0 }, true, true },
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
	case DENIED_TOO:
		return denied;
	case STAYED:
		return !enforces(profile);
	case REFUSED:
		return true;
	}
	/* What the kernel does when it has come too far to say no. */
	return !inject_can_choose() && (status >= 128 || status == ODD);
}

static void prepare(const struct program *program, int profile)
{
	node_write("domain_policy", "delete %s %s\n", here, program->plan.path);
	if (program->target)
		node_write("domain_policy",
			   "%s %s\nfile read /faults/bin/prog\nmisc env FAULTS\nuse_profile %d\n",
			   here, program->plan.path, profile);
}

static unsigned int sweep(const struct program *program, int profile)
{
	struct plan plan = program->plan;
	unsigned int step = inject_can_choose() ? 1 : 7;
	int status;

	for (plan.n = 1; plan.n < 1000; plan.n += step) {
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

void test_executions(void)
{
	static const char lines[] =
		"file execute /faults/bin/prog\n"
		"file execute /faults/bin/link exec.argv[0]=\"/faults/bin/link\"\n"
		"file execute /faults/bin/script\n"
		"use_group 98\n";
	unsigned int i, failures;
	int profile;

	node_write("exception_policy", "acl_group 98 file read /faults/bin/prog\n"
				       "acl_group 98 misc env FAULTS\n");
	for (profile = DISABLED; profile <= LOGGING; profile++) {
		define_domain("exec", profile, lines);
		failures = 0;
		for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
			failures += sweep(&programs[i], profile);
		printf("faults: profile %d: %u failures of executions\n", profile, failures);
		fflush(stdout);
		drop_domain("exec");
	}
}
