// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs a program on a terminal of 40 lines and 120 columns and types what the standard input says,
 * for programs that need a screen and a keyboard.
 *
 * usage: terminal LOG PROGRAM [ARGUMENT]... <SCRIPT
 *
 * LOG gets what the program wrote to the terminal. A line of the script is one of
 *   wait TEXT    until the program has written this, behind what has been waited for before
 *   type TEXT    without Enter; \e is Escape
 *   enter TEXT   with Enter
 * Exit status: the program's; 124 with a message when a text or the program's end does not come
 * within 60 s.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	LIMIT = 60,
	FAILED = 124
};

static char seen[1 << 20];
static size_t length, looked;
static int log_file, terminal;
static pid_t child;

static void fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("terminal: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	if (child > 0)
		kill(child, SIGKILL);
	exit(FAILED);
}

/* Takes in what the program writes next, or returns false when it has ended. */
static bool listen_until(time_t deadline, const char *what)
{
	struct pollfd ready = { .fd = terminal, .events = POLLIN };
	ssize_t count;

	while (poll(&ready, 1, 1000) <= 0)
		if (time(NULL) >= deadline)
			fail("%s did not come", what);
	count = read(terminal, seen + length, sizeof(seen) - length);
	if (count <= 0)
		return false;
	if (write(log_file, seen + length, (size_t)count) != count)
		fail("cannot write the log: %s", strerror(errno));
	length += (size_t)count;
	if (length == sizeof(seen))
		fail("the program writes too much");
	return true;
}

static void wait_for(const char *text)
{
	const time_t deadline = time(NULL) + LIMIT;
	const char *found;

	while (!(found = memmem(seen + looked, length - looked, text, strlen(text))))
		if (!listen_until(deadline, text))
			fail("the program ended before it wrote: %s", text);
	looked = (size_t)(found - seen) + strlen(text);
}

static void type(const char *text)
{
	for (; *text; text++) {
		const bool escape = text[0] == '\\' && text[1] == 'e';
		const char byte = escape ? '\033' : *text;

		if (write(terminal, &byte, 1) != 1)
			fail("cannot type: %s", strerror(errno));
		text += escape;
	}
}

static void follow(char *line)
{
	char *text = strchr(line, ' ');

	if (!text)
		fail("no text in the script's line: %s", line);
	*text++ = '\0';
	if (!strcmp(line, "wait"))
		wait_for(text);
	else
		type(text);
	if (!strcmp(line, "enter"))
		type("\r");
}

int main(int argc, char **argv)
{
	const struct winsize size = { .ws_row = 40, .ws_col = 120 };
	char *line = NULL;
	size_t room = 0;
	ssize_t count;
	time_t deadline;
	int status;

	if (argc < 3)
		fail("usage: terminal LOG PROGRAM [ARGUMENT]...");
	log_file = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (log_file < 0)
		fail("cannot write %s: %s", argv[1], strerror(errno));
	child = forkpty(&terminal, NULL, NULL, &size);
	if (child < 0)
		fail("no terminal: %s", strerror(errno));
	if (!child) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	while ((count = getline(&line, &room, stdin)) > 0) {
		line[count - 1] = '\0';
		follow(line);
	}
	free(line);
	deadline = time(NULL) + LIMIT;
	while (listen_until(deadline, "the program's end"))
		;
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
