// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's interface: its files read and written, and a few things around them. */
#include "common.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char interface_directory[] = "/sys/kernel/security/tomoyo";

int node_open(const char *node, int flags)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", interface_directory, node);
	fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int write_all(int fd, const char *text, bool pieces)
{
	size_t length = strlen(text);

	while (length) {
		size_t some = pieces ? 1 + chance(200) : length;
		ssize_t written = write(fd, text, some < length ? some : length);

		if (written < 0)
			return -errno;
		text += written;
		length -= (size_t)written;
	}
	return 0;
}

int node_write(const char *node, const char *format, ...)
{
	int fd = node_open(node, O_WRONLY), error;
	va_list list;
	char *text;

	if (fd < 0)
		return fd;
	va_start(list, format);
	if (vasprintf(&text, format, list) < 0)
		die("no memory");
	va_end(list);
	error = write_all(fd, text, false);
	free(text);
	close(fd);
	return error;
}

char *read_all(int fd, size_t piece)
{
	size_t length = 0, room = 4096;
	char *text = malloc(room);

	for (;;) {
		ssize_t some;

		if (room - length < piece + 1) {
			room = 2 * (room + piece);
			text = realloc(text, room);
		}
		if (!text)
			die("no memory");
		some = read(fd, text + length, piece);
		if (some < 0) {
			free(text);
			return NULL;
		}
		if (!some)
			break;
		length += (size_t)some;
	}
	text[length] = '\0';
	return text;
}

char *node_read(const char *node, const char *select)
{
	int fd = node_open(node, select ? O_RDWR : O_RDONLY), error = 0;
	char *text = NULL;

	if (fd < 0) {
		errno = -fd;
		return NULL;
	}
	if (select)
		error = write_all(fd, select, false);
	if (error)
		errno = -error;
	else
		text = read_all(fd, 4096);
	error = errno;
	close(fd);
	errno = error;
	return text;
}

bool has_line(const char *text, const char *line)
{
	size_t length = strlen(line);
	const char *at = text;

	while ((at = strstr(at, line))) {
		if ((at == text || at[-1] == '\n') && (at[length] == '\n' || !at[length]))
			return true;
		at++;
	}
	return false;
}

long stat_value(const char *title)
{
	char *text = node_read("stat", NULL), *at;
	long value = -1;

	at = text ? strstr(text, title) : NULL;
	if (at)
		value = strtol(at + strlen(title), NULL, 10);
	free(text);
	return value;
}

long collected_memory(long expected)
{
	long used = 0;
	int i;

	for (i = 0; i < 100; i++) {
		/* What was open for writing calls the collector when it is closed. */
		close(node_open("domain_policy", O_WRONLY));
		pause_ms(200);
		used = stat_value("Memory used by policy:");
		if (used <= expected)
			break;
	}
	return used;
}

void own_domain(int fd, char *name, size_t room)
{
	ssize_t length = pread(fd, name, room - 1, 0);

	name[length < 0 ? 0 : length] = '\0';
}

int enter_domain(int fd, const char *name)
{
	return write(fd, name, strlen(name)) < 0 ? -errno : 0;
}

int try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600), error = errno;

	if (fd < 0)
		return -error;
	close(fd);
	return 0;
}

void make_file(const char *path, const char *bytes, unsigned int mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	if (fd < 0 || write_all(fd, bytes, false))
		die("%s cannot be made", path);
	fchmod(fd, mode);
	close(fd);
}

void copy_myself(const char *path)
{
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	static char piece[65536];
	ssize_t some;

	while ((some = read(from, piece, sizeof(piece))) > 0)
		if (write(to, piece, (size_t)some) != some)
			some = -1;
	if (from < 0 || to < 0 || some < 0)
		die("%s cannot be made", path);
	close(from);
	close(to);
}
