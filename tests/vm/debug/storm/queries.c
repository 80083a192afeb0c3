// SPDX-License-Identifier: GPL-2.0-only
/* Some ask and some answer, rightly, wrongly or not at all; nobody but the asked gets anything. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void askers(unsigned int number)
{
	int fd = storm_enter("asked");

	(void)number;
	while (storm_blows()) {
		int error = try_open("/storm/asked/file", O_RDONLY);

		if (!error)
			COUNT(allowed_by_answer);
		else if (error != -EPERM)
			complain("open: %s", error_name(error));
		storm_must_be_in(fd, "<kernel> /storm/asked");
		COUNT(asked);
	}
}

static void answer(int fd, const char *query)
{
	static const char *const answers[] = { "1", "2", "3", "0", "257", "x", "" };
	const char *text = "2";
	unsigned int serial, retries;
	char line[64];

	if (sscanf(query, "Q%u-%u\n", &serial, &retries) != 2) {
		complain("a query reads '%.100s'", query);
		return;
	}
	/* Some retry often: then it is enough. */
	if (strstr(query, "\n<kernel> /storm/asked\n") && retries < 5)
		text = answers[chance(sizeof(answers) / sizeof(answers[0]))];
	snprintf(line, sizeof(line), "A%u=%s\n", serial, text);
	if (write_all(fd, line, false))
		complain("an answer cannot be written");
	COUNT(answered);
}

static void look_at_domain(const char *query)
{
	unsigned int serial = 0;
	char line[64];

	sscanf(query, "Q%u-", &serial);
	snprintf(line, sizeof(line), "select Q=%u\n", serial);
	node_write("domain_policy", "%s", line);
}

void answerers(unsigned int number)
{
	static char query[65536];

	(void)number;
	while (storm_blows()) {
		int fd = node_open("query", O_RDWR), rounds = (int)chance(400);

		while (rounds-- && storm_blows()) {
			struct pollfd wait = { .fd = fd, .events = POLLIN };
			ssize_t length;

			poll(&wait, 1, 20);
			length = read(fd, query, sizeof(query) - 1);
			if (length < 0)
				complain("query: %s", error_name(errno));
			if (length <= 0)
				continue;
			query[length] = '\0';
			if (!chance(5))
				look_at_domain(query);
			answer(fd, query);
		}
		close(fd);
		COUNT(query_closed);
		pause_ms(chance(50));
	}
}
