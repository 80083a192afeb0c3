/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spawn COUNT A B: starts the programs A and B (paths, or "PATH ARGUMENT") COUNT times each, in
 * turn, and prints the nanoseconds that starting and ending each of them takes: the median, which a
 * busy machine disturbs least.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long spawn_once(char **argv, posix_spawn_file_actions_t *quiet)
{
	static char *no_environment[] = { NULL };
	long long begin = now();
	int status;
	pid_t pid;

	if (posix_spawn(&pid, argv[0], quiet, NULL, argv, no_environment) ||
	    waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "spawn: cannot run %s\n", argv[0]);
		exit(2);
	}
	return now() - begin;
}

static int compare(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = *(const long long *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t quiet;
	long long *times[2];
	int count, i, which;

	if (argc != 4 || (count = atoi(argv[1])) < 1) {
		fprintf(stderr, "usage: spawn COUNT A B\n");
		return 2;
	}
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	for (which = 0; which < 2; which++)
		times[which] = malloc((size_t)count * sizeof(**times));
	for (i = 0; i < count; i++) {
		for (which = 0; which < 2; which++) {
			char command[4096];
			char *words[8] = { NULL };
			int n = 0;

			snprintf(command, sizeof(command), "%s", argv[2 + which]);
			for (char *w = strtok(command, " "); w && n < 7; w = strtok(NULL, " "))
				words[n++] = w;
			times[which][i] = spawn_once(words, &quiet);
		}
	}
	for (which = 0; which < 2; which++) {
		qsort(times[which], (size_t)count, sizeof(**times), compare);
		printf("%lld\n", times[which][count / 2]);
	}
	return 0;
}
