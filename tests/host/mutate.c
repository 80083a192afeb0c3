/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mutate COUNT PROGRAM [ARGUMENT]... <SAMPLE: runs the program COUNT times on the sample with other
 * faults each time, the same faults on every machine. It must end by itself with 0, 1 or 2;
 * otherwise it is told, and the input is kept in ./culprit.
 *
 * The input is standard input and the file ./mutated, which "@" among the arguments names. A
 * program may take MUTATE_PATIENCE seconds, 10 if that is not set.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST (4 << 20)

static uint64_t state;

/* A number below LIMIT. */
static size_t chance(size_t limit)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state >> 33) % limit;
}

struct text {
	char *at;
	size_t length;
};

/* Makes room for or takes away: LENGTH bytes at AT are SIZE bytes then. */
static void resize(struct text *text, size_t at, size_t length, size_t size)
{
	if (text->length - length + size > MOST)
		return;
	memmove(text->at + at + size, text->at + at + length, text->length - at - length);
	text->length = text->length - length + size;
}

static void insert(struct text *text, size_t at, const char *bytes, size_t size)
{
	char *copy = malloc(size ? size : 1);

	memcpy(copy, bytes, size);
	if (text->length + size <= MOST) {
		resize(text, at, 0, size);
		memcpy(text->at + at, copy, size);
	}
	free(copy);
}

static void spoil(struct text *text)
{
	static const char *const words[] = {
		"\\",
		"\\*",
		"\\{",
		"\\}/",
		"\\-",
		"\\040",
		"<kernel> ",
		"<",
		"/",
		"//",
		"@",
		"\"",
		"={ ",
		" } ",
		"delete ",
		"select ",
		"file ",
		"file / ",
		"read/",
		"[4294967296]",
		"99999999999999999999",
		"0x",
		"-",
		"::",
		"=",
		"!=",
		"\r",
		"\n\n",
		"\n#",
		"argv[]={",
		"use_profile 300\n",
		"\377\376",
		"\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*a",
		"rewrite ",
		"acl[0].contains ",
	};
	const size_t at = chance(text->length + 1);
	const size_t rest = text->length - at;
	const char *word;
	size_t size;

	switch (chance(10)) {
	case 0:
	case 1:
		if (rest)
			text->at[at] ^= (char)(1 << chance(8));
		break;
	case 2:
		text->length = at;
		break;
	case 3:
		insert(text, at, "\0", 1);
		break;
	case 4: /* a very long word or line */
		size = chance(4) ? chance(5000) : chance(300000);
		resize(text, at, 0, size);
		memset(text->at + at, chance(2) ? 'x' : '/', size);
		break;
	case 5: /* something once more, or somewhere else */
		size = chance(300);
		if (size <= rest)
			insert(text, chance(text->length + 1), text->at + at, size);
		break;
	case 6:
		size = chance(60);
		resize(text, at, size < rest ? size : rest, 0);
		break;
	default:
		word = words[chance(sizeof(words) / sizeof(*words))];
		insert(text, at, word, strlen(word));
		break;
	}
}

static void save(const char *name, const struct text *text)
{
	const int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (file < 0 || write(file, text->at, text->length) != (ssize_t)text->length) {
		perror(name);
		exit(2);
	}
	close(file);
}

static void wake(int number)
{
	(void)number;
}

/* What is wrong with the way in which it ended, or NULL. */
static const char *run(char **arguments, int patience)
{
	static char told[64];
	posix_spawn_file_actions_t files;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "mutated", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, arguments[0], &files, NULL, arguments, environ))
		return "cannot be started";
	posix_spawn_file_actions_destroy(&files);
	alarm((unsigned int)patience);
	if (waitpid(pid, &status, 0) < 0) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		return "hangs";
	}
	alarm(0);
	if (WIFSIGNALED(status))
		snprintf(told, sizeof(told), "signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status) > 2)
		snprintf(told, sizeof(told), "exit %d", WEXITSTATUS(status));
	else
		return NULL;
	return told;
}

int main(int argc, char **argv)
{
	const char *const patience = getenv("MUTATE_PATIENCE");
	struct sigaction action = { .sa_handler = wake };
	struct text sample = { malloc(MOST), 0 }, text = { malloc(MOST), 0 };
	ssize_t got;

	if (argc < 3) {
		fprintf(stderr, "usage: mutate COUNT PROGRAM [ARGUMENT]... <SAMPLE\n");
		return 2;
	}
	sigaction(SIGALRM, &action, NULL);
	while ((got = read(0, sample.at + sample.length, MOST - sample.length)) > 0)
		sample.length += (size_t)got;
	for (int i = 2; i < argc; i++)
		if (!strcmp(argv[i], "@"))
			argv[i] = "mutated";
	for (int i = 0; i < atoi(argv[1]); i++) {
		const char *fault;

		state = (uint64_t)i * 2 + 1;
		memcpy(text.at, sample.at, sample.length);
		text.length = sample.length;
		for (size_t faults = 1 + chance(6); faults-- > 0;)
			spoil(&text);
		save("mutated", &text);
		fault = run(argv + 2, patience ? atoi(patience) : 10);
		if (fault) {
			save("culprit", &text);
			printf("%s: %s (input %d, kept as 'culprit' in the test's directory)\n",
			       argv[2], fault, i);
			return 1;
		}
	}
	return 0;
}
