// SPDX-License-Identifier: GPL-2.0-only
/* Failures anywhere in the kernel, at random, in tasks that write policy, use and execute things.
 */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SECONDS = 12,
	PERCENT = 4,
};

static const char policy[] = "file read /faults/file\n"
			     "file write /faults/\\*.a task.uid=0\n"
			     "file execute /faults/bin/prog\n"
			     "network inet dgram bind 127.0.0.1 1-1024\n"
			     "misc env CHAOS\n";

/* Whatever of it comes through, nothing of it lasts. */
static void write_policy(void)
{
	unsigned int n = chance(20);

	node_write("domain_policy",
		   "select <kernel> /faults/chaos\n"
		   "%sfile read /faults/chaos/\\*.%u task.uid=@CHAOS%u\n",
		   chance(2) ? "delete " : "", n, n % 3);
	node_write("domain_policy", "%s<kernel> /faults/chaos /faults/%u\n",
		   chance(2) ? "delete " : "", n);
	node_write("exception_policy", "%spath_group CHAOS%u /faults/\\*.%u\n",
		   chance(2) ? "delete " : "", n % 3, n);
	free(node_read("domain_policy", NULL));
	free(node_read("audit", NULL));
}

static void use_things(void)
{
	struct stat status;

	try_open("/faults/file", O_RDONLY);
	if (!try_open("/faults/never/file", O_RDONLY))
		complain("what is not granted was granted");
	if (!stat("/faults/never/file", &status))
		complain("what is not granted was granted");
	mkdir("/faults/never/x", 0700);
}

static void execute_things(void)
{
	char *arguments[] = { "/faults/bin/prog", "program", NULL };
	pid_t child = fork();

	if (!child) {
		execv(arguments[0], arguments);
		_exit(1);
	}
	if (child > 0)
		wait_for(child);
}

/* The loops are marked: what fails is theirs, not the test's. */
static pid_t start(const char *domain, void (*step)(void))
{
	pid_t child = fork();
	int self;
	char name[64];

	if (child < 0)
		die("fork");
	if (child)
		return child;
	chance_seed((unsigned int)getpid());
	self = node_open("self_domain", O_RDWR);
	inject_mark();
	if (domain) {
		snprintf(name, sizeof(name), "<kernel> /faults/%s", domain);
		if (enter_domain(self, name))
			complain("%s cannot be entered", name);
	}
	for (;;)
		step();
}

static void must_have_all(void)
{
	char *text = node_read("domain_policy", "select domain=<kernel> /faults/chaos\n");
	char copy[sizeof(policy)], *rest = copy, *line;

	memcpy(copy, policy, sizeof(policy));
	while ((line = strsep(&rest, "\n")) && *line)
		if (!text || !has_line(text, line))
			complain("'%s' is lost", line);
	free(text);
}

static void clear(void)
{
	unsigned int i;

	for (i = 0; i < 20; i++) {
		node_write("domain_policy", "delete <kernel> /faults/chaos /faults/%u\n", i);
		node_write("exception_policy", "delete path_group CHAOS%u /faults/\\*.%u\n", i % 3,
			   i);
	}
	node_write("domain_policy", "delete <kernel> /faults/chaos /faults/bin/prog\n");
	drop_domain("chaos");
}

void test_chaos(void)
{
	static void (*const steps[])(void) = { write_policy, use_things, execute_things };
	long memory = collected_memory(0), after;
	pid_t children[3];
	unsigned int i;

	define_domain("chaos", ENFORCING, policy);
	inject_choose(false);
	for (i = 0; i < 3; i++)
		children[i] = start(i ? "chaos" : NULL, steps[i]);
	pause_ms(500);
	inject_percent(PERCENT, true);
	pause_ms(SECONDS * 1000);
	inject_percent(0, true);
	inject_choose(true);
	for (i = 0; i < 3; i++) {
		kill(children[i], SIGKILL);
		wait_for(children[i]);
	}
	must_have_all();
	clear();
	free(node_read("audit", NULL));
	after = collected_memory(memory);
	if (after > memory)
		complain("%ld bytes of policy before, %ld after", memory, after);
}
