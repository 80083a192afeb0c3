// SPDX-License-Identifier: GPL-2.0-only
/*
 * act: performs the system calls that its command line names, one after the other, and prints what
 * became of each.
 *
 * usage: act [-q] [-e] COMMAND [WORD]... [: COMMAND [WORD]...]...
 *
 *   -q  print nothing
 *   -e  stop at the first command that fails
 *
 * Every command prints one line: "ok", "ok VALUE", or the name of the error, such as "EPERM". The
 * exit status is the number of commands that failed, 125 at most. A list of commands as a word: {
 * COMMAND : COMMAND }.
 *
 * It is the subject of the tests, and a policy shall say about it only what the command line says:
 * so it is linked statically and uses no stdio, which would call fstat() on the output.
 */
#include "act.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int current = -1;
int other = -1;

static bool quiet;
static bool stop_at_error;
static int failures;

static struct {
	char *bytes;
	size_t length;
	size_t room;
} answer;

static void emit(const char *bytes, size_t length)
{
	while (length && !quiet) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);

		if (written < 0)
			return;
		bytes += written;
		length -= (size_t)written;
	}
}

static void __attribute__((noreturn)) die(const char *what, const char *word)
{
	dprintf(STDERR_FILENO, "act: %s: %s\n", what, word);
	_exit(126);
}

static void append(const char *bytes, size_t length)
{
	if (answer.length + length > answer.room) {
		answer.room = 2 * (answer.length + length) + 256;
		answer.bytes = realloc(answer.bytes, answer.room);
		if (!answer.bytes)
			die("no memory", "answer");
	}
	memcpy(answer.bytes + answer.length, bytes, length);
	answer.length += length;
}

void answer_text(const void *bytes, size_t length)
{
	const unsigned char *byte = bytes;

	if (length)
		append(" ", 1);
	for (; length--; byte++) {
		char text[8];
		int size = *byte == '\n'   ? snprintf(text, sizeof(text), "\\n")
			   : *byte == '\t' ? snprintf(text, sizeof(text), "\\t")
			   : *byte == '\\' ? snprintf(text, sizeof(text), "\\\\")
			   : *byte < ' ' || *byte > '~'
				   ? snprintf(text, sizeof(text), "\\%03o", *byte)
				   : snprintf(text, sizeof(text), "%c", *byte);

		append(text, (size_t)size);
	}
}

void answer_number(long value)
{
	char text[32];

	append(text, (size_t)snprintf(text, sizeof(text), " %ld", value));
}

long outcome(long result)
{
	return result < 0 ? -errno : result;
}

long opened(long result)
{
	if (result < 0)
		return -errno;
	current = (int)result;
	return 0;
}

long number(const char *word)
{
	char *end;
	long value = (long)strtoul(word, &end, 0);

	if (!*word || *end)
		die("not a number", word);
	return value;
}

unsigned long flags(const char *word, const struct flag *known)
{
	unsigned long bits = 0;

	if (*word >= '0' && *word <= '9')
		return (unsigned long)number(word);
	while (*word) {
		size_t length = strcspn(word, ",");
		const struct flag *flag = known;

		while (flag->name &&
		       (strncmp(flag->name, word, length) || flag->name[length] != '\0'))
			flag++;
		if (!flag->name)
			die("unknown flag", word);
		bits |= flag->bits;
		word += length + (word[length] == ',');
	}
	return bits;
}

size_t decode(char *text)
{
	char *from = text;
	char *to = text;

	while (*from) {
		if (*from != '\\' || !from[1]) {
			*to++ = *from++;
			continue;
		}
		from++;
		if (*from >= '0' && *from <= '7') {
			int value = 0;
			int digits = 0;

			while (digits++ < 3 && *from >= '0' && *from <= '7')
				value = value * 8 + (*from++ - '0');
			*to++ = (char)value;
		} else if (*from == 'x') {
			char hex[3] = { 0 };

			from++;
			strncpy(hex, from, 2);
			from += strlen(hex);
			*to++ = (char)strtoul(hex, NULL, 16);
		} else {
			const char *letter = strchr("nnttrr", *from);

			*to++ = !letter ? *from : *from == 'n' ? '\n' : *from == 't' ? '\t' : '\r';
			from++;
		}
	}
	*to = '\0';
	return (size_t)(to - text);
}

void strip_braces(int *count, char ***words)
{
	if (*count >= 2 && !strcmp((*words)[0], "{") && !strcmp((*words)[*count - 1], "}")) {
		(*words)[*count - 1] = NULL;
		*words += 1;
		*count -= 2;
	}
}

static const struct command *find(const char *name)
{
	const struct command *tables[] = { file_commands, mount_commands, socket_commands,
					   task_commands };
	const struct command *command;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (command = tables[i]; command->name; command++)
			if (!strcmp(command->name, name))
				return command;
	die("unknown command", name);
}

static void run_one(int count, char **words)
{
	const struct command *command = find(words[0]);
	long result;

	if (count - 1 < command->least || (command->most >= 0 && count - 1 > command->most))
		die("wrong number of words", words[0]);
	answer.length = 0;
	result = command->run(count - 1, words + 1);
	if (result == SILENT)
		return;
	if (result < 0) {
		const char *name = strerrorname_np((int)-result);

		failures++;
		answer.length = 0;
		append(name ? name : "?", name ? strlen(name) : 1);
	} else {
		char *value = NULL;
		size_t length = answer.length;

		/* In front of the value goes "ok", which is known only now. */
		if (length) {
			value = malloc(length);
			if (!value)
				die("no memory", words[0]);
			memcpy(value, answer.bytes, length);
		}
		answer.length = 0;
		append("ok", 2);
		append(value ? value : "", length);
		free(value);
	}
	append("\n", 1);
	emit(answer.bytes, answer.length);
}

/* The number of words up to a ":" that is not between braces. */
static int stretch(int count, char **words)
{
	int depth = 0;
	int i;

	for (i = 0; i < count; i++) {
		if (!strcmp(words[i], "{"))
			depth++;
		else if (!strcmp(words[i], "}"))
			depth--;
		else if (!depth && !strcmp(words[i], ":"))
			break;
	}
	return i;
}

void run_list(int count, char **words)
{
	while (count > 0) {
		int length = stretch(count, words);

		words[length] = NULL;
		if (length)
			run_one(length, words);
		if (stop_at_error && failures)
			return;
		words += length + 1;
		count -= length + 1;
	}
}

int failed(int more)
{
	failures += more;
	return failures > 125 ? 125 : failures;
}

int main(int argc, char **argv)
{
	int first = 1;

	for (; first < argc && argv[first][0] == '-'; first++) {
		if (!strcmp(argv[first], "-q"))
			quiet = true;
		else if (!strcmp(argv[first], "-e"))
			stop_at_error = true;
		else
			die("unknown option", argv[first]);
	}
	run_list(argc - first, argv + first);
	return failed(0);
}
