// SPDX-License-Identifier: GPL-2.0-only
/* Commands of act for files and directories. */
#include "act.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static const struct flag open_flags[] = {
	{ "rdonly", O_RDONLY },	      { "wronly", O_WRONLY },
	{ "rdwr", O_RDWR },	      { "acc3", O_ACCMODE },
	{ "append", O_APPEND },	      { "trunc", O_TRUNC },
	{ "creat", O_CREAT },	      { "excl", O_EXCL },
	{ "directory", O_DIRECTORY }, { "path", O_PATH },
	{ "tmpfile", O_TMPFILE },     { "nofollow", O_NOFOLLOW },
	{ "nonblock", O_NONBLOCK },   { NULL, 0 },
};

static const struct flag file_types[] = {
	{ "none", 0 },	      { "file", S_IFREG }, { "fifo", S_IFIFO }, { "sock", S_IFSOCK },
	{ "block", S_IFBLK }, { "char", S_IFCHR }, { NULL, 0 },
};

/* What "save" has kept for "use". */
static int saved[16];

static long do_open(int count, char **words)
{
	int mode = count > 2 ? (int)number(words[2]) : 0;

	return opened(open(words[0], (int)flags(words[1], open_flags), mode));
}

static long do_reopen(int count, char **words)
{
	char path[64];

	(void)count;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", current);
	return opened(open(path, (int)flags(words[0], open_flags)));
}

static long do_close(int count, char **words)
{
	long result = outcome(close(current));

	(void)count, (void)words;
	current = -1;
	return result;
}

static long do_save(int count, char **words)
{
	(void)count;
	saved[number(words[0]) & 15] = current;
	return SILENT;
}

static long do_use(int count, char **words)
{
	(void)count;
	current = saved[number(words[0]) & 15];
	return SILENT;
}

static long do_fd(int count, char **words)
{
	(void)count;
	current = (int)number(words[0]);
	return SILENT;
}

static long do_swap(int count, char **words)
{
	int first = current;

	(void)count, (void)words;
	current = other;
	other = first;
	return SILENT;
}

/* Reads once, or until the end if @all; answers the text or only how much it is. */
static long read_some(int fd, size_t size, off_t offset, int all, int text)
{
	char *buffer = malloc(size + 1);
	size_t length = 0;
	long part;

	if (!buffer)
		return -ENOMEM;
	do {
		if (length == size) {
			size *= 2;
			buffer = realloc(buffer, size + 1);
			if (!buffer)
				return -ENOMEM;
		}
		part = offset < 0 ? read(fd, buffer + length, size - length)
				  : pread(fd, buffer + length, size - length, offset);
		if (part > 0)
			length += (size_t)part;
	} while (all && part > 0);
	part = outcome(part);
	if (part >= 0 && text)
		answer_text(buffer, length);
	else if (part >= 0)
		answer_number((long)length);
	free(buffer);
	return part;
}

static long do_read(int count, char **words)
{
	return count ? read_some(current, (size_t)number(words[0]), -1, 0, 1)
		     : read_some(current, 4096, -1, 1, 1);
}

static long do_readn(int count, char **words)
{
	return count ? read_some(current, (size_t)number(words[0]), -1, 0, 0)
		     : read_some(current, 4096, -1, 1, 0);
}

static long do_pread(int count, char **words)
{
	(void)count;
	return read_some(current, (size_t)number(words[0]), number(words[1]), 0, 1);
}

static long do_readfile(int count, char **words)
{
	int fd = open(words[0], O_RDONLY);
	long result;

	(void)count;
	if (fd < 0)
		return -errno;
	result = read_some(fd, 4096, -1, 1, 1);
	close(fd);
	return result;
}

static long do_write(int count, char **words)
{
	size_t length = decode(words[0]);
	long result = outcome(write(current, words[0], length));

	(void)count;
	if (result >= 0)
		answer_number(result);
	return result;
}

static long do_writefile(int count, char **words)
{
	size_t length = decode(words[1]);
	int fd = open(words[0], O_WRONLY);
	long result;

	(void)count;
	if (fd < 0)
		return -errno;
	result = outcome(write(fd, words[1], length));
	if (result >= 0)
		answer_number(result);
	close(fd);
	return result;
}

/* The lowest page is never mapped. */
static long do_badread(int count, char **words)
{
	long result = outcome(syscall(SYS_read, current, 8, number(words[0])));

	(void)count;
	if (result >= 0)
		answer_number(result);
	return result;
}

static long do_badwrite(int count, char **words)
{
	long result = outcome(syscall(SYS_write, current, 8, number(words[0])));

	(void)count;
	if (result >= 0)
		answer_number(result);
	return result;
}

static long do_lseek(int count, char **words)
{
	int whence = count > 1 ? (int)number(words[1]) : SEEK_SET;
	long result = outcome(lseek(current, number(words[0]), whence));

	if (result >= 0)
		answer_number(result);
	return result;
}

static long do_poll(int count, char **words)
{
	struct pollfd question = { current, !strcmp(words[0], "out") ? POLLOUT : POLLIN, 0 };
	long result = outcome(poll(&question, 1, count > 1 ? (int)number(words[1]) : 0));

	if (result < 0)
		return result;
	if (question.revents & POLLIN)
		answer_text("in", 2);
	if (question.revents & POLLOUT)
		answer_text("out", 3);
	if (question.revents & (POLLERR | POLLHUP | POLLNVAL))
		answer_text("err", 3);
	if (!question.revents)
		answer_text("none", 4);
	return result;
}

static long describe(long result, const struct stat *status)
{
	char text[64];

	if (result < 0)
		return -errno;
	answer_text(text, (size_t)snprintf(text, sizeof(text), "%06o", status->st_mode));
	answer_number(status->st_uid);
	answer_number(status->st_gid);
	answer_number(status->st_size);
	return 0;
}

static long do_stat(int count, char **words)
{
	struct stat status;

	(void)count;
	return describe(stat(words[0], &status), &status);
}

static long do_lstat(int count, char **words)
{
	struct stat status;

	(void)count;
	return describe(lstat(words[0], &status), &status);
}

static long do_fstat(int count, char **words)
{
	struct stat status;

	(void)count, (void)words;
	return describe(fstat(current, &status), &status);
}

static long do_statx(int count, char **words)
{
	struct statx status;

	(void)count;
	return outcome(statx(AT_FDCWD, words[0], 0, STATX_BASIC_STATS, &status));
}

static long do_access(int count, char **words)
{
	(void)count;
	return outcome(access(words[0], R_OK));
}

static long do_readlink(int count, char **words)
{
	char target[4096];
	long result = outcome(readlink(words[0], target, sizeof(target)));

	(void)count;
	if (result >= 0)
		answer_text(target, (size_t)result);
	return result;
}

static long do_mkdir(int count, char **words)
{
	(void)count;
	return outcome(mkdir(words[0], (mode_t)number(words[1])));
}

static long do_rmdir(int count, char **words)
{
	(void)count;
	return outcome(rmdir(words[0]));
}

static long do_unlink(int count, char **words)
{
	(void)count;
	return outcome(unlink(words[0]));
}

static long do_link(int count, char **words)
{
	(void)count;
	return outcome(link(words[0], words[1]));
}

/* Gives the current descriptor's file a name, as one does with O_TMPFILE. */
static long do_linkfd(int count, char **words)
{
	char path[64];

	(void)count;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", current);
	return outcome(linkat(AT_FDCWD, path, AT_FDCWD, words[0], AT_SYMLINK_FOLLOW));
}

static long do_symlink(int count, char **words)
{
	(void)count;
	return outcome(symlink(words[0], words[1]));
}

static long do_rename(int count, char **words)
{
	(void)count;
	return outcome(rename(words[0], words[1]));
}

static long do_exchange(int count, char **words)
{
	(void)count;
	return outcome(renameat2(AT_FDCWD, words[0], AT_FDCWD, words[1], RENAME_EXCHANGE));
}

static long do_truncate(int count, char **words)
{
	(void)count;
	return outcome(truncate(words[0], number(words[1])));
}

static long do_ftruncate(int count, char **words)
{
	(void)count;
	return outcome(ftruncate(current, number(words[0])));
}

static long do_chmod(int count, char **words)
{
	(void)count;
	return outcome(chmod(words[0], (mode_t)number(words[1])));
}

static long do_fchmod(int count, char **words)
{
	(void)count;
	return outcome(fchmod(current, (mode_t)number(words[0])));
}

static long do_chown(int count, char **words)
{
	(void)count;
	return outcome(chown(words[0], (uid_t)number(words[1]), (gid_t)number(words[2])));
}

static long do_lchown(int count, char **words)
{
	(void)count;
	return outcome(lchown(words[0], (uid_t)number(words[1]), (gid_t)number(words[2])));
}

static long do_fchown(int count, char **words)
{
	(void)count;
	return outcome(fchown(current, (uid_t)number(words[0]), (gid_t)number(words[1])));
}

static long do_mknod(int count, char **words)
{
	mode_t mode = (mode_t)(flags(words[1], file_types) | (unsigned long)number(words[2]));
	dev_t device = count > 4 ? makedev(number(words[3]), number(words[4])) : 0;
	/* Not the library's: a result other than 0 and -1 is to be seen. */
	long result = outcome(syscall(SYS_mknod, words[0], mode, device));

	if (result > 0)
		answer_number(result);
	return result;
}

static long do_ioctl(int count, char **words)
{
	unsigned long argument = count > 1 ? (unsigned long)number(words[1]) : 0;

	return outcome(ioctl(current, (unsigned long)number(words[0]), argument));
}

static long do_setfl(int count, char **words)
{
	int set = !strcmp(words[0], "none") ? 0 : (int)flags(words[0], open_flags);

	(void)count;
	return outcome(fcntl(current, F_SETFL, set));
}

static long do_chdir(int count, char **words)
{
	(void)count;
	return outcome(chdir(words[0]));
}

static long do_umask(int count, char **words)
{
	(void)count;
	umask((mode_t)number(words[0]));
	return SILENT;
}

static long do_memfd(int count, char **words)
{
	(void)count;
	return opened(memfd_create(words[0], 0));
}

static long do_eventfd(int count, char **words)
{
	(void)count, (void)words;
	return opened(eventfd(0, 0));
}

static long do_pipe(int count, char **words)
{
	int ends[2];

	(void)count, (void)words;
	if (pipe(ends) < 0)
		return -errno;
	current = ends[0];
	other = ends[1];
	return 0;
}

const struct command file_commands[] = {
	{ "open", 2, 3, do_open },     /* PATH FLAG[,FLAG]... [MODE] */
	{ "reopen", 1, 1, do_reopen }, /* FLAGS: through /proc/self/fd */
	{ "close", 0, 0, do_close },
	{ "save", 1, 1, do_save },   /* N: keeps the current descriptor for "use N" */
	{ "use", 1, 1, do_use },     /* N */
	{ "fd", 1, 1, do_fd },	     /* NUMBER: an inherited descriptor becomes the current one */
	{ "swap", 0, 0, do_swap },   /* to the other end of a pipe or socketpair */
	{ "read", 0, 1, do_read },   /* [N]: once up to N bytes; without N to the end */
	{ "readn", 0, 1, do_readn }, /* the same, answers only the number of bytes */
	{ "pread", 2, 2, do_pread }, /* N OFFSET */
	{ "readfile", 1, 1, do_readfile },   /* PATH */
	{ "write", 1, 1, do_write },	     /* TEXT, with C escapes */
	{ "writefile", 2, 2, do_writefile }, /* PATH TEXT */
	{ "badread", 1, 1, do_badread },     /* N: to an address where nothing is */
	{ "badwrite", 1, 1, do_badwrite },   /* N */
	{ "lseek", 1, 2, do_lseek },	     /* OFFSET [WHENCE] */
	{ "poll", 1, 2, do_poll },	     /* in|out [MILLISECONDS] */
	{ "fstat", 0, 0, do_fstat },
	{ "stat", 1, 1, do_stat },
	{ "lstat", 1, 1, do_lstat },
	{ "statx", 1, 1, do_statx },
	{ "access", 1, 1, do_access },
	{ "readlink", 1, 1, do_readlink },
	{ "mkdir", 2, 2, do_mkdir }, /* PATH MODE */
	{ "rmdir", 1, 1, do_rmdir },
	{ "unlink", 1, 1, do_unlink },
	{ "link", 2, 2, do_link },
	{ "linkfd", 1, 1, do_linkfd },	 /* PATH */
	{ "symlink", 2, 2, do_symlink }, /* TARGET PATH */
	{ "rename", 2, 2, do_rename },
	{ "exchange", 2, 2, do_exchange },
	{ "truncate", 2, 2, do_truncate },   /* PATH LENGTH */
	{ "ftruncate", 1, 1, do_ftruncate }, /* LENGTH */
	{ "chmod", 2, 2, do_chmod },	     /* PATH MODE */
	{ "fchmod", 1, 1, do_fchmod },	     /* MODE */
	{ "chown", 3, 3, do_chown },	     /* PATH UID GID; -1: leave it */
	{ "lchown", 3, 3, do_lchown },
	{ "fchown", 2, 2, do_fchown }, /* UID GID */
	{ "mknod", 3, 5, do_mknod },   /* PATH none|file|fifo|sock|block|char MODE [MAJOR MINOR] */
	{ "ioctl", 1, 2, do_ioctl },   /* COMMAND [ARGUMENT] */
	{ "setfl", 1, 1, do_setfl },   /* none|append */
	{ "chdir", 1, 1, do_chdir },
	{ "umask", 1, 1, do_umask },
	{ "memfd", 1, 1, do_memfd }, /* NAME */
	{ "eventfd", 0, 0, do_eventfd },
	{ "pipe", 0, 0, do_pipe }, /* current: the end to read from; swap: the one to write to */
	{ NULL, 0, 0, NULL },
};
