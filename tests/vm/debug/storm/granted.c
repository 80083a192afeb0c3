// SPDX-License-Identifier: GPL-2.0-only
/* What a policy grants all the time is always granted, and what it never grants never is. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char name[64], other[64];

static int result(int value)
{
	return value < 0 ? -errno : 0;
}

static int open_plain(void)
{
	return try_open("/storm/always/plain", O_RDONLY);
}

static int open_pattern(void)
{
	return try_open("/storm/always/a.pattern", O_RDONLY);
}

static int open_group(void)
{
	return try_open("/storm/always/group", O_RDONLY);
}

static int open_condition(void)
{
	return try_open("/storm/always/condition", O_RDONLY);
}

static int open_acl_group(void)
{
	return try_open("/storm/always/acl", O_RDONLY);
}

static int open_both(void)
{
	return try_open("/storm/always/rw", O_RDWR);
}

static int stat_it(void)
{
	struct stat status;

	return result(stat("/storm/always/rw", &status));
}

static int truncate_it(void)
{
	return result(truncate("/storm/always/rw", 0));
}

static int chmod_it(void)
{
	return result(chmod("/storm/always/rw", chance(0777)));
}

static int control(void)
{
	int fd = open("/storm/always/rw", O_RDONLY), waiting, error;

	if (fd < 0)
		return -errno;
	error = result(ioctl(fd, FIONREAD, &waiting));
	close(fd);
	return error;
}

static int create_and_rename(void)
{
	int error = try_open(name, O_WRONLY | O_CREAT | O_EXCL);

	if (!error)
		error = result(rename(name, other));
	if (!error)
		error = result(link(other, name));
	if (!error)
		error = result(unlink(other));
	if (!error)
		error = result(unlink(name));
	return error;
}

static int make_directory(void)
{
	int error = result(mkdir(name, 0700));

	return error ? error : result(rmdir(name));
}

static int make_link(void)
{
	int error = result(symlink("/storm/anywhere", name));

	return error ? error : result(unlink(name));
}

static const struct probe {
	const char *what;
	int (*run)(void);
} probes[] = {
	{ "open by name", open_plain },
	{ "open by pattern", open_pattern },
	{ "open by group", open_group },
	{ "open with a condition", open_condition },
	{ "open by acl_group", open_acl_group },
	{ "open to read and write", open_both },
	{ "stat", stat_it },
	{ "truncate", truncate_it },
	{ "chmod", chmod_it },
	{ "ioctl", control },
	{ "create, rename, link, unlink", create_and_rename },
	{ "mkdir, rmdir", make_directory },
	{ "symlink with a condition", make_link },
};

void granted(unsigned int number)
{
	int fd = storm_enter("always");

	snprintf(name, sizeof(name), "/storm/always/tmp/%u", number);
	snprintf(other, sizeof(other), "/storm/always/tmp/%u.other", number);
	/* A killed predecessor may have left something. */
	unlink(name);
	unlink(other);
	rmdir(name);
	while (storm_blows()) {
		const struct probe *probe = &probes[chance(sizeof(probes) / sizeof(probes[0]))];
		int error = probe->run();

		if (error)
			complain("%s: %s", probe->what, error_name(error));
		COUNT(granted);
		if (!chance(50))
			storm_must_be_in(fd, "<kernel> /storm/always");
	}
}

static int never_open(void)
{
	return try_open("/storm/never/file", O_RDONLY);
}

static int never_write(void)
{
	return try_open("/storm/always/plain", O_WRONLY | O_APPEND);
}

static int never_make(void)
{
	return result(mkdir("/storm/never/directory", 0700));
}

static int never_rename(void)
{
	return result(rename("/storm/never/file", "/storm/never/elsewhere"));
}

static int never_stat(void)
{
	struct stat status;

	return result(lstat("/storm/never/file", &status));
}

static int never_mount(void)
{
	return result(mount("none", "/storm/never", "proc", 0, NULL));
}

static int never_connect(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/storm/never/socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	int error = result(connect(fd, (struct sockaddr *)&address, sizeof(address)));

	close(fd);
	return error;
}

static int never_execute(void)
{
	char *arguments[] = { "/storm/bin/prog", "program", NULL };
	pid_t child = storm_fork();

	if (!child) {
		execv("/storm/bin/prog", arguments);
		_exit(errno);
	}
	return -storm_wait(child);
}

static const struct probe nevers[] = {
	{ "open", never_open },	      { "open to append", never_write }, { "mkdir", never_make },
	{ "rename", never_rename },   { "lstat", never_stat },		 { "mount", never_mount },
	{ "connect", never_connect }, { "execute", never_execute },
};

void denied(unsigned int number)
{
	int fd = storm_enter(number % 2 ? "never" : "always");

	while (storm_blows()) {
		const struct probe *probe = &nevers[chance(sizeof(nevers) / sizeof(nevers[0]))];
		int error = probe->run();

		if (error != -EPERM)
			complain("%s, never granted: %s", probe->what, error_name(error));
		COUNT(denied);
		if (!chance(50))
			storm_must_be_in(fd, "<kernel> /storm/always");
	}
}
