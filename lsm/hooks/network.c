// SPDX-License-Identifier: GPL-2.0-only
/* Hooks of sockets of the Internet and UNIX families (3.9, 3.10). */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/net.h>
#include <linux/preempt.h>
#include <linux/socket.h>
#include <linux/un.h>
#include <net/ipv6.h>
#include <net/sock.h>

#include "compat/hooks.h"
#include "object.h"

/* An access to a socket; the address is checked with it. */
struct socket_access {
	u8 kind;     /* TMY_INET, TMY_UNIX */
	u8 protocol; /* enum tmy_protocol */
	u8 operation;
	u8 config;
};

/* Kernel threads are not checked, nor is what runs in an interrupt, where current is unrelated. */
static bool task_exempt(void)
{
	return !in_task() || (current->flags & PF_KTHREAD);
}

static bool socket_kind(const struct socket *sock, u8 *kind)
{
	switch (READ_ONCE(sock->sk->sk_family)) {
	case PF_INET:
	case PF_INET6:
		*kind = TMY_INET;
		return true;
	case PF_UNIX:
		*kind = TMY_UNIX;
		return true;
	}
	return false;
}

static bool socket_protocol(const struct socket *sock, u8 *protocol)
{
	switch (sock->type) {
	case SOCK_STREAM:
		*protocol = TMY_STREAM;
		return true;
	case SOCK_DGRAM:
		*protocol = TMY_DGRAM;
		return true;
	case SOCK_RAW:
		*protocol = TMY_RAW;
		return true;
	case SOCK_SEQPACKET:
		*protocol = TMY_SEQPACKET;
		return true;
	}
	return false;
}

static bool socket_connectionless(const struct socket *sock)
{
	return sock->type == SOCK_DGRAM || sock->type == SOCK_RAW;
}

/* Return: false when nothing is to be checked. */
static bool socket_must_check(const struct socket *sock, enum tmy_network_operation operation,
			      struct socket_access *access)
{
	enum tmy_item item;

	if (!tmy_active() || task_exempt())
		return false;
	if (!socket_kind(sock, &access->kind) || !socket_protocol(sock, &access->protocol))
		return false;
	item = tmy_item_of(access->kind, access->protocol, operation);
	if (item == TMY_ITEMS)
		return false;
	access->operation = operation;
	access->config = tmy_check_config(item);
	return tmy_must_check(access->config);
}

static int check_inet(const struct socket *sock, const struct socket_access *access,
		      const void *address, size_t size, __be16 port)
{
	struct tmy_check check = {
		.kind = TMY_INET,
		.operation = access->operation,
		.protocol = access->protocol,
		.config = access->config,
		.address_size = size,
		.radix = { TMY_DECIMAL },
		.numbers = { ntohs(port) },
	};

	memcpy(check.address, address, size);
	if (access->protocol == TMY_RAW)
		check.numbers[0] = READ_ONCE(sock->sk->sk_protocol);
	return tmy_check(&check);
}

/*
 * An address of family AF_UNSPEC is taken for one of the socket's own family, except by UDP over
 * IPv6, which ignores it.
 */
static sa_family_t effective_family(const struct socket *sock, const struct sockaddr *address)
{
	int own = READ_ONCE(sock->sk->sk_family);

	if (address->sa_family == AF_UNSPEC && (own == PF_INET || sock->type == SOCK_RAW))
		return own;
	return address->sa_family;
}

static int check_inet_address(const struct socket *sock, const struct socket_access *access,
			      const struct sockaddr *address, int length)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;

	switch (effective_family(sock, address)) {
	case AF_INET:
		if (length < (int)sizeof(*v4))
			return 0;
		return check_inet(sock, access, &v4->sin_addr, sizeof(v4->sin_addr), v4->sin_port);
	case AF_INET6:
		if (length < SIN6_LEN_RFC2133)
			return 0;
		return check_inet(sock, access, &v6->sin6_addr, sizeof(v6->sin6_addr),
				  v6->sin6_port);
	}
	return 0;
}

/* The name as given: a relative pathname is not made absolute (D-28). */
static struct tmy_source unix_name(const struct sockaddr_un *address, int length)
{
	size_t size = length - offsetof(struct sockaddr_un, sun_path);

	if (!size)
		return tmy_word_source(TMY_SPAN("anonymous"));
	if (address->sun_path[0])
		size = strnlen(address->sun_path, size);
	return tmy_bytes_source(address->sun_path, size);
}

static int check_unix_address(const struct socket_access *access, const struct sockaddr *address,
			      int length)
{
	struct tmy_check check = {
		.kind = TMY_UNIX,
		.operation = access->operation,
		.protocol = access->protocol,
		.config = access->config,
	};

	if (address->sa_family != AF_UNIX || length > (int)sizeof(struct sockaddr_un))
		return 0;
	check.names[0] = unix_name((const struct sockaddr_un *)address, length);
	return tmy_check(&check);
}

/* Addresses of a wrong length or family are not checked, as the protocol rejects them. */
static int check_socket_address(const struct socket *sock, const struct socket_access *access,
				const struct sockaddr *address, int length)
{
	if (length < (int)sizeof(address->sa_family))
		return 0;
	if (access->kind == TMY_UNIX)
		return check_unix_address(access, address, length);
	return check_inet_address(sock, access, address, length);
}

static int socket_bind(struct socket *sock, struct sockaddr *address, int addrlen)
{
	struct socket_access access;

	if (!socket_must_check(sock, TMY_BIND, &access))
		return 0;
	return check_socket_address(sock, &access, address, addrlen);
}

static int socket_connect(struct socket *sock, struct sockaddr *address, int addrlen)
{
	struct socket_access access;

	if (!socket_must_check(sock, socket_connectionless(sock) ? TMY_SEND : TMY_CONNECT, &access))
		return 0;
	/* connect(2) with AF_UNSPEC dissolves an association. */
	if (addrlen < (int)sizeof(address->sa_family) || address->sa_family == AF_UNSPEC)
		return 0;
	return check_socket_address(sock, &access, address, addrlen);
}

static int socket_listen(struct socket *sock, int backlog)
{
	struct socket_access access;
	struct sockaddr_storage address;
	int length;

	if (!socket_must_check(sock, TMY_LISTEN, &access))
		return 0;
	length = kernel_getsockname(sock, (struct sockaddr *)&address);
	if (length < 0)
		return 0;
	return check_socket_address(sock, &access, (struct sockaddr *)&address, length);
}

static bool connects_by_sending(const struct socket *sock, const struct msghdr *msg)
{
	return msg->msg_flags & MSG_FASTOPEN && sock->type == SOCK_STREAM &&
	       READ_ONCE(sock->sk->sk_family) != PF_UNIX;
}

/* Without a destination the socket has to be connected; what it sends is not checked (D-27). */
static int socket_sendmsg(struct socket *sock, struct msghdr *msg, int size)
{
	struct socket_access access;

	if (!msg->msg_name || !tmy_active())
		return 0;
	if (connects_by_sending(sock, msg))
		return socket_connect(sock, msg->msg_name, msg->msg_namelen);
	if (!socket_must_check(sock, TMY_SEND, &access))
		return 0;
	return check_socket_address(sock, &access, msg->msg_name, msg->msg_namelen);
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(socket_bind, socket_bind),
	LSM_HOOK_INIT(socket_connect, socket_connect),
	LSM_HOOK_INIT(socket_listen, socket_listen),
	LSM_HOOK_INIT(socket_sendmsg, socket_sendmsg),
};

void __init tmy_hooks_network(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
