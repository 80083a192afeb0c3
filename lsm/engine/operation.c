// SPDX-License-Identifier: GPL-2.0-only
/* Operations: the kinds of entries, the words of their operation lists, and their profile items. */
#include "operation.h"

/* Versions of clang-format disagree about braces in a macro. */
/* clang-format off */
#define WORD(literal) { "" literal, sizeof(literal) - 1 }
/* clang-format on */

/* The word of an operation, and the profile item that sets its mode. */
struct operation {
	struct tmy_span word;
	u8 item; /* enum tmy_item; TMY_ITEMS: none, or it depends on the protocol */
};

static const struct operation path_operations[] = {
	[TMY_EXECUTE] = { WORD("execute"), TMY_ITEM_FILE_EXECUTE },
	[TMY_READ] = { WORD("read"), TMY_ITEM_FILE_OPEN },
	[TMY_WRITE] = { WORD("write"), TMY_ITEM_FILE_OPEN },
	[TMY_APPEND] = { WORD("append"), TMY_ITEM_FILE_OPEN },
	[TMY_UNLINK] = { WORD("unlink"), TMY_ITEM_FILE_UNLINK },
	[TMY_GETATTR] = { WORD("getattr"), TMY_ITEM_FILE_GETATTR },
	[TMY_RMDIR] = { WORD("rmdir"), TMY_ITEM_FILE_RMDIR },
	[TMY_TRUNCATE] = { WORD("truncate"), TMY_ITEM_FILE_TRUNCATE },
	[TMY_SYMLINK] = { WORD("symlink"), TMY_ITEM_FILE_SYMLINK },
	[TMY_CHROOT] = { WORD("chroot"), TMY_ITEM_FILE_CHROOT },
	[TMY_UNMOUNT] = { WORD("unmount"), TMY_ITEM_FILE_UNMOUNT },
};

static const struct operation path2_operations[] = {
	[TMY_LINK] = { WORD("link"), TMY_ITEM_FILE_LINK },
	[TMY_RENAME] = { WORD("rename"), TMY_ITEM_FILE_RENAME },
	[TMY_PIVOT_ROOT] = { WORD("pivot_root"), TMY_ITEM_FILE_PIVOT_ROOT },
};

static const struct operation path_number_operations[] = {
	[TMY_CREATE] = { WORD("create"), TMY_ITEM_FILE_CREATE },
	[TMY_MKDIR] = { WORD("mkdir"), TMY_ITEM_FILE_MKDIR },
	[TMY_MKFIFO] = { WORD("mkfifo"), TMY_ITEM_FILE_MKFIFO },
	[TMY_MKSOCK] = { WORD("mksock"), TMY_ITEM_FILE_MKSOCK },
	[TMY_IOCTL] = { WORD("ioctl"), TMY_ITEM_FILE_IOCTL },
	[TMY_CHMOD] = { WORD("chmod"), TMY_ITEM_FILE_CHMOD },
	[TMY_CHOWN] = { WORD("chown"), TMY_ITEM_FILE_CHOWN },
	[TMY_CHGRP] = { WORD("chgrp"), TMY_ITEM_FILE_CHGRP },
};

static const struct operation mkdev_operations[] = {
	[TMY_MKBLOCK] = { WORD("mkblock"), TMY_ITEM_FILE_MKBLOCK },
	[TMY_MKCHAR] = { WORD("mkchar"), TMY_ITEM_FILE_MKCHAR },
};

static const struct operation mount_operations[] = {
	{ WORD("mount"), TMY_ITEM_FILE_MOUNT },
};

static const struct operation network_operations[] = {
	[TMY_BIND] = { WORD("bind"), TMY_ITEMS },
	[TMY_LISTEN] = { WORD("listen"), TMY_ITEMS },
	[TMY_CONNECT] = { WORD("connect"), TMY_ITEMS },
	[TMY_SEND] = { WORD("send"), TMY_ITEMS },
};

static const struct operation env_operations[] = {
	{ WORD("env"), TMY_ITEM_MISC_ENV },
};

static const struct operation transition_operations[] = {
	{ WORD("manual_domain_transition"), TMY_ITEMS },
};

/* Versions of clang-format disagree about braces in a macro. */
/* clang-format off */
#define LIST(table) { table, sizeof(table) / sizeof((table)[0]) }
/* clang-format on */

static const struct {
	const struct operation *operations;
	u8 count;
} kinds[TMY_KINDS] = {
	[TMY_PATH] = LIST(path_operations),
	[TMY_PATH2] = LIST(path2_operations),
	[TMY_PATH_NUMBER] = LIST(path_number_operations),
	[TMY_MKDEV] = LIST(mkdev_operations),
	[TMY_MOUNT] = LIST(mount_operations),
	[TMY_INET] = LIST(network_operations),
	[TMY_UNIX] = LIST(network_operations),
	[TMY_ENV] = LIST(env_operations),
	[TMY_TRANSITION] = LIST(transition_operations),
};

static const struct tmy_span protocols[TMY_PROTOCOLS] = {
	[TMY_STREAM] = WORD("stream"),
	[TMY_DGRAM] = WORD("dgram"),
	[TMY_RAW] = WORD("raw"),
	[TMY_SEQPACKET] = WORD("seqpacket"),
};

/* By protocol and operation (bind, listen, connect, send). TMY_ITEMS: no hook checks it. */
static const u8 inet_items[TMY_PROTOCOLS][4] = {
	[TMY_STREAM] = { TMY_ITEM_INET_STREAM_BIND, TMY_ITEM_INET_STREAM_LISTEN,
			 TMY_ITEM_INET_STREAM_CONNECT, TMY_ITEMS },
	[TMY_DGRAM] = { TMY_ITEM_INET_DGRAM_BIND, TMY_ITEMS, TMY_ITEMS, TMY_ITEM_INET_DGRAM_SEND },
	[TMY_RAW] = { TMY_ITEM_INET_RAW_BIND, TMY_ITEMS, TMY_ITEMS, TMY_ITEM_INET_RAW_SEND },
	[TMY_SEQPACKET] = { TMY_ITEMS, TMY_ITEMS, TMY_ITEMS, TMY_ITEMS },
};

static const u8 unix_items[TMY_PROTOCOLS][4] = {
	[TMY_STREAM] = { TMY_ITEM_UNIX_STREAM_BIND, TMY_ITEM_UNIX_STREAM_LISTEN,
			 TMY_ITEM_UNIX_STREAM_CONNECT, TMY_ITEMS },
	[TMY_DGRAM] = { TMY_ITEM_UNIX_DGRAM_BIND, TMY_ITEMS, TMY_ITEMS, TMY_ITEM_UNIX_DGRAM_SEND },
	[TMY_RAW] = { TMY_ITEMS, TMY_ITEMS, TMY_ITEMS, TMY_ITEMS },
	[TMY_SEQPACKET] = { TMY_ITEM_UNIX_SEQPACKET_BIND, TMY_ITEM_UNIX_SEQPACKET_LISTEN,
			    TMY_ITEM_UNIX_SEQPACKET_CONNECT, TMY_ITEMS },
};

static const struct tmy_span items[TMY_ITEMS] = {
	[TMY_ITEM_FILE_EXECUTE] = WORD("file::execute"),
	[TMY_ITEM_FILE_OPEN] = WORD("file::open"),
	[TMY_ITEM_FILE_CREATE] = WORD("file::create"),
	[TMY_ITEM_FILE_UNLINK] = WORD("file::unlink"),
	[TMY_ITEM_FILE_GETATTR] = WORD("file::getattr"),
	[TMY_ITEM_FILE_MKDIR] = WORD("file::mkdir"),
	[TMY_ITEM_FILE_RMDIR] = WORD("file::rmdir"),
	[TMY_ITEM_FILE_MKFIFO] = WORD("file::mkfifo"),
	[TMY_ITEM_FILE_MKSOCK] = WORD("file::mksock"),
	[TMY_ITEM_FILE_TRUNCATE] = WORD("file::truncate"),
	[TMY_ITEM_FILE_SYMLINK] = WORD("file::symlink"),
	[TMY_ITEM_FILE_MKBLOCK] = WORD("file::mkblock"),
	[TMY_ITEM_FILE_MKCHAR] = WORD("file::mkchar"),
	[TMY_ITEM_FILE_LINK] = WORD("file::link"),
	[TMY_ITEM_FILE_RENAME] = WORD("file::rename"),
	[TMY_ITEM_FILE_CHMOD] = WORD("file::chmod"),
	[TMY_ITEM_FILE_CHOWN] = WORD("file::chown"),
	[TMY_ITEM_FILE_CHGRP] = WORD("file::chgrp"),
	[TMY_ITEM_FILE_IOCTL] = WORD("file::ioctl"),
	[TMY_ITEM_FILE_CHROOT] = WORD("file::chroot"),
	[TMY_ITEM_FILE_MOUNT] = WORD("file::mount"),
	[TMY_ITEM_FILE_UNMOUNT] = WORD("file::unmount"),
	[TMY_ITEM_FILE_PIVOT_ROOT] = WORD("file::pivot_root"),
	[TMY_ITEM_INET_STREAM_BIND] = WORD("network::inet_stream_bind"),
	[TMY_ITEM_INET_STREAM_LISTEN] = WORD("network::inet_stream_listen"),
	[TMY_ITEM_INET_STREAM_CONNECT] = WORD("network::inet_stream_connect"),
	[TMY_ITEM_INET_DGRAM_BIND] = WORD("network::inet_dgram_bind"),
	[TMY_ITEM_INET_DGRAM_SEND] = WORD("network::inet_dgram_send"),
	[TMY_ITEM_INET_RAW_BIND] = WORD("network::inet_raw_bind"),
	[TMY_ITEM_INET_RAW_SEND] = WORD("network::inet_raw_send"),
	[TMY_ITEM_UNIX_STREAM_BIND] = WORD("network::unix_stream_bind"),
	[TMY_ITEM_UNIX_STREAM_LISTEN] = WORD("network::unix_stream_listen"),
	[TMY_ITEM_UNIX_STREAM_CONNECT] = WORD("network::unix_stream_connect"),
	[TMY_ITEM_UNIX_DGRAM_BIND] = WORD("network::unix_dgram_bind"),
	[TMY_ITEM_UNIX_DGRAM_SEND] = WORD("network::unix_dgram_send"),
	[TMY_ITEM_UNIX_SEQPACKET_BIND] = WORD("network::unix_seqpacket_bind"),
	[TMY_ITEM_UNIX_SEQPACKET_LISTEN] = WORD("network::unix_seqpacket_listen"),
	[TMY_ITEM_UNIX_SEQPACKET_CONNECT] = WORD("network::unix_seqpacket_connect"),
	[TMY_ITEM_MISC_ENV] = WORD("misc::env"),
	[TMY_ITEM_FILE] = WORD("file"),
	[TMY_ITEM_NETWORK] = WORD("network"),
	[TMY_ITEM_MISC] = WORD("misc"),
	[TMY_ITEM_CONFIG] = WORD(""),
};

unsigned int tmy_operations(enum tmy_kind kind)
{
	return kinds[kind].count;
}

struct tmy_span tmy_operation_word(enum tmy_kind kind, unsigned int operation)
{
	return kinds[kind].operations[operation].word;
}

struct tmy_span tmy_protocol_word(enum tmy_protocol protocol)
{
	return protocols[protocol];
}

enum tmy_item tmy_item_of(enum tmy_kind kind, enum tmy_protocol protocol, unsigned int operation)
{
	if (kind == TMY_INET)
		return inet_items[protocol][operation];
	if (kind == TMY_UNIX)
		return unix_items[protocol][operation];
	return kinds[kind].operations[operation].item;
}

enum tmy_item tmy_item_named(struct tmy_span name)
{
	unsigned int item;

	for (item = 0; item < TMY_ITEM_CONFIG; item++)
		if (tmy_span_equal(name, items[item]))
			return item;
	return TMY_ITEMS;
}

struct tmy_span tmy_item_name(enum tmy_item item)
{
	return items[item];
}

enum tmy_item tmy_item_category(enum tmy_item item)
{
	if (item <= TMY_ITEM_FILE_PIVOT_ROOT)
		return TMY_ITEM_FILE;
	return item < TMY_ITEM_MISC_ENV ? TMY_ITEM_NETWORK : TMY_ITEM_MISC;
}

/* The kind, from @first to @last, that has an operation called @word; @last + 1: none. */
static unsigned int find_operation(struct tmy_span word, unsigned int first, unsigned int last,
				   unsigned int *operation)
{
	unsigned int kind, i;

	for (kind = first; kind <= last; kind++) {
		for (i = 0; i < kinds[kind].count; i++) {
			if (!tmy_span_equal(word, kinds[kind].operations[i].word))
				continue;
			*operation = i;
			return kind;
		}
	}
	return kind;
}

/* Up to the next slash; @list becomes what follows it. */
static struct tmy_span take_part(struct tmy_span *list)
{
	struct tmy_span part = tmy_span(list->at, tmy_span_find(*list, '/'));

	if (part.length == list->length)
		list->length = 0;
	else
		*list = tmy_span(list->at + part.length + 1, list->length - part.length - 1);
	return part;
}

/* @first and @last: the kinds that the list may be of; @unknown: the reason when it is of none. */
static bool parse_operations(struct tmy_span list, unsigned int first, unsigned int last,
			     const char *unknown, unsigned int *kind, u16 *operations,
			     struct tmy_problem *problem)
{
	bool more = true;

	*operations = 0;
	if (!list.length)
		return tmy_problem(problem, list.at, "operations are missing here");
	while (more) {
		size_t before = list.length;
		struct tmy_span part = take_part(&list);
		unsigned int operation, found;

		more = part.length < before;
		if (!part.length)
			return tmy_problem(problem, part.at, "an operation is missing beside '/'");
		found = find_operation(part, first, last, &operation);
		if (found > last)
			return tmy_problem(problem, part.at, unknown);
		if (*operations && found != *kind)
			return tmy_problem(problem, part.at,
					   "operations with different operands in one list");
		*kind = found;
		*operations |= (u16)(1U << operation);
	}
	return true;
}

bool tmy_parse_file_operations(struct tmy_span word, enum tmy_kind *kind, u16 *operations,
			       struct tmy_problem *problem)
{
	unsigned int found = TMY_PATH;
	bool good = parse_operations(word, TMY_PATH, TMY_MOUNT, "unknown file operation", &found,
				     operations, problem);

	*kind = found;
	return good;
}

bool tmy_parse_network_operations(struct tmy_span word, u16 *operations,
				  struct tmy_problem *problem)
{
	unsigned int found;

	return parse_operations(word, TMY_INET, TMY_INET, "unknown network operation", &found,
				operations, problem);
}

void tmy_put_operations(struct tmy_text *text, enum tmy_kind kind, u16 operations)
{
	bool first = true;
	unsigned int i;

	for (i = 0; i < kinds[kind].count; i++) {
		if (!(operations >> i & 1))
			continue;
		if (!first)
			tmy_put_char(text, '/');
		first = false;
		tmy_put(text, kinds[kind].operations[i].word);
	}
}
