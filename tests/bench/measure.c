/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * measure INPUT OUTPUT PROGRAM [ARGUMENT]...: runs the program, and prints the seconds of processor
 * time that it has taken, the most memory that it had at once in kB, and its exit status.
 *
 * To be linked statically: a child's memory counts from its parent's.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t files;
	struct rusage usage;
	int status;
	pid_t pid;

	if (argc < 4) {
		fprintf(stderr, "usage: measure INPUT OUTPUT PROGRAM [ARGUMENT]...\n");
		return 2;
	}
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, argv[1], O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (posix_spawn(&pid, argv[3], &files, NULL, argv + 3, environ) ||
	    wait4(pid, &status, 0, &usage) < 0 || !WIFEXITED(status)) {
		fprintf(stderr, "measure: %s has not ended well\n", argv[3]);
		return 2;
	}
	printf("%.6f %ld %d\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
	       WEXITSTATUS(status));
	return 0;
}
