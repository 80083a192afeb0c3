// SPDX-License-Identifier: GPL-2.0-only
/* All files of the interface are read, in pieces of any size, to the end or not. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t piece(void)
{
	return chance(3) ? 4096 : 16 + chance(1000);
}

static char *text_of(const char *node)
{
	int fd = node_open(node, O_RDONLY);
	char *text = fd < 0 ? NULL : read_all(fd, piece());

	if (!text)
		complain("%s cannot be read: %s", node, error_name(errno));
	close(fd);
	return text ? text : strdup("");
}

static void give_up_early(const char *node)
{
	int fd = node_open(node, O_RDONLY);
	char some[300];

	if (read(fd, some, 1 + chance(sizeof(some))) < 0)
		complain("%s: %s", node, error_name(errno));
	close(fd);
}

static void must_have(const char *node, const char *text, const char *line)
{
	if (!has_line(text, line))
		complain("%s has no line '%s'", node, line);
}

static void read_domains(void)
{
	char *text = text_of("domain_policy"), *found;

	if (strncmp(text, "<kernel>\n", 9))
		complain("domain_policy begins with %.40s", text);
	found = strstr(text, "\n<kernel> /storm/always\n");
	if (!found || strstr(found + 1, "\n<kernel> /storm/always\n"))
		complain("domain_policy has a domain not once");
	must_have("domain_policy", text, "file read /storm/always/plain");
	must_have("domain_policy", text, "file read/write/getattr/truncate /storm/always/rw");
	free(text);
	COUNT(read_policy);
}

static void read_exceptions(void)
{
	char *text = text_of("exception_policy");

	must_have("exception_policy", text, "path_group STORM_ALWAYS /storm/always/group");
	must_have("exception_policy", text, "acl_group 77 file read /storm/always/acl");
	free(text);
	COUNT(read_exceptions);
}

static void read_profiles(void)
{
	char *text = text_of("profile");

	must_have("profile", text, "203-CONFIG={ mode=enforcing grant_log=no reject_log=yes }");
	free(text);
	text = text_of("version");
	if (strcmp(text, "2.6.0"))
		complain("version is %s", text);
	free(text);
	text = text_of("manager");
	must_have("manager", text, "/bin/storm");
	free(text);
	COUNT(read_profile);
}

static void read_stat(void)
{
	char *text = text_of("stat");

	if (!strstr(text, "Policy update:") || !strstr(text, "Total memory used:"))
		complain("stat is\n%s", text);
	free(text);
	COUNT(read_stat);
}

static void select_someone(void)
{
	static const char *const kinds[] = { "pid", "global-pid" };
	int fd = node_open("domain_policy", O_RDWR);
	char line[64], *text;

	snprintf(line, sizeof(line), "%sselect %s=%d\n",
		 chance(2) ? "" : "select transition_only\n", kinds[chance(2)], storm_someone());
	write_all(fd, line, true);
	text = read_all(fd, piece());
	if (!text || strncmp(text, "# select ", 9))
		complain("a selection reads '%.100s'", text ? text : "(nothing)");
	free(text);
	close(fd);
	COUNT(selected);
}

static void ask_status(void)
{
	int fd = node_open(".process_status", O_RDWR);
	pid_t pid = storm_someone();
	char line[32], *text;

	snprintf(line, sizeof(line), "%d\n", pid);
	write_all(fd, line, false);
	text = read_all(fd, piece());
	snprintf(line, sizeof(line), "%d ", pid);
	if (!text || (*text && (strncmp(text, line, strlen(line)) || !strstr(text, " <kernel>"))))
		complain("status of %d reads '%s'", pid, text ? text : "(nothing)");
	free(text);
	close(fd);
	COUNT(status);
}

void readers(unsigned int number)
{
	static const char *const nodes[] = { "domain_policy", "exception_policy",
					     "profile",	      "manager",
					     "stat",	      "version" };
	static void (*const steps[])(void) = { read_domains, read_exceptions, read_profiles,
					       read_stat,    select_someone,  select_someone,
					       ask_status,   ask_status };

	(void)number;
	while (storm_blows()) {
		steps[chance(sizeof(steps) / sizeof(steps[0]))]();
		give_up_early(nodes[chance(sizeof(nodes) / sizeof(nodes[0]))]);
	}
}

/* A record is three lines and a NUL. */
static void check_record(const char *record, size_t length)
{
	unsigned int lines = 0;
	size_t i;

	for (i = 0; i < length; i++)
		lines += record[i] == '\n';
	if (!length || record[0] != '#' || lines != 3 || record[length - 1] != '\0' ||
	    strlen(record) != length - 1)
		complain("a record is '%.*s'", (int)length, record);
	COUNT(audit_record);
}

void auditors(unsigned int number)
{
	static char record[65536];

	(void)number;
	while (storm_blows()) {
		int fd = node_open("audit", O_RDONLY), rounds = (int)chance(300);
		ssize_t length;

		while (rounds-- && (length = read(fd, record, sizeof(record))) > 0)
			check_record(record, (size_t)length);
		/* One is left half read. */
		if (read(fd, record, 10) < 0)
			complain("audit: %s", error_name(errno));
		close(fd);
		pause_ms(chance(10));
	}
}
