// SPDX-License-Identifier: GPL-2.0-only
/* Whoever is in a domain that is deleted stays in it and keeps what it grants. */
#include "storm.h"

#include <fcntl.h>
#include <unistd.h>

static void live(void)
{
	int fd = storm_enter("doomed"), steps = 50, error;

	while (steps-- && storm_blows()) {
		error = try_open("/storm/always/plain", O_RDONLY);
		if (error)
			complain("open in a deleted domain: %s", error_name(error));
		storm_must_be_in(fd, "<kernel> /storm/doomed");
		COUNT(in_deleted_domain);
	}
	_exit(0);
}

void inhabitants(unsigned int number)
{
	(void)number;
	while (storm_blows()) {
		pid_t child = storm_fork();

		if (!child)
			live();
		storm_wait(child);
	}
}
