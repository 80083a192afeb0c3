// SPDX-License-Identifier: GPL-2.0-only
/* In a fresh domain that learns, nothing is refused, and what was done can be read afterwards. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char name[64], file[64], directory[64];

/* In the child, which is in the domain. */
static void act(void)
{
	struct stat status;

	if (try_open(file, O_RDWR | O_CREAT))
		complain("learning open: %s", error_name(errno));
	if (stat(file, &status))
		complain("learning stat: %s", error_name(errno));
	if (mkdir(directory, 0700) || rmdir(directory))
		complain("learning mkdir: %s", error_name(errno));
	if (unlink(file))
		complain("learning unlink: %s", error_name(errno));
	_exit(0);
}

static void must_have_learned(void)
{
	static const char *const forms[] = {
		"file read/write/unlink/getattr %s",
		"file create %s 0600",
	};
	char select[128], line[128];
	char *text;
	unsigned int i;

	snprintf(select, sizeof(select), "select domain=<kernel> /storm/%s\n", name);
	text = node_read("domain_policy", select);
	for (i = 0; text && i < sizeof(forms) / sizeof(forms[0]); i++) {
		snprintf(line, sizeof(line), forms[i], file);
		if (!has_line(text, line))
			complain("'%s' was not learned, but:\n%s", line, text);
	}
	free(text);
	COUNT(learned);
}

static void permit(const char *verb)
{
	if (node_write("domain_policy",
		       "select pid=%d\n%stask manual_domain_transition <kernel> /storm/%s\n",
		       storm_origin(), verb, name))
		complain("policy of the origin cannot be written");
}

void learners(unsigned int number)
{
	unsigned int round = 0;

	while (storm_blows()) {
		pid_t child;
		int fd;

		snprintf(name, sizeof(name), "learn /%u/%d/%u", number, getpid(), round++);
		snprintf(file, sizeof(file), "/storm/learn/f%u", number);
		snprintf(directory, sizeof(directory), "/storm/learn/d%u", number);
		unlink(file);
		rmdir(directory);
		permit("");
		node_write("domain_policy", "<kernel> /storm/%s\nuse_profile %d\n", name, LEARNING);
		child = storm_fork();
		if (!child) {
			fd = storm_enter(name);
			close(fd);
			act();
		}
		if (!storm_wait(child))
			must_have_learned();
		node_write("domain_policy", "delete <kernel> /storm/%s\n", name);
		permit("delete ");
	}
}
