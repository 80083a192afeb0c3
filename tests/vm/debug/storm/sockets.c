// SPDX-License-Identifier: GPL-2.0-only
/* Sockets: what the policy grants, and what it does not. */
#include "storm.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void must_be_granted(const char *what, int result)
{
	/* Whether somebody listens there, or has the port, is another matter. */
	if (result < 0 && (errno == EPERM || errno == ENOMEM || errno == EACCES))
		complain("%s: %s", what, error_name(errno));
}

static struct sockaddr_in inet_address(unsigned int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static void stream(void)
{
	struct sockaddr_in address = inet_address(20000 + chance(10000));
	int server = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);

	must_be_granted("bind", bind(server, (struct sockaddr *)&address, sizeof(address)));
	must_be_granted("listen", listen(server, 1));
	must_be_granted("connect", connect(client, (struct sockaddr *)&address, sizeof(address)));
	close(client);
	close(server);
	COUNT(inet);
}

static void stream6(void)
{
	struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_addr = in6addr_loopback };
	int fd = socket(AF_INET6, SOCK_STREAM, 0);

	address.sin6_port = htons(20000 + chance(10000));
	if (fd < 0)
		return;
	must_be_granted("connect to ::1",
			connect(fd, (struct sockaddr *)&address, sizeof(address)));
	close(fd);
	COUNT(inet);
}

static void datagram(void)
{
	struct sockaddr_in address = inet_address(20000 + chance(10000));
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	must_be_granted("bind", bind(fd, (struct sockaddr *)&address, sizeof(address)));
	must_be_granted("send",
			(int)sendto(fd, "x", 1, 0, (struct sockaddr *)&address, sizeof(address)));
	close(fd);
	COUNT(inet);
}

static void unix_stream(unsigned int number)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "/storm/sock/%u.%u", number,
		 chance(3));
	unlink(address.sun_path);
	must_be_granted("bind", bind(server, (struct sockaddr *)&address, sizeof(address)));
	must_be_granted("listen", listen(server, 1));
	must_be_granted("connect", connect(client, (struct sockaddr *)&address, sizeof(address)));
	close(client);
	close(server);
	COUNT(unix_socket);
}

static void unix_datagram(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	socklen_t length;

	length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			     (size_t)snprintf(address.sun_path + 1, 20, "storm%u", chance(5)));
	must_be_granted("bind", bind(fd, (struct sockaddr *)&address, length));
	must_be_granted("send",
			(int)sendto(fd, "x", 1, MSG_DONTWAIT, (struct sockaddr *)&address, length));
	close(fd);
	COUNT(unix_socket);
}

static void refused(void)
{
	struct sockaddr_in address = inet_address(10000 + chance(10000));
	int fd = socket(AF_INET, chance(2) ? SOCK_STREAM : SOCK_DGRAM, 0);
	bool binds = chance(2);
	int result = binds ? bind(fd, (struct sockaddr *)&address, sizeof(address))
			   : connect(fd, (struct sockaddr *)&address, sizeof(address));

	if (!result || errno != EPERM)
		complain("%s, not granted: %s", binds ? "bind" : "connect", error_name(errno));
	close(fd);
	COUNT(refused_socket);
}

void sockets(unsigned int number)
{
	storm_enter("net");
	while (storm_blows()) {
		switch (chance(6)) {
		case 0:
			stream();
			break;
		case 1:
			stream6();
			break;
		case 2:
			datagram();
			break;
		case 3:
			unix_stream(number);
			break;
		case 4:
			unix_datagram();
			break;
		default:
			refused();
		}
	}
}
