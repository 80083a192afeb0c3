// SPDX-License-Identifier: GPL-2.0-only
/* A policy that nobody else writes reads back as it was written. */
#include "storm.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LINES = 40,
	LENGTH = 160,
};

/* What must be there, in this order. */
static struct model {
	unsigned int used;
	char lines[LINES][LENGTH];
} model;

/* Lines as the kernel prints them, each with a name of its own, so that none are merged. */
static void make_line(char *line, unsigned int owner)
{
	unsigned int n = chance(30);

	switch (chance(9)) {
	case 0:
		snprintf(line, LENGTH, "file read /storm/own%u/a%u", owner, n);
		break;
	case 1:
		snprintf(line, LENGTH, "file write /storm/own%u/\\*.%u", owner, n);
		break;
	case 2:
		snprintf(line, LENGTH, "file create /storm/own%u/c 01%o", owner, n);
		break;
	case 3:
		snprintf(line, LENGTH, "file rename /storm/own%u/r%u /storm/own%u/\\*", owner, n,
			 owner);
		break;
	case 4:
		snprintf(line, LENGTH, "network inet dgram send 10.0.%u.1-10.0.%u.9 %u-60000",
			 owner, owner, 1000 + n);
		break;
	case 5:
		snprintf(line, LENGTH, "misc env OWN%u_%u", owner, n);
		break;
	case 6:
		snprintf(line, LENGTH,
			 "file read /storm/own%u/q task.uid=%u path1.parent.uid!=@STORM_OWN%u",
			 owner, n, n % 4);
		break;
	case 7:
		snprintf(line, LENGTH, "file execute /storm/own%u/x%u keep exec.argv[0]!=\"-%u\"",
			 owner, n, n);
		break;
	default:
		snprintf(line, LENGTH, "file getattr @STORM_OWNPATH%u task.gid=%u", owner, n);
	}
}

static int find(const char *line)
{
	unsigned int i;

	for (i = 0; i < model.used; i++)
		if (!strcmp(model.lines[i], line))
			return (int)i;
	return -1;
}

static void take_out(unsigned int index)
{
	model.used--;
	memmove(model.lines[index], model.lines[index + 1], (model.used - index) * LENGTH);
}

/* Appends to @text what changes the policy as the model is changed. */
static void change(char *text, const char *prefix, void (*make)(char *, unsigned int),
		   unsigned int owner)
{
	char line[LENGTH];
	int index;

	make(line, owner);
	index = find(line);
	if (index >= 0) {
		sprintf(text + strlen(text), "delete %s%s\n", prefix, line);
		take_out((unsigned int)index);
	} else if (model.used < LINES) {
		sprintf(text + strlen(text), "%s%s\n", prefix, line);
		strcpy(model.lines[model.used++], line);
	}
}

static void write_changes(int fd, const char *first, void (*make)(char *, unsigned int),
			  unsigned int owner)
{
	static char text[32 * (LENGTH + 32)];
	unsigned int changes = 1 + chance(20);

	strcpy(text, first);
	while (changes--)
		change(text, "", make, owner);
	if (write_all(fd, text, chance(2)))
		complain("writing failed");
	COUNT(policy_line);
}

static char *expected_domain(const char *domain, int profile)
{
	char *text = malloc(LINES * LENGTH + 1024);
	unsigned int i;
	int length = sprintf(text, "# select domain=%s\n%s\nuse_profile %d\n\n", domain, domain,
			     profile);

	for (i = 0; i < model.used; i++)
		length += sprintf(text + length, "%s\n", model.lines[i]);
	strcpy(text + length, "\n");
	return text;
}

static void must_read(int fd, const char *domain, int profile)
{
	char select[128], *text, *expected = expected_domain(domain, profile);

	snprintf(select, sizeof(select), "select domain=%s\n", domain);
	if (write_all(fd, select, chance(2)))
		complain("selecting failed");
	text = read_all(fd, 1 + chance(300));
	if (!text || strcmp(text, expected))
		complain("written:\n%sread back:\n%s", expected, text ? text : "(nothing)");
	free(text);
	free(expected);
	COUNT(read_back);
}

static void must_be_gone(int fd, const char *domain)
{
	char line[256], *text;

	snprintf(line, sizeof(line), "delete %s\nselect domain=%s\n", domain, domain);
	write_all(fd, line, false);
	snprintf(line, sizeof(line), "# select domain=%s\n", domain);
	text = read_all(fd, 100);
	if (!text || strcmp(text, line))
		complain("deleted, but read back:\n%s", text ? text : "(nothing)");
	free(text);
	model.used = 0;
}

void owners(unsigned int number)
{
	char domain[64], select[128], create[128];

	snprintf(domain, sizeof(domain), "<kernel> /storm/own%u", number);
	snprintf(select, sizeof(select), "select %s\n", domain);
	snprintf(create, sizeof(create), "%s\nuse_profile %d\n", domain, DISABLED);
	node_write("domain_policy", "delete %s\n", domain);
	while (storm_blows()) {
		int fd = node_open("domain_policy", O_RDWR), rounds = 30;

		write_all(fd, create, true);
		while (storm_blows() && rounds--) {
			write_changes(fd, select, make_line, number);
			must_read(fd, domain, DISABLED);
		}
		if (chance(2))
			must_be_gone(fd, domain);
		close(fd);
	}
	node_write("domain_policy", "delete %s\n", domain);
}

/* Members of one group are printed together, and in order. */
static void make_member(char *line, unsigned int owner)
{
	snprintf(line, LENGTH, "path_group STORM_MINE%u /storm/own%u/\\{\\*\\}/%u", owner, owner,
		 chance(60));
}

static void must_have_members(unsigned int owner)
{
	char *text = node_read("exception_policy", NULL), *rest = text, *line, prefix[64];
	unsigned int seen = 0;

	snprintf(prefix, sizeof(prefix), "path_group STORM_MINE%u ", owner);
	while (text && (line = strsep(&rest, "\n"))) {
		if (strncmp(line, prefix, strlen(prefix)))
			continue;
		if (seen >= model.used || strcmp(line, model.lines[seen]))
			complain("member %u is '%s' instead of '%s'", seen, line,
				 seen < model.used ? model.lines[seen] : "(no more)");
		seen++;
	}
	if (seen != model.used)
		complain("%u members instead of %u", seen, model.used);
	free(text);
	COUNT(exception_line);
}

static void drop_members(unsigned int owner)
{
	static char text[60 * LENGTH];
	unsigned int i;

	text[0] = 0;
	for (i = 0; i < 60; i++)
		sprintf(text + strlen(text),
			"delete path_group STORM_MINE%u /storm/own%u/\\{\\*\\}/%u\n", owner, owner,
			i);
	node_write("exception_policy", "%s", text);
	model.used = 0;
}

void exception_owners(unsigned int number)
{
	drop_members(number);
	while (storm_blows()) {
		int fd = node_open("exception_policy", O_WRONLY), rounds = 10;

		while (storm_blows() && rounds--) {
			write_changes(fd, "", make_member, number);
			must_have_members(number);
		}
		close(fd);
	}
}
