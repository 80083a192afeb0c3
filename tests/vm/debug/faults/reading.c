// SPDX-License-Identifier: GPL-2.0-only
/* Who reads the interface without memory gets ENOMEM or all of it, and loses nothing. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_lack(int error)
{
	return error == ENOMEM || (error == ENFILE && !inject_can_choose());
}

static unsigned int sweep(const struct subject *subject, const char *node, const char *select)
{
	char *expected = node_read(node, select);
	unsigned int n, asked;

	for (n = 1;; n++) {
		char *text;
		int error;

		inject_nth(subject->nth, n);
		text = node_read(node, select);
		error = errno;
		asked = inject_end(subject->nth, n);
		if (!text && !is_lack(error))
			complain("%s: %s", node, error_name(error));
		/* A selection that was lost reads as nothing. */
		if (text && strcmp(text, expected) && (*text || !select) && strcmp(node, "stat"))
			complain("%s, allocation %u failing, reads:\n%s", node, n, text);
		if (!text && asked < n)
			complain("%s cannot be read with enough memory", node);
		free(text);
		if (asked < n)
			break;
	}
	free(expected);
	return n - 1;
}

static void sweep_all(const struct subject *subject, void *data)
{
	unsigned int failures = 0;

	(void)data;
	failures += sweep(subject, "domain_policy", NULL);
	failures += sweep(subject, "domain_policy", "select domain=<kernel> /faults/reading\n");
	failures += sweep(subject, "domain_policy", "select pid=1\n");
	failures += sweep(subject, "exception_policy", NULL);
	failures += sweep(subject, "profile", NULL);
	failures += sweep(subject, "manager", NULL);
	failures += sweep(subject, "stat", NULL);
	failures += sweep(subject, "version", NULL);
	failures += sweep(subject, ".process_status", "1\n");
	failures += sweep(subject, "self_domain", NULL);
	printf("faults: %u failures while the interface was read\n", failures);
	fflush(stdout);
}

static void cause_records(const struct subject *subject, void *data)
{
	int i;

	(void)subject;
	(void)data;
	for (i = 0; i < 20; i++)
		try_open("/faults/never/file", O_RDONLY);
}

/* A record that could not be printed comes again. */
static void read_records(const struct subject *subject, void *data)
{
	int fd = node_open("audit", O_RDONLY);
	unsigned int records = 0, failures = 0, n = 1;
	char text[8192];
	ssize_t length;

	(void)data;
	do {
		inject_nth(subject->nth, n);
		length = read(fd, text, sizeof(text));
		if (inject_end(subject->nth, n) == n)
			n++;
		else
			n = 1;
		failures += length < 0;
		records += length > 0;
		if (length < 0 && errno != ENOMEM)
			complain("audit: %s", error_name(errno));
	} while (length);
	close(fd);
	if (records != 20 || !failures)
		complain("%u records and %u failures instead of 20", records, failures);
}

void test_reading(void)
{
	define_domain("reading", PERMISSIVE, "file read /faults/file\n");
	in_domain(NULL, sweep_all, NULL);
	free(node_read("audit", NULL));
	in_domain("reading", cause_records, NULL);
	in_domain(NULL, read_records, NULL);
	drop_domain("reading");
}
