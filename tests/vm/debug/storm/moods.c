// SPDX-License-Identifier: GPL-2.0-only
/* A profile changes under those who use it. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void moods(unsigned int number)
{
	static const char *const modes[] = { "disabled", "learning", "permissive", "enforcing",
					     "use_default" };
	static const char *const items[] = { "CONFIG::file", "CONFIG::file::open",
					     "CONFIG::file::getattr", "CONFIG::network" };

	(void)number;
	while (storm_blows()) {
		node_write("profile", "%d-CONFIG={ mode=%s grant_log=%s reject_log=%s }\n", MOODY,
			   modes[chance(4)], chance(2) ? "yes" : "no", chance(2) ? "yes" : "no");
		node_write("profile", "%d-%s={ mode=%s }\n", MOODY, items[chance(4)],
			   modes[chance(5)]);
		node_write("profile", "%d-PREFERENCE={ max_audit_log=%u max_learning_entry=%u }\n",
			   MOODY, chance(300), chance(64));
		if (!chance(10))
			node_write("domain_policy",
				   "select <kernel> /storm/moody\ndelete quota_exceeded\n");
		COUNT(mode_changed);
		pause_ms(chance(20));
	}
	node_write(
		"profile",
		"%d-CONFIG::file={ mode=use_default }\n%d-CONFIG::file::open={ mode=use_default }\n"
		"%d-CONFIG::file::getattr={ mode=use_default }\n"
		"%d-CONFIG::network={ mode=use_default }\n",
		MOODY, MOODY, MOODY, MOODY);
}

void moody(unsigned int number)
{
	int fd = storm_enter("moody");

	(void)number;
	while (storm_blows()) {
		struct stat status;
		int error = try_open("/storm/tree", O_RDONLY | O_DIRECTORY);

		if (error && error != -EPERM)
			complain("open: %s", error_name(error));
		if (stat("/storm/never/file", &status) && errno != EPERM)
			complain("stat: %s", error_name(errno));
		storm_must_be_in(fd, "<kernel> /storm/moody");
		COUNT(granted);
	}
}
