// SPDX-License-Identifier: GPL-2.0-only
/* What is granted and not logged takes no memory; hence it is granted when there is none. */
#include "faults.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	MANY = 1000, /* more than any operation asks for memory */
};

static int file, client, server;
static const char made[] = "/faults/made", other[] = "/faults/other";

static int result(long value)
{
	return value < 0 ? -errno : 0;
}

static int open_read(void)
{
	return try_open("/faults/file", O_RDONLY);
}

static int open_append(void)
{
	return try_open("/faults/file", O_RDWR | O_APPEND);
}

static int open_pattern(void)
{
	return try_open("/faults/bin/link", O_RDONLY);
}

static int open_directory(void)
{
	return try_open("/faults", O_RDONLY | O_DIRECTORY);
}

static int open_proc(void)
{
	return try_open("/proc/self/stat", O_RDONLY);
}

static int stat_file(void)
{
	struct stat status;

	return result(stat("/faults/file", &status));
}

static int stat_open_file(void)
{
	struct stat status;

	return result(fstat(file, &status));
}

static int truncate_file(void)
{
	return result(truncate("/faults/file", 0));
}

static int truncate_open_file(void)
{
	return result(ftruncate(file, 0));
}

static int control_file(void)
{
	int waiting;

	return result(ioctl(file, FIONREAD, &waiting));
}

static int set_append(void)
{
	int flags = fcntl(file, F_GETFL);

	return result(fcntl(file, F_SETFL, flags ^ O_APPEND));
}

static int chmod_file(void)
{
	return result(chmod("/faults/file", 0640));
}

static int chown_file(void)
{
	return result(chown("/faults/file", 0, 0));
}

static int create_file(void)
{
	return try_open(made, O_WRONLY | O_CREAT | O_EXCL);
}

static int link_file(void)
{
	return result(link("/faults/file", made));
}

static int make_link(void)
{
	return result(symlink("/faults/anything", made));
}

static int make_fifo(void)
{
	return result(mkfifo(made, 0600));
}

static int make_device(void)
{
	return result(mknod(made, S_IFCHR | 0600, makedev(1, 3)));
}

static int rename_file(void)
{
	return result(rename(made, other));
}

static int unlink_file(void)
{
	return result(unlink(made));
}

static int make_directory(void)
{
	return result(mkdir(made, 0700));
}

static int remove_directory(void)
{
	return result(rmdir(made));
}

static void remove_made(void)
{
	unlink(made);
	unlink(other);
	rmdir(made);
}

static void make_made(void)
{
	make_file(made, "x", 0600);
}

static void make_made_directory(void)
{
	mkdir(made, 0700);
}

static void open_inet(void)
{
	server = socket(AF_INET, SOCK_STREAM, 0);
	client = socket(AF_INET, SOCK_DGRAM, 0);
}

static void open_unix(void)
{
	remove_made();
	server = socket(AF_UNIX, SOCK_STREAM, 0);
	client = socket(AF_UNIX, SOCK_DGRAM, 0);
}

static void close_sockets(void)
{
	close(server);
	close(client);
	remove_made();
}

static int bind_inet(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(20000) };
	int one = 1;

	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return result(bind(server, (struct sockaddr *)&address, sizeof(address)));
}

static int send_inet(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(20001) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return result(sendto(client, "x", 1, 0, (struct sockaddr *)&address, sizeof(address)));
}

static int connect_inet(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(20002) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(server, (struct sockaddr *)&address, sizeof(address)) && errno == ECONNREFUSED)
		return 0;
	return -errno;
}

static int listen_inet(void)
{
	return result(listen(server, 1));
}

static void open_bound(void)
{
	open_inet();
	bind_inet();
}

static int bind_unix(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	strcpy(address.sun_path, made);
	return result(bind(server, (struct sockaddr *)&address, sizeof(address)));
}

static int bind_abstract(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "\0faults" };

	return result(bind(client, (struct sockaddr *)&address,
			   offsetof(struct sockaddr_un, sun_path) + 7));
}

static int connect_unix(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	strcpy(address.sun_path, made);
	if (connect(server, (struct sockaddr *)&address, sizeof(address)) && errno == ENOENT)
		return 0;
	return -errno;
}

static int mount_tmpfs(void)
{
	return result(mount("none", "/faults/mnt", "tmpfs", 0, NULL));
}

static int mount_bind(void)
{
	return result(mount("/faults/bin", "/faults/mnt", NULL, MS_BIND, NULL));
}

static int unmount(void)
{
	return result(umount2("/faults/mnt", 0));
}

static void mount_it(void)
{
	mount_tmpfs();
}

static void unmount_it(void)
{
	unmount();
}

/* In each the one call that is meant is the last that may fail. */
static const struct operation {
	const char *name;
	void (*before)(void);
	int (*run)(void);
	void (*after)(void);
} operations[] = {
	{ "open", NULL, open_read, NULL },
	{ "open to read and append", NULL, open_append, NULL },
	{ "open by pattern", NULL, open_pattern, NULL },
	{ "open of a directory", NULL, open_directory, NULL },
	{ "open of proc", NULL, open_proc, NULL },
	{ "stat", NULL, stat_file, NULL },
	{ "fstat", NULL, stat_open_file, NULL },
	{ "truncate", NULL, truncate_file, NULL },
	{ "ftruncate", NULL, truncate_open_file, NULL },
	{ "ioctl", NULL, control_file, NULL },
	{ "fcntl", NULL, set_append, NULL },
	{ "chmod", NULL, chmod_file, NULL },
	{ "chown", NULL, chown_file, NULL },
	{ "create", remove_made, create_file, remove_made },
	{ "link", remove_made, link_file, remove_made },
	{ "symlink with a condition", remove_made, make_link, remove_made },
	{ "mkfifo", remove_made, make_fifo, remove_made },
	{ "mknod", remove_made, make_device, remove_made },
	{ "rename", make_made, rename_file, remove_made },
	{ "unlink", make_made, unlink_file, NULL },
	{ "mkdir", remove_made, make_directory, remove_made },
	{ "rmdir", make_made_directory, remove_directory, NULL },
	{ "bind", open_inet, bind_inet, close_sockets },
	{ "listen", open_bound, listen_inet, close_sockets },
	{ "connect", open_inet, connect_inet, close_sockets },
	{ "send", open_inet, send_inet, close_sockets },
	{ "bind to a file", open_unix, bind_unix, close_sockets },
	{ "bind to an abstract name", open_unix, bind_abstract, close_sockets },
	{ "connect to a file", open_unix, connect_unix, close_sockets },
	{ "mount", NULL, mount_tmpfs, unmount_it },
	{ "mount --bind", NULL, mount_bind, unmount_it },
	{ "umount", mount_it, unmount, NULL },
};

static const char policy[] = "file read/write/append/getattr/truncate /faults/file\n"
			     "file ioctl /faults/file 0x541B\n"
			     "file chmod /faults/file 0640\n"
			     "file chown/chgrp /faults/file 0\n"
			     "file read /faults/bin/\\*\n"
			     "file read /faults/\n"
			     "file read proc:/self/stat\n"
			     "file create/mkfifo/mksock /faults/made 0-0777\n"
			     "file write/unlink/append /faults/made\n"
			     "file unlink /faults/other\n"
			     "file mkdir /faults/made/ 0-0777\n"
			     "file rmdir /faults/made/\n"
			     "file mkchar /faults/made 0600 1 3\n"
			     "file chmod /faults/made 0600\n"
			     "file truncate /faults/made\n"
			     "file link /faults/file /faults/made\n"
			     "file rename /faults/made /faults/other\n"
			     "file symlink /faults/\\* symlink.target=\"/faults/\\*\"\n"
			     "network inet stream bind/listen 127.0.0.1 20000\n"
			     "network inet dgram send 127.0.0.1 20001\n"
			     "network inet stream connect 127.0.0.1 20000-20009\n"
			     "network unix stream bind/connect /faults/made\n"
			     "network unix dgram bind \\000faults\n"
			     "file mount any /faults/mnt/ tmpfs 0x0\n"
			     "file mount /faults/bin/ /faults/mnt/ --bind 0x0\n"
			     "file unmount /faults/mnt/\n";

static int attempt(const struct operation *operation)
{
	int error;

	if (operation->before)
		operation->before();
	error = operation->run();
	if (operation->after)
		operation->after();
	return error;
}

static void count_allocations(const struct subject *subject, const struct operation *operation)
{
	unsigned int asked;
	int error;

	if (operation->before)
		operation->before();
	inject_nth(subject->nth, MANY);
	error = operation->run();
	asked = inject_end(subject->nth, MANY);
	if (operation->after)
		operation->after();
	if (error)
		complain("%s: %s", operation->name, error_name(error));
	if (asked)
		complain("%s asks for memory, %u times", operation->name, asked);
}

static void all(const struct subject *subject, void *data)
{
	unsigned int i, round, number = sizeof(operations) / sizeof(operations[0]);

	(void)data;
	for (i = 0; i < number; i++)
		count_allocations(subject, &operations[i]);
	for (round = 0; round < 10; round++) {
		inject_percent(100, true);
		for (i = 0; i < number; i++) {
			int error = attempt(&operations[i]);

			if (error)
				complain("%s without memory: %s", operations[i].name,
					 error_name(error));
		}
		inject_percent(0, true);
	}
	printf("faults: %u operations granted without memory\n", round * number);
	fflush(stdout);
}

/* Who has the same granted, but logged, notices that there is no memory. */
static void logged(const struct subject *subject, void *data)
{
	int error;

	(void)subject;
	(void)data;
	inject_percent(100, true);
	error = open_read();
	inject_percent(0, true);
	if (error != -ENOMEM)
		complain("the failure does not come: open, logged, gives %s", error_name(error));
}

static void prepare(void (*run)(const struct subject *, void *), const char *name)
{
	in_domain(name, run, NULL);
}

void test_granted(void)
{
	if (!inject_can_choose()) {
		complain("this kernel cannot limit failures to our code");
		return;
	}
	file = open("/faults/file", O_RDWR | O_CLOEXEC);
	define_domain("granted", ENFORCING, policy);
	define_domain("logged", LOGGING, policy);
	inject_mark();
	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		die("no mount namespace of my own");
	prepare(all, "granted");
	prepare(logged, "logged");
	drop_domain("granted");
	drop_domain("logged");
	close(file);
}
