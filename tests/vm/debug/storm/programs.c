// SPDX-License-Identifier: GPL-2.0-only
/* Programs are executed, directly, through links and as scripts; or not, for many reasons. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	AT_WRONG_PLACE = 101, /* exit status: the domain is not what it should be */
	FAILED = 120,	      /* exit status: execve() returned, whatever it said */
};

static void execute(const char *path, bool script, int fd, const char *domain, unsigned int depth,
		    char *variable)
{
	char descriptor[16], steps[16];
	char *direct[] = { (char *)path, "program", descriptor, (char *)domain, steps, NULL };
	char *indirect[] = { (char *)path, descriptor, (char *)domain, steps, NULL };
	char *environment[] = { variable, NULL };

	snprintf(descriptor, sizeof(descriptor), "%d", fd);
	snprintf(steps, sizeof(steps), "%u", depth);
	execve(path, script ? indirect : direct, environment);
}

/* Like strcmp(), but "*" at the end stands for anything. */
static bool differs(const char *name, const char *expected)
{
	size_t length = strlen(expected);

	if (length && expected[length - 1] == '*')
		return strncmp(name, expected, length - 1);
	return strcmp(name, expected);
}

/* PROGRAM program|"script PATH" DESCRIPTOR DOMAIN DEPTH: is it in that domain? */
int program_main(int argc, char **argv)
{
	int first = strcmp(argv[1], "script") ? 2 : 3, fd;
	char name[4096], next[4200];
	unsigned int depth;

	if (argc < first + 3)
		return 100;
	fd = atoi(argv[first]);
	depth = (unsigned int)atoi(argv[first + 2]);
	own_domain(fd, name, sizeof(name));
	if (differs(name, argv[first + 1])) {
		dprintf(STDOUT_FILENO, "program: is in '%s', not in '%s'\n", name, argv[first + 1]);
		return AT_WRONG_PLACE;
	}
	if (!depth)
		return 0;
	snprintf(next, sizeof(next), "%s /storm/bin/prog", name);
	execute("/storm/bin/prog", false, fd, next, depth - 1, NULL);
	return FAILED;
}

static const struct program {
	const char *path;
	bool script;
	char *variable;
	int error; /* of execve(2) */
} choices[] = {
	{ "/storm/bin/prog", false, NULL, 0 },
	{ "/storm/bin/link", false, NULL, 0 },
	{ "/storm/bin/script", true, NULL, 0 },
	{ "/storm/always/../bin/prog", false, "STORM=1", 0 },
	{ "/storm/bin/prog", false, "OTHER=1", EPERM },
	{ "/storm/bin/denied", false, NULL, EPERM },
	{ "/storm/bin/text", false, NULL, ENOEXEC },
	{ "/storm/bin/lost", false, NULL, ENOENT },
	{ "/storm/bin/flat", false, NULL, EACCES },
	{ "/storm/bin/missing", false, NULL, ENOENT },
	{ "/storm/bin", false, NULL, EACCES },
};

static const char *last_word(const struct program *program)
{
	return strstr(program->path, "..") ? "/storm/bin/prog" : program->path;
}

/* In the child: never comes back. */
static void run(const struct program *program, int fd)
{
	char domain[256], name[4096];
	int error;

	snprintf(domain, sizeof(domain), "<kernel> /storm/exec %s", last_word(program));
	execute(program->path, program->script, fd, domain, chance(3), program->variable);
	error = errno;
	own_domain(fd, name, sizeof(name));
	if (strcmp(name, "<kernel> /storm/exec"))
		complain("a failed execution of %s leaves the task in '%s'", program->path, name);
	if (error != program->error)
		complain("execution of %s: %s instead of %s", program->path, error_name(error),
			 error_name(program->error));
	_exit(FAILED);
}

void programs(unsigned int number)
{
	int fd = storm_enter("exec");

	(void)number;
	fcntl(fd, F_SETFD, 0);
	while (storm_blows()) {
		const struct program *program =
			&choices[chance(sizeof(choices) / sizeof(choices[0]))];
		pid_t child = storm_fork();
		int status;

		if (!child)
			run(program, fd);
		status = storm_wait(child);
		if (status != (program->error ? FAILED : 0))
			complain("%s ended with status %d", program->path, status);
		if (program->error)
			COUNT(execution_failed);
		else
			COUNT(executed);
	}
}

/* It is renamed while it is executed: the name is the one or the other. */
void moving_programs(unsigned int number)
{
	int fd = storm_enter("moving");

	(void)number;
	fcntl(fd, F_SETFD, 0);
	while (storm_blows()) {
		pid_t child = storm_fork();
		int status;

		if (!child) {
			execute("/storm/bin/one", false, fd, "<kernel> /storm/moving /storm/bin/*",
				0, NULL);
			_exit(errno == ENOENT ? 0 : errno);
		}
		status = storm_wait(child);
		if (status)
			complain("/storm/bin/one ended with status %d", status);
		COUNT(executed_moving);
	}
}

void mover(unsigned int number)
{
	(void)number;
	while (storm_blows()) {
		rename("/storm/bin/one", "/storm/bin/two");
		rename("/storm/bin/two", "/storm/bin/one");
		pause_ms(chance(4));
	}
}
