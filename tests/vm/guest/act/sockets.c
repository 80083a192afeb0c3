// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands of act for sockets. An ADDR is inet:1.2.3.4:80, inet6:[::1]:80, unix:PATH,
 * abstract:TEXT, unnamed (of a UNIX socket: only the family), short:N (N bytes of an IPv4 address),
 * short6:N, or family:NUMBER.
 */
#include "act.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const struct flag families[] = {
	{ "inet", AF_INET },	   { "inet6", AF_INET6 },   { "unix", AF_UNIX },
	{ "netlink", AF_NETLINK }, { "packet", AF_PACKET }, { NULL, 0 },
};

static const struct flag socket_types[] = {
	{ "stream", SOCK_STREAM },
	{ "dgram", SOCK_DGRAM },
	{ "raw", SOCK_RAW },
	{ "seqpacket", SOCK_SEQPACKET },
	{ NULL, 0 },
};

static const struct flag protocols[] = {
	{ "icmp", IPPROTO_ICMP },
	{ "icmp6", IPPROTO_ICMPV6 },
	{ "tcp", IPPROTO_TCP },
	{ "udp", IPPROTO_UDP },
	{ NULL, 0 },
};

struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in inet;
		struct sockaddr_in6 inet6;
		struct sockaddr_un local;
	} u;
	socklen_t length;
};

/* HOST:PORT; the port is behind the last colon. */
static void parse_inet(char *word, int family, struct address *address)
{
	char *port = strrchr(word, ':');
	void *to = family == AF_INET ? (void *)&address->u.inet.sin_addr
				     : (void *)&address->u.inet6.sin6_addr;

	if (!port)
		number(word);
	*port++ = '\0';
	if (*word == '[') {
		word++;
		word[strcspn(word, "]")] = '\0';
	}
	/* Words that are no address end the program as words that are no number do. */
	if (inet_pton(family, word, to) != 1)
		number(word);
	address->u.any.sa_family = (sa_family_t)family;
	address->u.inet.sin_port = htons((uint16_t)number(port));
	address->length = family == AF_INET ? sizeof(address->u.inet) : sizeof(address->u.inet6);
}

static struct address parse_address(char *word)
{
	struct address address = { 0 };
	char *value = strchr(word, ':');
	size_t length;

	if (value)
		*value++ = '\0';
	if (!strcmp(word, "inet")) {
		parse_inet(value, AF_INET, &address);
	} else if (!strcmp(word, "inet6")) {
		parse_inet(value, AF_INET6, &address);
	} else if (!strcmp(word, "unix")) {
		length = decode(value);
		address.u.any.sa_family = AF_UNIX;
		memcpy(address.u.local.sun_path, value, length);
		address.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
	} else if (!strcmp(word, "abstract")) {
		length = decode(value);
		address.u.any.sa_family = AF_UNIX;
		memcpy(address.u.local.sun_path + 1, value, length);
		address.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
	} else if (!strcmp(word, "unnamed")) {
		address.u.any.sa_family = AF_UNIX;
		address.length = sizeof(sa_family_t);
	} else if (!strcmp(word, "family")) {
		address.u.any.sa_family = (sa_family_t)number(value);
		address.length = sizeof(address.u.inet6);
	} else {
		address.u.any.sa_family = !strcmp(word, "short6") ? AF_INET6 : AF_INET;
		address.length = (socklen_t)number(value ? value : word);
	}
	return address;
}

static long do_socket(int count, char **words)
{
	return opened(socket((int)flags(words[0], families), (int)flags(words[1], socket_types),
			     count > 2 ? (int)flags(words[2], protocols) : 0));
}

static long do_socketpair(int count, char **words)
{
	int ends[2];
	int type = count ? (int)flags(words[0], socket_types) : SOCK_STREAM;

	if (socketpair(AF_UNIX, type, 0, ends) < 0)
		return -errno;
	current = ends[0];
	other = ends[1];
	return 0;
}

static long do_bind(int count, char **words)
{
	struct address address = parse_address(words[0]);

	(void)count;
	return outcome(bind(current, &address.u.any, address.length));
}

static long do_connect(int count, char **words)
{
	struct address address = parse_address(words[0]);

	(void)count;
	return outcome(connect(current, &address.u.any, address.length));
}

static long do_listen(int count, char **words)
{
	(void)count, (void)words;
	return outcome(listen(current, 5));
}

static long do_accept(int count, char **words)
{
	(void)count, (void)words;
	return opened(accept(current, NULL, NULL));
}

static long do_send(int count, char **words)
{
	const char *text = count ? words[0] : "x";

	return outcome(send(current, text, strlen(text), MSG_NOSIGNAL));
}

static long do_sendto(int count, char **words)
{
	struct address address = parse_address(words[0]);
	/* Long enough for the header of an ICMP packet. */
	static const char packet[16];
	const char *text = count > 1 ? words[1] : packet;
	size_t length = count > 1 ? strlen(text) : sizeof(packet);

	return outcome(sendto(current, text, length, MSG_NOSIGNAL, &address.u.any, address.length));
}

/* By sendmsg(), or with @several by sendmmsg() twice the same. */
static long send_messages(char *word, int several)
{
	struct address address = parse_address(word);
	static char packet[16];
	struct iovec part = { packet, sizeof(packet) };
	struct msghdr message = { .msg_name = &address.u,
				  .msg_namelen = address.length,
				  .msg_iov = &part,
				  .msg_iovlen = 1 };
	struct mmsghdr messages[2] = { { .msg_hdr = message }, { .msg_hdr = message } };

	return outcome(several ? sendmmsg(current, messages, 2, MSG_NOSIGNAL)
			       : sendmsg(current, &message, MSG_NOSIGNAL));
}

static long do_sendmsg(int count, char **words)
{
	(void)count;
	return send_messages(words[0], 0);
}

static long do_sendmmsg(int count, char **words)
{
	(void)count;
	return send_messages(words[0], 1);
}

const struct command socket_commands[] = {
	{ "socket", 2, 3, do_socket },	       /* FAMILY TYPE [PROTOCOL] */
	{ "socketpair", 0, 1, do_socketpair }, /* [TYPE] */
	{ "bind", 1, 1, do_bind },	       /* ADDR */
	{ "connect", 1, 1, do_connect },       /* ADDR */
	{ "listen", 0, 0, do_listen },
	{ "accept", 0, 0, do_accept },
	{ "send", 0, 1, do_send },	   /* [TEXT] */
	{ "sendto", 1, 2, do_sendto },	   /* ADDR [TEXT] */
	{ "sendmsg", 1, 1, do_sendmsg },   /* ADDR */
	{ "sendmmsg", 1, 1, do_sendmmsg }, /* ADDR */
	{ NULL, 0, 0, NULL },
};
