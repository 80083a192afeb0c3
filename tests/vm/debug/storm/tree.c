// SPDX-License-Identifier: GPL-2.0-only
/* Names of files are made while the directories above them are renamed. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static char from[128], to[128];

/* Directories begin with d, files with f: so no link to a directory is tried, which is EPERM. */
static void file_name(char *name, size_t room)
{
	if (chance(3))
		snprintf(name, room, "/storm/tree/d%u/d%u/f%u", chance(3), chance(3), chance(4));
	else
		snprintf(name, room, "/storm/tree/d%u/f%u", chance(3), chance(4));
}

static void directory_name(char *name, size_t room)
{
	if (chance(2))
		snprintf(name, room, "/storm/tree/d%u/d%u", chance(3), chance(3));
	else
		snprintf(name, room, "/storm/tree/d%u", chance(3));
}

static int with_file(void)
{
	int fd = open(from, O_RDWR | O_CREAT | (chance(2) ? O_APPEND : O_TRUNC), 0600), waiting;
	struct stat status;

	if (fd < 0)
		return -1;
	if (ioctl(fd, FIONREAD, &waiting) && errno == EPERM)
		complain("ioctl: EPERM");
	if (fstat(fd, &status))
		complain("fstat: %s", error_name(errno));
	if (fchmod(fd, chance(0777)))
		complain("fchmod: %s", error_name(errno));
	if (fcntl(fd, F_SETFL, chance(2) ? O_APPEND : 0))
		complain("fcntl: %s", error_name(errno));
	if (write(fd, "x", 1) != 1)
		complain("write: %s", error_name(errno));
	close(fd);
	return 0;
}

static int rename_directory(void)
{
	int error;

	directory_name(from, sizeof(from));
	directory_name(to, sizeof(to));
	error = renameat2(AT_FDCWD, from, AT_FDCWD, to, chance(2) ? 2 /* RENAME_EXCHANGE */ : 0);
	if (!error)
		COUNT(renamed_directory);
	return error;
}

static int with_directory(void)
{
	directory_name(from, sizeof(from));
	return chance(4) ? mkdir(from, 0700) : rmdir(from);
}

static int step(void)
{
	struct stat status;

	file_name(from, sizeof(from));
	file_name(to, sizeof(to));
	switch (chance(10)) {
	case 0:
	case 1:
		return with_file();
	case 2:
		return rename(from, to);
	case 3:
		return link(from, to);
	case 4:
		return unlink(from);
	case 5:
		return stat(from, &status);
	case 6:
		return truncate(from, 10);
	case 7:
		return symlink("f0", from);
	case 8:
		return rename_directory();
	default:
		return with_directory();
	}
}

void tree(unsigned int number)
{
	int fd = storm_enter("tree");

	(void)number;
	while (storm_blows()) {
		errno = 0;
		if (step() && (errno == EPERM || errno == ENOMEM || errno == EACCES))
			complain("%s, %s: %s", from, to, error_name(errno));
		COUNT(tree);
		if (!chance(50))
			storm_must_be_in(fd, "<kernel> /storm/tree");
	}
}
