// SPDX-License-Identifier: GPL-2.0-only
/* A line of policy that meets lack of memory takes effect or does not; nothing else changes. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char baseline[] = "file read /faults/base/0\n"
			       "file read/write /faults/base/\\*.1\n"
			       "file read @FAULTS task.uid=0\n"
			       "file create /faults/base/2 0600\n"
			       "file rename /faults/base/3 /faults/base/\\{\\*\\}/4\n"
			       "network inet stream connect 10.0.0.1-10.0.0.9 80\n"
			       "misc env FAULTS\n";

/* One line and what takes it back. Lines of a domain go to <kernel> /faults/policy. */
static const struct change {
	const char *node, *line, *undo;
} changes[] = {
	{ "domain_policy", "file read /faults/new", "delete file read /faults/new" },
	{ "domain_policy", "file append /faults/base/0", "delete file append /faults/base/0" },
	{ "domain_policy", "file read/write /faults/\\{\\*\\}/\\*.new",
	  "delete file read/write /faults/\\{\\*\\}/\\*.new" },
	{ "domain_policy", "file read @FAULTS_NEW", "delete file read @FAULTS_NEW" },
	{ "domain_policy", "file link /faults/new /faults/new\\*",
	  "delete file link /faults/new /faults/new\\*" },
	{ "domain_policy", "file ioctl /faults/new @FAULTS_NEW",
	  "delete file ioctl /faults/new @FAULTS_NEW" },
	{ "domain_policy", "file mkblock /faults/new 0600-0777 8 0-16",
	  "delete file mkblock /faults/new 0600-0777 8 0-16" },
	{ "domain_policy", "file mount /faults/new /faults/newer/ newfs 0x1",
	  "delete file mount /faults/new /faults/newer/ newfs 0x1" },
	{ "domain_policy", "network inet dgram send @FAULTS_NEW 1000-2000",
	  "delete network inet dgram send @FAULTS_NEW 1000-2000" },
	{ "domain_policy", "network unix stream bind \\000faults.new",
	  "delete network unix stream bind \\000faults.new" },
	{ "domain_policy", "misc env FAULTS_NEW", "delete misc env FAULTS_NEW" },
	{ "domain_policy", "task manual_domain_transition <kernel> /faults/new",
	  "delete task manual_domain_transition <kernel> /faults/new" },
	{ "domain_policy",
	  "file read /faults/base/0 task.uid=@FAULTS_NEW path1.perm=0600 path1.parent.uid!=7-9",
	  "delete file read /faults/base/0 task.uid=@FAULTS_NEW path1.perm=0600 "
	  "path1.parent.uid!=7-9" },
	{ "domain_policy",
	  "file execute /faults/new <kernel> /faults/newer exec.argv[0]=\"new\" "
	  "exec.realpath=\"/faults/new\"",
	  "delete file execute /faults/new <kernel> /faults/newer exec.argv[0]=\"new\" "
	  "exec.realpath=\"/faults/new\"" },
	{ "domain_policy", "use_group 9", "delete use_group 9" },
	{ "domain_policy", "<kernel> /faults/policy /new", "delete <kernel> /faults/policy /new" },
	{ "exception_policy", "path_group FAULTS /faults/new",
	  "delete path_group FAULTS /faults/new" },
	{ "exception_policy", "path_group FAULTS_NEW /faults/\\{\\*\\}/new",
	  "delete path_group FAULTS_NEW /faults/\\{\\*\\}/new" },
	{ "exception_policy", "number_group FAULTS_NEW 1-077777",
	  "delete number_group FAULTS_NEW 1-077777" },
	{ "exception_policy", "address_group FAULTS_NEW 10.0.0.1-10.0.0.9",
	  "delete address_group FAULTS_NEW 10.0.0.1-10.0.0.9" },
	{ "exception_policy", "acl_group 99 file read /faults/new",
	  "delete acl_group 99 file read /faults/new" },
	{ "exception_policy", "aggregator /faults/\\* /faults/new",
	  "delete aggregator /faults/\\* /faults/new" },
	{ "exception_policy", "initialize_domain /faults/new from /faults/newer",
	  "delete initialize_domain /faults/new from /faults/newer" },
	{ "exception_policy", "keep_domain /faults/new from <kernel> /faults/newer",
	  "delete keep_domain /faults/new from <kernel> /faults/newer" },
	{ "manager", "/faults/new", "delete /faults/new" },
	{ "manager", "<kernel> /faults/new", "delete <kernel> /faults/new" },
	{ "profile", "210-COMMENT=something much longer than what is there", "210-COMMENT=faults" },
	{ "profile", "210-CONFIG::file::open={ mode=learning }",
	  "210-CONFIG::file::open={ mode=use_default }" },
};

/* All of the file: whatever changes, is seen. */
static char *view(const char *node)
{
	char *text = node_read(node, NULL);

	if (!text)
		die("%s cannot be read", node);
	return text;
}

static int write_line(const struct subject *subject, const struct change *change, const char *line,
		      unsigned int n, unsigned int *asked)
{
	int fd = node_open(change->node, O_WRONLY), error;
	char text[512];

	if (fd < 0)
		die("%s cannot be opened", change->node);
	if (!strcmp(change->node, "domain_policy"))
		write_all(fd, "select <kernel> /faults/policy\n", false);
	snprintf(text, sizeof(text), "%s\n", line);
	if (n)
		inject_nth(subject->nth, n);
	error = write_all(fd, text, false);
	*asked = n ? inject_end(subject->nth, n) : 0;
	close(fd);
	return error;
}

static void plainly(const struct change *change, const char *line)
{
	unsigned int unused;

	if (write_line(NULL, change, line, 0, &unused))
		complain("'%s' cannot be written", line);
}

static void must_be(const struct change *change, const char *expected, const char *when)
{
	char *now = view(change->node);

	if (strcmp(now, expected))
		complain("%s '%s', %s is:\n%s", when, change->line, change->node, now);
	free(now);
}

/* Fails the first, the second, ... allocation of writing a line. Return: how many there are. */
static unsigned int sweep(const struct subject *subject, const struct change *change,
			  const char *line, const char *back, const char *before, const char *after)
{
	unsigned int n, asked, lost = 0;

	for (n = 1;; n++) {
		int error = write_line(subject, change, line, n, &asked);
		char *now = view(change->node);

		/* EPERM: for lack of memory it is not known that this is a manager. */
		if (error && error != -ENOMEM && error != -EPERM)
			complain("'%s': %s", line, error_name(error));
		if (strcmp(now, before) && strcmp(now, after))
			complain("'%s', allocation %u failing, leaves %s:\n%s", line, n,
				 change->node, now);
		lost += !strcmp(now, before);
		free(now);
		plainly(change, back);
		must_be(change, before, "after taking back");
		if (asked < n)
			break;
	}
	if (lost == n)
		complain("'%s' is lost with enough memory", line);
	return n - 1;
}

static void sweep_change(const struct subject *subject, const struct change *change,
			 unsigned int *failures)
{
	char *before = view(change->node), *after;

	plainly(change, change->line);
	after = view(change->node);
	if (!strcmp(before, after))
		complain("'%s' changes nothing", change->line);
	plainly(change, change->undo);
	must_be(change, before, "after taking back");
	*failures += sweep(subject, change, change->line, change->undo, before, after);
	plainly(change, change->line);
	*failures += sweep(subject, change, change->undo, change->line, after, before);
	plainly(change, change->undo);
	free(before);
	free(after);
}

static void sweep_all(const struct subject *subject, void *data)
{
	unsigned int i, failures = 0;

	(void)data;
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		sweep_change(subject, &changes[i], &failures);
	printf("faults: %u failures while policy was written\n", failures);
	fflush(stdout);
}

/* A namespace is for ever, so there is one for each try. */
static void sweep_namespaces(const struct subject *subject, void *data)
{
	unsigned int n, asked;

	(void)data;
	for (n = 1;; n++) {
		int fd = node_open("domain_policy", O_WRONLY);
		char line[64], *text;

		snprintf(line, sizeof(line), "<faults%u> /new\n", n);
		inject_nth(subject->nth, n);
		write_all(fd, line, false);
		asked = inject_end(subject->nth, n);
		close(fd);
		text = view("domain_policy");
		line[strlen(line) - 1] = '\0';
		if (asked < n && !has_line(text, line))
			complain("'%s' is lost with enough memory", line);
		free(text);
		node_write("domain_policy", "delete %s\n", line);
		if (asked < n)
			break;
	}
}

void test_policy(void)
{
	long memory;

	/* What an acl_group once needed for itself, it keeps. */
	node_write("exception_policy", "acl_group 99 misc env F\ndelete acl_group 99 misc env F\n");
	memory = collected_memory(0);
	node_write("exception_policy", "path_group FAULTS /faults/group\n");
	define_domain("policy", DISABLED, baseline);
	in_domain(NULL, sweep_all, NULL);
	drop_domain("policy");
	node_write("exception_policy", "delete path_group FAULTS /faults/group\n");
	if (collected_memory(memory) > memory)
		complain("%ld bytes of policy before, %ld after", memory, collected_memory(memory));
	in_domain(NULL, sweep_namespaces, NULL);
}

/* The collector does not only free: it makes smaller tables. */
void test_collector(void)
{
	long memory = collected_memory(0), after;
	unsigned int round, i;

	inject_choose(true);
	for (round = 0; round < 5; round++) {
		define_domain("collector", DISABLED, "");
		for (i = 0; i < 60; i++)
			node_write("domain_policy",
				   "select <kernel> /faults/collector\n"
				   "file read /faults/%u/\\*.x%u task.uid=%u\n",
				   i % 7, i, i);
		/* Only where our code is known from other code; or nobody would get anything. */
		if (inject_can_choose())
			inject_percent(50, false);
		node_write("domain_policy", "select <kernel> /faults/collector\n"
					    "delete file read /faults/1/\\*.x1 task.uid=1\n");
		pause_ms(500);
		node_write("domain_policy", "delete <kernel> /faults/collector\n");
		pause_ms(500);
		inject_percent(0, false);
		drop_domain("collector");
	}
	after = collected_memory(memory);
	if (after > memory)
		complain("%ld bytes of policy before, %ld after", memory, after);
}
