// SPDX-License-Identifier: GPL-2.0-only
/* Operations: lsm/engine/operation.c against the kernel ABI specification 1.10, 5.3, appendix A. */
#include "lsm/engine/operation.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

/* Memory that ends where the text ends, so that the sanitizer sees every byte read too many. */
static struct tmy_span exact(const char *text)
{
	size_t length = strlen(text);
	char *copy = malloc(length ? length : 1);

	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
	memcpy(copy, text, length);
	return tmy_span(copy, length);
}

static bool prints(enum tmy_kind kind, u16 operations, const char *expected)
{
	char buffer[128];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));

	tmy_put_operations(&text, kind, operations);
	return tmy_span_equal(tmy_span(buffer, text.length), tmy_span(expected, strlen(expected)));
}

/* The list is understood as one of @kind and read back as @expected. */
static bool file(const char *list, enum tmy_kind kind, const char *expected)
{
	struct tmy_span span = exact(list);
	enum tmy_kind got;
	u16 operations;
	bool good = tmy_parse_file_operations(span, &got, &operations, NULL) && got == kind &&
		    prints(kind, operations, expected);

	free((void *)span.at);
	return good;
}

static bool network(const char *list, const char *expected)
{
	struct tmy_span span = exact(list);
	u16 operations;
	bool good = tmy_parse_network_operations(span, &operations, NULL) &&
		    prints(TMY_INET, operations, expected) &&
		    prints(TMY_UNIX, operations, expected);

	free((void *)span.at);
	return good;
}

/* The list is rejected because of what stands at @place. */
static bool bad_file(const char *list, size_t place)
{
	struct tmy_span span = exact(list);
	struct tmy_problem problem = { 0 };
	enum tmy_kind kind;
	u16 operations;
	bool bad = !tmy_parse_file_operations(span, &kind, &operations, &problem) &&
		   problem.reason && problem.at == span.at + place;

	free((void *)span.at);
	return bad;
}

static bool bad_network(const char *list, size_t place)
{
	struct tmy_span span = exact(list);
	struct tmy_problem problem = { 0 };
	u16 operations;
	bool bad = !tmy_parse_network_operations(span, &operations, &problem) && problem.reason &&
		   problem.at == span.at + place;

	free((void *)span.at);
	return bad;
}

static void test_lists(void)
{
	ok(file("write/read", TMY_PATH, "read/write"), "K-085 the order of a list is fixed");
	ok(file("append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount",
		TMY_PATH,
		"execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount"),
	   "K-086 every operation with one name");
	ok(file("chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create", TMY_PATH_NUMBER,
		"create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp"),
	   "K-087 every operation with a name and a number");
	ok(file("pivot_root/rename/link", TMY_PATH2, "link/rename/pivot_root"),
	   "K-088 every operation with two names");
	ok(file("mkchar/mkblock", TMY_MKDEV, "mkblock/mkchar") && file("mount", TMY_MOUNT, "mount"),
	   "mkdev and mount");
	ok(network("send/connect/listen/bind", "bind/listen/connect/send"),
	   "K-089 every network operation");
	ok(file("read/read/write/read", TMY_PATH, "read/write") && network("bind/bind", "bind"),
	   "duplicates are fine");
	ok(prints(TMY_ENV, 1, "env") && prints(TMY_TRANSITION, 1, "manual_domain_transition"),
	   "kinds without a list have one word");
}

static void test_bad_lists(void)
{
	ok(bad_file("nosuch", 0) && bad_file("umount", 0) && bad_file("transit", 0),
	   "K-090 unknown operations");
	ok(bad_network("accept", 0) && bad_network("read", 0) && bad_file("bind", 0) &&
		   bad_file("env", 0),
	   "K-091 unknown network operations");
	ok(bad_file("readx", 0) && bad_file("read/nosuch", 5) && bad_file("xread/read", 0) &&
		   bad_file("mountx", 0) && bad_file("rea", 0) && bad_file("READ", 0) &&
		   bad_network("bind/binds", 5),
	   "D-04 every part of a list must be known");
	ok(bad_file("read/rename", 5) && bad_file("mount/rename", 6) &&
		   bad_file("create/mkchar", 7),
	   "D-04 operations with different operands do not go together");
	ok(bad_file("", 0) && bad_file("/read", 0) && bad_file("read/", 5) &&
		   bad_file("read//write", 5) && bad_file("/", 0) && bad_network("", 0) &&
		   bad_network("bind/", 5),
	   "D-04 no part of a list is empty");
}

/* Item and operation have the same name, but for what opens a file. */
static bool file_item_fits(enum tmy_kind kind, unsigned int operation)
{
	struct tmy_span word = tmy_operation_word(kind, operation);
	struct tmy_span name = tmy_item_name(tmy_item_of(kind, 0, operation));

	if (kind == TMY_PATH && operation >= TMY_READ && operation <= TMY_APPEND)
		return tmy_span_equal(name, TMY_SPAN("file::open"));
	return tmy_span_skip(&name, TMY_SPAN("file::")) && tmy_span_equal(name, word);
}

/* The item is called after family, protocol and operation, or there is none. */
static bool network_item_fits(enum tmy_kind kind, enum tmy_protocol protocol,
			      unsigned int operation)
{
	enum tmy_item item = tmy_item_of(kind, protocol, operation);
	char name[64];
	struct tmy_text text = tmy_text(name, sizeof(name));

	if (kind == TMY_INET)
		tmy_puts(&text, "network::inet_");
	else
		tmy_puts(&text, "network::unix_");
	tmy_put(&text, tmy_protocol_word(protocol));
	tmy_put_char(&text, '_');
	tmy_put(&text, tmy_operation_word(kind, operation));
	return item == tmy_item_named(tmy_span(name, text.length));
}

static bool file_items_fit(void)
{
	enum tmy_kind kind;
	unsigned int operation;

	for (kind = TMY_PATH; kind <= TMY_MOUNT; kind++)
		for (operation = 0; operation < tmy_operations(kind); operation++)
			if (!file_item_fits(kind, operation))
				return false;
	return true;
}

static bool network_items_fit(void)
{
	enum tmy_protocol protocol;
	unsigned int operation;

	for (protocol = 0; protocol < TMY_PROTOCOLS; protocol++)
		for (operation = 0; operation < tmy_operations(TMY_INET); operation++)
			if (!network_item_fits(TMY_INET, protocol, operation) ||
			    !network_item_fits(TMY_UNIX, protocol, operation))
				return false;
	return true;
}

/* A name is found again and starts with that of its category. */
static bool names_fit(void)
{
	unsigned int item;

	for (item = 0; item < TMY_ITEM_CONFIG; item++)
		if (tmy_item_named(tmy_item_name(item)) != item)
			return false;
	for (item = 0; item < TMY_OPERATION_ITEMS; item++) {
		struct tmy_span name = tmy_item_name(item);

		if (!tmy_span_skip(&name, tmy_item_name(tmy_item_category(item))) ||
		    !tmy_span_skip(&name, TMY_SPAN("::")))
			return false;
	}
	return true;
}

static bool no_item(const char *name)
{
	struct tmy_span span = exact(name);
	bool none = tmy_item_named(span) == TMY_ITEMS;

	free((void *)span.at);
	return none;
}

static void test_items(void)
{
	ok(tmy_operations(TMY_PATH) == 11 && tmy_operations(TMY_PATH2) == 3 &&
		   tmy_operations(TMY_PATH_NUMBER) == 8 && tmy_operations(TMY_MKDEV) == 2 &&
		   tmy_operations(TMY_MOUNT) == 1 && tmy_operations(TMY_INET) == 4 &&
		   tmy_operations(TMY_UNIX) == 4 && tmy_operations(TMY_ENV) == 1 &&
		   tmy_operations(TMY_TRANSITION) == 1,
	   "each kind has its operations");
	ok(file_items_fit(), "file operations have the item of their name, or file::open");
	ok(network_items_fit(), "network operations have the item of their name, or none");
	ok(tmy_item_of(TMY_ENV, 0, 0) == TMY_ITEM_MISC_ENV &&
		   tmy_item_of(TMY_TRANSITION, 0, 0) == TMY_ITEMS &&
		   tmy_item_of(TMY_UNIX, TMY_RAW, TMY_BIND) == TMY_ITEMS &&
		   tmy_item_of(TMY_INET, TMY_RAW, TMY_SEND) == TMY_ITEM_INET_RAW_SEND,
	   "misc::env; nothing for transitions and what is never asked");
	ok(names_fit(), "items are found by their names, which say the category");
	ok(no_item("file::read") && no_item("execute") && no_item("capability") && no_item("") &&
		   no_item("file::") && no_item("file::execut") && no_item("file::executed") &&
		   no_item("network::inet_seqpacket_bind") && no_item("::file"),
	   "K-151 no other names are items");
}

int main(void)
{
	test_lists();
	test_bad_lists();
	test_items();
	return done();
}
