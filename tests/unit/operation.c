// SPDX-License-Identifier: GPL-2.0-only
/* Operations: lsm/engine/operation.c against the kernel ABI specification 1.10, 5.3, appendix A. */
#include "lsm/engine/operation.h"

#include "tests/unit/spans.h"

static const char *printed(enum tmy_kind kind, u16 operations)
{
	char buffer[128];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));

	tmy_put_operations(&text, kind, operations);
	return buffer_text(&text);
}
#define prints(kind, operations, expected) is(printed(kind, operations), expected, named(expected))

/* "KIND OPERATIONS" of what is understood as a list for files, or why it is refused. */
static const char *file_list(const char *list)
{
	struct tmy_span span = exact_span(list);
	struct tmy_problem problem = { NULL, NULL };
	enum tmy_kind kind;
	u16 operations;

	if (!tmy_parse_file_operations(span, &kind, &operations, &problem))
		return formatted("refused: %s", problem_text(span, &problem));
	return formatted("%u %s", kind, printed(kind, operations));
}

static const char *network_list(const char *list, enum tmy_kind kind)
{
	struct tmy_span span = exact_span(list);
	struct tmy_problem problem = { NULL, NULL };
	u16 operations;

	if (!tmy_parse_network_operations(span, &operations, &problem))
		return formatted("refused: %s", problem_text(span, &problem));
	return printed(kind, operations);
}

/* The list is understood as one of @kind and read back as @expected. */
#define file(list, kind, expected) \
	is(file_list(list), formatted("%u %s", kind, expected), named(list))
#define network(list, expected)                                                  \
	do {                                                                     \
		is(network_list(list, TMY_INET), expected, named("inet " list)); \
		is(network_list(list, TMY_UNIX), expected, named("unix " list)); \
	} while (0)

/* The start of @got that says where the list is refused. */
static const char *place_of(const char *got)
{
	const char *colon = strstr(got, ": ");

	colon = colon ? strchr(colon + 2, ':') : NULL;
	return colon && colon[2] ? formatted("%.*s", (int)(colon - got), got) : got;
}

/* The list is rejected because of what stands at @place. */
#define bad_file(list, place) \
	is(place_of(file_list(list)), formatted("refused: %d", place), named(list))
#define bad_network(list, place) \
	is(place_of(network_list(list, TMY_INET)), formatted("refused: %d", place), named(list))

static void test_lists(void)
{
	about("K-085 the order of a list is fixed");
	file("write/read", TMY_PATH, "read/write");
	about("K-086 every operation with one name");
	file("append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount",
	     TMY_PATH,
	     "execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount");
	about("K-087 every operation with a name and a number");
	file("chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create", TMY_PATH_NUMBER,
	     "create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp");
	about("K-088 every operation with two names");
	file("pivot_root/rename/link", TMY_PATH2, "link/rename/pivot_root");
	about("mkdev and mount");
	file("mkchar/mkblock", TMY_MKDEV, "mkblock/mkchar");
	file("mount", TMY_MOUNT, "mount");
	about("K-089 every network operation");
	network("send/connect/listen/bind", "bind/listen/connect/send");
	about("duplicates are fine");
	file("read/read/write/read", TMY_PATH, "read/write");
	network("bind/bind", "bind");
	about("kinds without a list have one word");
	prints(TMY_ENV, 1, "env");
	prints(TMY_TRANSITION, 1, "manual_domain_transition");
}

static void test_bad_lists(void)
{
	about("K-090 unknown operations");
	bad_file("nosuch", 0);
	bad_file("umount", 0);
	bad_file("transit", 0);
	about("K-091 unknown network operations");
	bad_network("accept", 0);
	bad_network("read", 0);
	bad_file("bind", 0);
	bad_file("env", 0);
	about("D-04 every part of a list must be known");
	bad_file("readx", 0);
	bad_file("read/nosuch", 5);
	bad_file("xread/read", 0);
	bad_file("mountx", 0);
	bad_file("rea", 0);
	bad_file("READ", 0);
	bad_network("bind/binds", 5);
	about("D-04 operations with different operands do not go together");
	bad_file("read/rename", 5);
	bad_file("mount/rename", 6);
	bad_file("create/mkchar", 7);
	about("D-04 no part of a list is empty");
	bad_file("", 0);
	bad_file("/read", 0);
	bad_file("read/", 5);
	bad_file("read//write", 5);
	bad_file("/", 0);
	bad_network("", 0);
	bad_network("bind/", 5);
}

static const char *fit_text(bool fits)
{
	return fits ? "fits" : "does not fit";
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

static void test_file_items(void)
{
	struct tap_cases all = { 0 };
	enum tmy_kind kind;
	unsigned int operation;

	for (kind = TMY_PATH; kind <= TMY_MOUNT; kind++)
		for (operation = 0; operation < tmy_operations(kind); operation++)
			add_case(&all, span_text(tmy_operation_word(kind, operation)),
				 fit_text(file_item_fits(kind, operation)), fit_text(true));
	is_each(&all, "file operations have the item of their name, or file::open");
}

static void test_network_items(void)
{
	struct tap_cases all = { 0 };
	enum tmy_protocol protocol;
	unsigned int operation;

	for (protocol = 0; protocol < TMY_PROTOCOLS; protocol++)
		for (operation = 0; operation < tmy_operations(TMY_INET); operation++) {
			const char *where =
				formatted("%s %s", span_text(tmy_protocol_word(protocol)),
					  span_text(tmy_operation_word(TMY_INET, operation)));

			add_case(&all, formatted("inet %s", where),
				 fit_text(network_item_fits(TMY_INET, protocol, operation)),
				 fit_text(true));
			add_case(&all, formatted("unix %s", where),
				 fit_text(network_item_fits(TMY_UNIX, protocol, operation)),
				 fit_text(true));
		}
	is_each(&all, "network operations have the item of their name, or none");
}

/* A name is found again and starts with that of its category. */
static void test_item_names(void)
{
	struct tap_cases all = { 0 };
	unsigned int item;

	for (item = 0; item < TMY_ITEM_CONFIG; item++)
		add_case(&all, formatted("item %u", item),
			 formatted("%d", tmy_item_named(tmy_item_name(item))),
			 formatted("%u", item));
	for (item = 0; item < TMY_OPERATION_ITEMS; item++) {
		struct tmy_span category = tmy_item_name(tmy_item_category(item));
		const char *start = formatted("%s::", span_text(category));

		add_case(&all, formatted("category of item %u", item),
			 formatted("%.*s", (int)strlen(start), span_text(tmy_item_name(item))),
			 start);
	}
	is_each(&all, "items are found by their names, which say the category");
}

#define no_item(name) is(tmy_item_named(exact_span(name)), TMY_ITEMS, named(name))

static void test_items(void)
{
	about("each kind has its operations");
	is(tmy_operations(TMY_PATH), 11, named("tmy_operations(TMY_PATH)"));
	is(tmy_operations(TMY_PATH2), 3, named("tmy_operations(TMY_PATH2)"));
	is(tmy_operations(TMY_PATH_NUMBER), 8, named("tmy_operations(TMY_PATH_NUMBER)"));
	is(tmy_operations(TMY_MKDEV), 2, named("tmy_operations(TMY_MKDEV)"));
	is(tmy_operations(TMY_MOUNT), 1, named("tmy_operations(TMY_MOUNT)"));
	is(tmy_operations(TMY_INET), 4, named("tmy_operations(TMY_INET)"));
	is(tmy_operations(TMY_UNIX), 4, named("tmy_operations(TMY_UNIX)"));
	is(tmy_operations(TMY_ENV), 1, named("tmy_operations(TMY_ENV)"));
	is(tmy_operations(TMY_TRANSITION), 1, named("tmy_operations(TMY_TRANSITION)"));
	test_file_items();
	test_network_items();
	about("misc::env; nothing for transitions and what is never asked");
	is(tmy_item_of(TMY_ENV, 0, 0), TMY_ITEM_MISC_ENV, named("tmy_item_of(TMY_ENV, 0, 0)"));
	is(tmy_item_of(TMY_TRANSITION, 0, 0), TMY_ITEMS,
	   named("tmy_item_of(TMY_TRANSITION, 0, 0)"));
	is(tmy_item_of(TMY_UNIX, TMY_RAW, TMY_BIND), TMY_ITEMS,
	   named("tmy_item_of(TMY_UNIX, TMY_RAW, TMY_BIND)"));
	is(tmy_item_of(TMY_INET, TMY_RAW, TMY_SEND), TMY_ITEM_INET_RAW_SEND,
	   named("tmy_item_of(TMY_INET, TMY_RAW, TMY_SEND)"));
	test_item_names();
	about("K-151 no other names are items");
	no_item("file::read");
	no_item("execute");
	no_item("capability");
	no_item("");
	no_item("file::");
	no_item("file::execut");
	no_item("file::executed");
	no_item("network::inet_seqpacket_bind");
	no_item("::file");
}

int main(void)
{
	test_lists();
	test_bad_lists();
	test_items();
	return done();
}
