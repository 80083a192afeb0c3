// SPDX-License-Identifier: GPL-2.0-only
/* Tasks, and threads each for itself, go from domain to domain by self_domain. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

void wanderers(unsigned int number)
{
	static const char *const names[] = { "<kernel> /storm/a", "<kernel> /storm/b" };
	int fd = storm_enter("a"), error;
	unsigned int here = 0;

	(void)number;
	while (storm_blows()) {
		unsigned int there = chance(3);

		if (there == 2) {
			error = enter_domain(fd, "<kernel> /storm/forbidden");
			if (error != -EPERM)
				complain("a forbidden domain: %s", error_name(error));
			COUNT(refused_transition);
		} else if (there != here) {
			error = enter_domain(fd, names[there]);
			if (error)
				complain("to %s: %s", names[there], error_name(error));
			here = there;
			COUNT(transition);
		}
		storm_must_be_in(fd, names[here]);
	}
}

struct thread {
	pthread_t thread;
	char domain[64];
	int plain, group; /* what opening these must give */
};

static void *thread_main(void *argument)
{
	const struct thread *thread = argument;
	int fd = node_open("self_domain", O_RDWR), steps = 200;
	int error = enter_domain(fd, thread->domain);

	chance_seed((unsigned int)getpid());
	if (error)
		complain("to %s: %s", thread->domain, error_name(error));
	while (steps-- && storm_blows()) {
		storm_must_be_in(fd, thread->domain);
		error = try_open("/storm/always/plain", O_RDONLY);
		if (error != thread->plain)
			complain("open in %s: %s", thread->domain, error_name(error));
		error = try_open("/storm/always/group", O_RDONLY);
		if (error != thread->group)
			complain("open in %s: %s", thread->domain, error_name(error));
		COUNT(thread);
	}
	close(fd);
	return NULL;
}

void threads(unsigned int number)
{
	struct thread all[3] = {
		{ .plain = 0, .group = -EPERM },
		{ .plain = -EPERM, .group = 0 },
		{ .plain = -EPERM, .group = -EPERM },
	};
	int fd = storm_enter("thread"), i;

	(void)number;
	while (storm_blows()) {
		for (i = 0; i < 3; i++) {
			snprintf(all[i].domain, sizeof(all[i].domain), "<kernel> /storm/thread /%d",
				 i);
			if (pthread_create(&all[i].thread, NULL, thread_main, &all[i]))
				die("no thread");
		}
		for (i = 0; i < 3; i++)
			pthread_join(all[i].thread, NULL);
		storm_must_be_in(fd, "<kernel> /storm/thread");
	}
}
