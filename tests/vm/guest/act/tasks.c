// SPDX-License-Identifier: GPL-2.0-only
/* Commands of act for tasks: programs, children, threads, identities, and the task's own domain. */
#include "act.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <time.h>
#include <unistd.h>

/* Who starts act may have opened self_domain as this descriptor: then no open comes between. */
#define SELF_DOMAIN_FD 8
#define SELF_DOMAIN    "/sys/kernel/security/tomoyo/self_domain"

extern char **environ;

static const struct flag namespaces[] = {
	{ "mnt", CLONE_NEWNS },	 { "net", CLONE_NEWNET }, { "user", CLONE_NEWUSER },
	{ "pid", CLONE_NEWPID }, { "ipc", CLONE_NEWIPC }, { NULL, 0 },
};

static long do_exec(int count, char **words)
{
	strip_braces(&count, &words);
	return outcome(execve(words[0], words, environ));
}

static long do_execargv(int count, char **words)
{
	const char *path = words[0];

	count--;
	words++;
	strip_braces(&count, &words);
	return outcome(syscall(SYS_execve, path, words, environ));
}

static long do_execenv(int count, char **words)
{
	size_t room = strlen(words[0]) + 2;
	char **environment = calloc(room, sizeof(char *));
	char *rest = words[0];
	char *variable;
	size_t i = 0;

	if (!environment)
		return -ENOMEM;
	while (*rest && (variable = strsep(&rest, ","))) {
		decode(variable);
		environment[i++] = variable;
		if (!rest)
			break;
	}
	count--;
	words++;
	strip_braces(&count, &words);
	return outcome(execve(words[0], words, environment));
}

static long do_fexec(int count, char **words)
{
	int fd;

	strip_braces(&count, &words);
	/* O_PATH: opening to read would be a request of its own. */
	fd = open(words[0], O_PATH);
	if (fd < 0)
		return -errno;
	return outcome(syscall(SYS_execveat, fd, "", words, environ, AT_EMPTY_PATH));
}

static long do_execat(int count, char **words)
{
	int fd = open(words[0], O_PATH | O_DIRECTORY);

	if (fd < 0)
		return -errno;
	count--;
	words++;
	strip_braces(&count, &words);
	return outcome(syscall(SYS_execveat, fd, words[0], words, environ, 0));
}

static long do_spawn(int count, char **words)
{
	/* The child of vfork() shares our memory: this is how it tells why it could not execute. */
	volatile int error = 0;
	int status;
	pid_t pid;

	strip_braces(&count, &words);
	pid = vfork();
	if (!pid) {
		execve(words[0], words, environ);
		error = errno;
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return -errno;
	if (error)
		return -error;
	answer_number(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}

static long do_fork(int count, char **words)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		return -errno;
	if (!pid) {
		int before = failed(0);

		strip_braces(&count, &words);
		run_list(count, words);
		_exit(failed(0) - before);
	}
	if (waitpid(pid, &status, 0) < 0)
		return -errno;
	failed(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	return SILENT;
}

/*
 * A lease on the file holds who opens it, after its name has been looked up, until the lease is
 * given back; the signal says that somebody waits.
 */
static long do_execheld(int count, char **words)
{
	struct timespec patience = { 5, 0 };
	sigset_t signals;
	int length = 0;
	pid_t pid;
	int status;
	int fd;

	while (2 + length < count && strcmp(words[2 + length], "}"))
		length++;
	sigemptyset(&signals);
	sigaddset(&signals, SIGIO);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	fd = open(words[0], O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fcntl(fd, F_SETLEASE, F_WRLCK) < 0)
		return -errno;
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		close(fd);
		words += 2 + length;
		words[0] = "exec";
		run_list(count - 2 - length, words);
		_exit(1);
	}
	if (sigtimedwait(&signals, NULL, &patience) == SIGIO)
		run_list(length, words + 2);
	fcntl(fd, F_SETLEASE, F_UNLCK);
	close(fd);
	if (waitpid(pid, &status, 0) < 0)
		return -errno;
	failed(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	return SILENT;
}

struct list {
	int count;
	char **words;
};

static void *thread(void *argument)
{
	struct list *list = argument;

	run_list(list->count, list->words);
	return NULL;
}

static long do_thread(int count, char **words)
{
	struct list list;
	pthread_t id;
	int error;

	strip_braces(&count, &words);
	list = (struct list){ count, words };
	error = pthread_create(&id, NULL, thread, &list);
	if (error)
		return -error;
	pthread_join(id, NULL);
	return SILENT;
}

/* One line of words, separated by blanks. */
static void run_line(char *line)
{
	char *words[256];
	int count = 0;
	char *word;

	while (count < 255 && (word = strsep(&line, " ")))
		if (*word)
			words[count++] = word;
	words[count] = NULL;
	run_list(count, words);
}

static long do_stdin(int count, char **words)
{
	char line[4096];
	size_t length = 0;

	(void)count, (void)words;
	/* One byte at a time: what a program started from here wants to read is left alone. */
	while (length < sizeof(line) && read(STDIN_FILENO, line + length, 1) == 1) {
		if (line[length] != '\n') {
			length++;
			continue;
		}
		line[length] = '\0';
		run_line(line);
		length = 0;
	}
	return SILENT;
}

static long do_setuid(int count, char **words)
{
	long id = number(words[0]);

	(void)count;
	/* Not the library's setuid(), which calls all threads. */
	return outcome(syscall(SYS_setresuid, id, id, id));
}

static long do_setgid(int count, char **words)
{
	long id = number(words[0]);

	(void)count;
	return outcome(syscall(SYS_setresgid, id, id, id));
}

static long do_seteuid(int count, char **words)
{
	(void)count;
	return outcome(syscall(SYS_setresuid, -1, number(words[0]), -1));
}

static long do_setegid(int count, char **words)
{
	(void)count;
	return outcome(syscall(SYS_setresgid, -1, number(words[0]), -1));
}

static long do_setfsuid(int count, char **words)
{
	(void)count;
	syscall(SYS_setfsuid, number(words[0]));
	return 0;
}

static long do_setfsgid(int count, char **words)
{
	(void)count;
	syscall(SYS_setfsgid, number(words[0]));
	return 0;
}

static long do_setgroups(int count, char **words)
{
	gid_t groups[32];
	int i;

	for (i = 0; i < count && i < 32; i++)
		groups[i] = (gid_t)number(words[i]);
	return outcome(syscall(SYS_setgroups, i, groups));
}

static long do_unshare(int count, char **words)
{
	(void)count;
	return outcome(unshare((int)flags(words[0], namespaces)));
}

static int self_domain(int how)
{
	int fd = fcntl(SELF_DOMAIN_FD, F_GETFD) < 0 ? -1 : dup(SELF_DOMAIN_FD);

	return fd >= 0 ? fd : open(SELF_DOMAIN, how);
}

static long do_self(int count, char **words)
{
	char name[8192];
	int fd = self_domain(O_RDONLY);
	long result;

	(void)count, (void)words;
	if (fd < 0)
		return -errno;
	/* At offset 0, since the descriptor may have been read from before. */
	result = outcome(pread(fd, name, sizeof(name), 0));
	close(fd);
	if (result >= 0)
		answer_text(name, (size_t)result);
	return result;
}

static long do_transit(int count, char **words)
{
	size_t length = decode(words[0]);
	int fd = self_domain(O_WRONLY);
	long result;

	(void)count;
	if (fd < 0)
		return -errno;
	result = outcome(write(fd, words[0], length));
	close(fd);
	return result;
}

static long do_pid(int count, char **words)
{
	(void)count, (void)words;
	answer_number(getpid());
	return 0;
}

static long do_tid(int count, char **words)
{
	(void)count, (void)words;
	answer_number(syscall(SYS_gettid));
	return 0;
}

static long do_pidfd(int count, char **words)
{
	(void)count, (void)words;
	return opened(syscall(SYS_pidfd_open, getpid(), 0));
}

static long do_sleep(int count, char **words)
{
	(void)count;
	usleep((useconds_t)(number(words[0]) * 1000));
	return SILENT;
}

static long do_waitfd(int count, char **words)
{
	char byte;

	(void)count;
	return read((int)number(words[0]), &byte, 1) < 0 ? -errno : SILENT;
}

const struct command task_commands[] = {
	{ "exec", 1, -1, do_exec },	    /* PATH [ARGUMENT]...: argv[0] is PATH */
	{ "execargv", 1, -1, do_execargv }, /* PATH [ARGV0 [ARGUMENT]...] */
	{ "execenv", 2, -1,
	  do_execenv },			/* 'A=1,B=2' PATH [ARGUMENT]...: C escapes in the values */
	{ "fexec", 1, -1, do_fexec },	/* PATH [ARGUMENT]...: by a descriptor and "" */
	{ "execat", 2, -1, do_execat }, /* DIR NAME [ARGUMENT]... */
	{ "spawn", 1, -1, do_spawn }, /* PATH [ARGUMENT]...: in a child; answers its exit status */
	{ "fork", 1, -1,
	  do_fork }, /* COMMAND... or { COMMAND... : ... }: in a child, no own line */
	{ "execheld", 5, -1,
	  do_execheld }, /* FILE { COMMAND... } PATH [ARGUMENT]...: while FILE is being opened */
	{ "thread", 1, -1, do_thread }, /* the same in a thread */
	{ "stdin", 0, 0, do_stdin },	/* runs the lines of the standard input */
	{ "setuid", 1, 1, do_setuid },	/* of the calling thread: real, effective, saved */
	{ "setgid", 1, 1, do_setgid },
	{ "seteuid", 1, 1, do_seteuid },
	{ "setegid", 1, 1, do_setegid },
	{ "setfsuid", 1, 1, do_setfsuid },
	{ "setfsgid", 1, 1, do_setfsgid },
	{ "setgroups", 0, -1, do_setgroups }, /* [GID]... */
	{ "unshare", 1, 1, do_unshare },      /* mnt|net|user|pid|ipc[,...] */
	{ "self", 0, 0, do_self },	      /* the name of the thread's domain */
	{ "transit", 1, 1, do_transit },      /* TEXT: written to self_domain */
	{ "pid", 0, 0, do_pid },
	{ "tid", 0, 0, do_tid },
	{ "pidfd", 0, 0, do_pidfd },
	{ "sleep", 1, 1, do_sleep },   /* MILLISECONDS */
	{ "waitfd", 1, 1, do_waitfd }, /* NUMBER: until something, or the end, can be read there */
	{ NULL, 0, 0, NULL },
};
