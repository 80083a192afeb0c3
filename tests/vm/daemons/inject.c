// SPDX-License-Identifier: GPL-2.0-only
// inject PID: makes a running daemon do what an attacker would, who has code executed in it.
//
// Each attack is a system call of the process itself, made through ptrace(2): its domain, its user,
// its open files. For each one line is printed: what was tried, and "ok" or the name of the error.
// The process goes on afterwards as if nothing had been, but for the last attack: when that
// succeeds, the daemon has become a shell and is killed.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t victim;
static struct user_regs_struct before;
static unsigned long scratch; // memory of the victim below its stack
static int became;	      // another program was executed

static void fail(const char *what)
{
	perror(what);
	exit(2);
}

// Copies into the victim's memory at scratch + offset, and returns where that is.
static unsigned long put(unsigned int offset, const void *data, size_t size)
{
	unsigned long at = scratch + offset;
	for (size_t i = 0; i < size; i += sizeof(long)) {
		long word = 0;
		memcpy(&word, (const char *)data + i,
		       size - i < sizeof word ? size - i : sizeof word);
		if (ptrace(PTRACE_POKEDATA, victim, at + i, word))
			fail("inject: writing the daemon's memory");
	}
	return at;
}

static unsigned long put_text(unsigned int offset, const char *text)
{
	return put(offset, text, strlen(text) + 1);
}

static long call(long number, unsigned long a, unsigned long b, unsigned long c, unsigned long d)
{
	struct user_regs_struct regs = before;
	int status;

	// No number of a call that waits to be restarted: that is for the registers from before.
	regs.orig_rax = -1;
	regs.rax = number;
	regs.rdi = a;
	regs.rsi = b;
	regs.rdx = c;
	regs.r10 = d;
	if (ptrace(PTRACE_SETREGS, victim, 0, &regs) || ptrace(PTRACE_SINGLESTEP, victim, 0, 0))
		fail("inject: starting a call");
	if (waitpid(victim, &status, __WALL) != victim || !WIFSTOPPED(status))
		fail("inject: the daemon has ended");
	if (status >> 16 == PTRACE_EVENT_EXEC) {
		became = 1;
		return 0;
	}
	if (ptrace(PTRACE_GETREGS, victim, 0, &regs))
		fail("inject: reading the result");
	return regs.rax;
}

static long tell(const char *what, long result)
{
	printf("%s %s\n", what, result < 0 ? strerrorname_np((int)-result) : "ok");
	return result;
}

static void attack_file(const char *what, const char *path, int flags)
{
	long fd = tell(what, call(SYS_openat, AT_FDCWD, put_text(0, path), flags, 0600));
	if (fd >= 0)
		call(SYS_close, fd, 0, 0, 0);
}

static void attack_socket(const char *what, long number, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(port),
				       .sin_addr = { htonl(INADDR_LOOPBACK) } };
	long fd = call(SYS_socket, AF_INET, SOCK_STREAM, 0, 0);
	if (fd < 0) {
		tell(what, fd);
		return;
	}
	tell(what, call(number, fd, put(0, &address, sizeof address), sizeof address, 0));
	call(SYS_close, fd, 0, 0, 0);
}

static void attack_shell(void)
{
	static const char *const words[] = { "/bin/sh", "-c", "exit 0" };
	unsigned long argv[4] = { 0 };
	long result;

	for (int i = 0; i < 3; i++)
		argv[i] = put_text(64 * i, words[i]);
	put(256, argv, sizeof argv);
	result = call(SYS_execve, argv[0], scratch + 256, scratch + 256 + 3 * sizeof argv[0], 0);
	tell("execute-shell", result);
	if (became)
		kill(victim, SIGKILL);
}

int main(int argc, char **argv)
{
	static const unsigned char instruction[] = { 0x0f, 0x05 };
	char planted[64];
	long word, old;
	int status;

	setvbuf(stdout, 0, _IOLBF, 0);
	if (argc != 2 || (victim = atoi(argv[1])) <= 0) {
		fputs("usage: inject PID\n", stderr);
		return 2;
	}
	if (ptrace(PTRACE_ATTACH, victim, 0, 0) || waitpid(victim, &status, __WALL) != victim)
		fail("inject: attaching");
	if (ptrace(PTRACE_SETOPTIONS, victim, 0, PTRACE_O_TRACEEXEC) ||
	    ptrace(PTRACE_GETREGS, victim, 0, &before))
		fail("inject: looking at the daemon");
	struct user_regs_struct original = before;
	scratch = (before.rsp - 2048) & ~63ul;
	old = ptrace(PTRACE_PEEKTEXT, victim, before.rip, 0);
	word = old;
	memcpy(&word, instruction, sizeof instruction);
	if (ptrace(PTRACE_POKETEXT, victim, before.rip, word))
		fail("inject: writing the daemon's code");

	attack_file("read-shadow", "/etc/shadow", O_RDONLY);
	attack_file("read-secret", "/srv/secret", O_RDONLY);
	attack_file("write-passwd", "/etc/passwd", O_WRONLY | O_APPEND);
	attack_file("write-public", "/srv/public/file", O_WRONLY | O_APPEND);
	snprintf(planted, sizeof planted, "/srv/public/planted-%d", (int)victim);
	attack_file("create-file", planted, O_WRONLY | O_CREAT | O_EXCL);
	tell("remove-file", call(SYS_unlink, put_text(0, "/srv/public/victim"), 0, 0, 0));
	attack_socket("connect-out", SYS_connect, 4444);
	attack_socket("bind-port", SYS_bind, 5555);
	attack_shell();
	if (became)
		return 0;
	if (ptrace(PTRACE_POKETEXT, victim, original.rip, old) ||
	    ptrace(PTRACE_SETREGS, victim, 0, &original) || ptrace(PTRACE_DETACH, victim, 0, 0))
		fail("inject: letting the daemon go on");
	return 0;
}
