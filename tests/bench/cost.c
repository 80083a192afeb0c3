// SPDX-License-Identifier: GPL-2.0-only
/*
 * cost: what system calls take, one line "NAME<TAB>TICKS" for each. The guest of kernel.sh, whose
 * time stamp counter counts instructions.
 *
 * Of many calls the middle one counts, when caches are warm. Of executions it is the cheapest, as
 * what memory they get is a matter of chance.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

enum {
	WARM = 20,
	CALLS = 60,
};

static const char name[] = "/tmp/bench/f0", other[] = "/tmp/bench/f1", new[] = "/tmp/bench/new";
static const char directory[] = "/tmp/bench/dir", program[] = "/tmp/bench/exit";
static int file, datagram;

static long do_getpid(void)
{
	return syscall(SYS_getpid);
}

static long do_fstat(void)
{
	struct stat status;

	return fstat(file, &status);
}

static long do_stat(void)
{
	struct stat status;

	return stat(name, &status);
}

static long do_open(void)
{
	return close(open(name, O_RDONLY));
}

static long do_open_rw(void)
{
	return close(open(name, O_RDWR));
}

static long do_ioctl(void)
{
	int waiting;

	return ioctl(file, FIONREAD, &waiting);
}

static long do_truncate(void)
{
	return truncate(name, 0);
}

static long do_chmod(void)
{
	return chmod(name, 0600);
}

static long do_create(void)
{
	return close(open(new, O_WRONLY | O_CREAT | O_EXCL, 0600)) | unlink(new);
}

static long do_mkdir(void)
{
	return mkdir(directory, 0700) | rmdir(directory);
}

static long do_rename(void)
{
	return rename(name, other) | rename(other, name);
}

static long do_sendto(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(9) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	/* Nobody listens: the answer to one is the error of the next. */
	sendto(datagram, "x", 1, 0, (struct sockaddr *)&address, sizeof(address));
	return 0;
}

static long do_execute(void)
{
	static char *const arguments[] = { (char *)program, NULL };
	static char *const environment[] = { NULL };
	int status = 0;
	pid_t child = vfork();

	if (!child) {
		execve(program, arguments, environment);
		_exit(1);
	}
	return waitpid(child, &status, 0) != child || status;
}

static const struct {
	const char *name;
	long (*run)(void);
	int minimum;
} calls[] = {
	{ "getpid", do_getpid, 0 },
	{ "fstat", do_fstat, 0 },
	{ "stat", do_stat, 0 },
	{ "open_close", do_open, 0 },
	{ "open_close_rw", do_open_rw, 0 },
	{ "ioctl", do_ioctl, 0 },
	{ "truncate", do_truncate, 0 },
	{ "chmod", do_chmod, 0 },
	{ "create_unlink", do_create, 0 },
	{ "mkdir_rmdir", do_mkdir, 0 },
	{ "rename_twice", do_rename, 0 },
	{ "udp_sendto", do_sendto, 0 },
	{ "vfork_exec_wait", do_execute, 1 },
};

static int compare(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a, y = *(const unsigned long long *)b;

	return x < y ? -1 : x > y;
}

static void measure(unsigned int n)
{
	unsigned long long ticks[CALLS];
	int i;

	for (i = -WARM; i < CALLS; i++) {
		unsigned long long begin = __rdtsc();
		long error = calls[n].run();
		unsigned long long end = __rdtsc();

		if (error && calls[n].run != do_getpid) {
			printf("cost: %s fails\n", calls[n].name);
			exit(1);
		}
		if (i >= 0)
			ticks[i] = end - begin;
	}
	qsort(ticks, CALLS, sizeof(ticks[0]), compare);
	printf("%s\t%llu\n", calls[n].name, ticks[calls[n].minimum ? 0 : CALLS / 2]);
}

int main(int argc, char **argv)
{
	unsigned int i;

	if (!strcmp(argv[0], program))
		return 0;
	(void)argc;
	file = open(name, O_RDWR);
	datagram = socket(AF_INET, SOCK_DGRAM, 0);
	if (file < 0 || datagram < 0) {
		puts("cost: cannot begin");
		return 1;
	}
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		measure(i);
	return 0;
}
