// SPDX-License-Identifier: GPL-2.0-only
/*
 * storm: does everything at once that the kernel's TOMOYO can be asked to do, and says what did not
 * hold.
 *
 * usage: storm [SECONDS [SEED [WORKER]...]]
 *
 * Its workers are processes, each of which checks what must hold whatever the others do; they are
 * killed and started again at random. In the end everything must be as it was. The exit status is 0
 * when nobody has complained. It must be a manager.
 */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PROCESSES = 128,
	PATIENCE = 90, /* seconds for the workers to end: answers to queries may take 10 each */
};

struct process {
	const struct worker *worker;
	unsigned int number;
	pid_t pid;
};

struct shared {
	atomic_bool stop;
	atomic_ulong events[EVENTS];
	struct process processes[PROCESSES];
	unsigned int used;
};

static struct shared *shared;

static pid_t origin;

const struct worker workers[] = {
	{ "granted", granted, 3 },
	{ "denied", denied, 1 },
	{ "tree", tree, 3 },
	{ "programs", programs, 2 },
	{ "moving programs", moving_programs, 1 },
	{ "mover", mover, 1 },
	{ "mounts", mounts, 1 },
	{ "enforced mounts", enforced_mounts, 1 },
	{ "sockets", sockets, 1 },
	{ "learners", learners, 2 },
	{ "owners", owners, 2 },
	{ "exception owners", exception_owners, 1 },
	{ "churners", churners, 2 },
	{ "deleters", deleters, 1 },
	{ "inhabitants", inhabitants, 2 },
	{ "moods", moods, 1 },
	{ "moody", moody, 1 },
	{ "wanderers", wanderers, 1 },
	{ "threads", threads, 1 },
	{ "readers", readers, 2 },
	{ "auditors", auditors, 1 },
	{ "askers", askers, 2 },
	{ "answerers", answerers, 2 },
	{ "quotas", quotas, 1 },
};
const unsigned int worker_kinds = sizeof(workers) / sizeof(workers[0]);

void count_event(enum storm_event event)
{
	atomic_fetch_add_explicit(&shared->events[event], 1, memory_order_relaxed);
}

bool storm_blows(void)
{
	/* What is done quickly leaves time to what is not. */
	if (!chance(20))
		pause_ms(1);
	return !atomic_load(&shared->stop);
}

pid_t storm_origin(void)
{
	return origin;
}

pid_t storm_someone(void)
{
	return shared->processes[chance(shared->used)].pid;
}

int storm_enter(const char *name)
{
	char domain[256];
	int fd = node_open("self_domain", O_RDWR), error;

	if (fd < 0)
		die("no self_domain");
	snprintf(domain, sizeof(domain), "<kernel> /storm/%s", name);
	error = enter_domain(fd, domain);
	if (error)
		complain("entering %s: %s", domain, error_name(error));
	return fd;
}

void storm_must_be_in(int fd, const char *domain)
{
	char name[4096];

	own_domain(fd, name, sizeof(name));
	if (strcmp(name, domain))
		complain("is in domain '%s' instead of '%s'", name, domain);
}

pid_t storm_fork(void)
{
	pid_t parent = getpid(), child = fork();

	if (child < 0)
		die("fork");
	if (!child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		chance_seed((unsigned int)getpid());
	}
	return child;
}

int storm_wait(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void start(struct process *process)
{
	unsigned int seed = chance(1u << 31);
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid) {
		process->pid = pid;
		return;
	}
	chance_seed(seed);
	report_name(process->worker->name);
	process->worker->run(process->number);
	_exit(0);
}

static bool chosen(const struct worker *worker, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++)
		if (!strcmp(*names, worker->name))
			return true;
	return false;
}

static void start_all(char **names)
{
	unsigned int kind, number;

	for (kind = 0; kind < worker_kinds; kind++) {
		if (!chosen(&workers[kind], names))
			continue;
		for (number = 0; number < workers[kind].copies; number++) {
			struct process *process = &shared->processes[shared->used++];

			process->worker = &workers[kind];
			process->number = number;
			process->pid = origin;
			start(process);
		}
	}
}

static struct process *find(pid_t pid)
{
	unsigned int i;

	for (i = 0; i < shared->used; i++)
		if (shared->processes[i].pid == pid)
			return &shared->processes[i];
	return NULL;
}

/* Those that were killed begin again. Others come here as well, their parents having been killed.
 */
static void restart_ended(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct process *process = find(pid);

		if (!process)
			continue;
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
			complain("%s ended with status %#x", process->worker->name, status);
		start(process);
	}
}

static unsigned long operations(void)
{
	unsigned long sum = 0;
	unsigned int i;

	for (i = 0; i < EVENTS; i++)
		sum += atomic_load(&shared->events[i]);
	return sum;
}

static void blow(unsigned int seconds)
{
	double begin = seconds_now(), said = begin;

	while (seconds_now() - begin < seconds) {
		pause_ms(50 + chance(400));
		kill(shared->processes[chance(shared->used)].pid, SIGKILL);
		COUNT(killed);
		restart_ended();
		if (seconds_now() - said < 10)
			continue;
		said = seconds_now();
		printf("storm: %.0f s, %lu operations, %d complaints\n", said - begin, operations(),
		       complaints());
		fflush(stdout);
	}
}

static void complain_of_hanging(void)
{
	unsigned int i;

	for (i = 0; i < shared->used; i++) {
		const struct process *process = &shared->processes[i];
		char path[64], where[64] = "";
		int fd;

		if (kill(process->pid, 0))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/wchan", process->pid);
		fd = open(path, O_RDONLY);
		if (fd >= 0 && read(fd, where, sizeof(where) - 1) < 0)
			where[0] = '\0';
		close(fd);
		complain("%s does not end; it waits in %s", process->worker->name, where);
		kill(process->pid, SIGKILL);
	}
}

static void stop_all(void)
{
	double begin = seconds_now();
	pid_t pid;
	int status;

	atomic_store(&shared->stop, true);
	while ((pid = waitpid(-1, &status, WNOHANG)) >= 0) {
		const struct process *process = pid ? find(pid) : NULL;

		if (process && status && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
			complain("%s ended with status %#x", process->worker->name, status);
		if (pid)
			continue;
		pause_ms(20);
		if (seconds_now() - begin > PATIENCE) {
			complain_of_hanging();
			break;
		}
	}
}

static void print_events(unsigned int seconds, bool all)
{
	static const char *const names[EVENTS] = {
#define STORM_EVENT(name) #name,
		STORM_EVENTS(STORM_EVENT)
#undef STORM_EVENT
	};
	unsigned int i;

	for (i = 0; i < EVENTS; i++) {
		unsigned long times = atomic_load(&shared->events[i]);

		printf("storm: %-20s %lu\n", names[i], times);
		if (!times && all && seconds >= 60)
			complain("not once in %u seconds: %s", seconds, names[i]);
	}
	fflush(stdout);
}

/* What is left, for whoever wonders. */
static void print_policy(void)
{
	static const char *const nodes[] = { "domain_policy", "exception_policy", "manager",
					     "profile" };
	unsigned int i;

	for (i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
		char *text = node_read(nodes[i], NULL);

		printf("storm: %s:\n%s\n", nodes[i], text);
		free(text);
	}
}

static void must_return(const char *title, long before, long after)
{
	printf("storm: %s %ld before, %ld after\n", title, before, after);
	fflush(stdout);
	if (after <= before)
		return;
	print_policy();
	complain("%s %ld before, %ld after", title, before, after);
}

int main(int argc, char **argv)
{
	unsigned int seconds, seed;
	long memory;

	if (argc > 1 && (!strcmp(argv[1], "program") || !strcmp(argv[1], "script")))
		return program_main(argc, argv);
	seconds = argc > 1 ? (unsigned int)atoi(argv[1]) : 300;
	seed = argc > 2 ? (unsigned int)atoi(argv[2]) : (unsigned int)getpid();
	printf("storm: %u seconds, seed %u\n", seconds, seed);
	report_setup();
	shared = shared_memory(sizeof(*shared));
	origin = getpid();
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	chance_seed(seed);
	umask(0);

	place_make();
	memory = collected_memory(0);
	place_policy();
	start_all(argc > 3 ? argv + 3 : argv + argc);
	blow(seconds);
	stop_all();
	print_events(seconds, argc <= 3);
	place_clear();
	must_return("memory used by policy:", memory, collected_memory(memory));
	must_return("memory used by audit log:", 0, stat_value("Memory used by audit log:"));
	must_return("memory used by queries:", 0, stat_value("Memory used by query message:"));
	printf("storm: %lu operations, %d complaints\n", operations(), complaints());
	return complaints() ? 1 : 0;
}
