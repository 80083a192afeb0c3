/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations: the kinds of entries, the words of their operation lists, and the profile item each
 * belongs to (kernel ABI specification 1.10, 3.4, 5.3, appendix A).
 */
#ifndef TMY_ENGINE_OPERATION_H
#define TMY_ENGINE_OPERATION_H

#include "problem.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kind of an entry determines its operations and operands. */
enum tmy_kind {
	TMY_PATH,	 /* file OPS NAME */
	TMY_PATH2,	 /* file OPS NAME NAME */
	TMY_PATH_NUMBER, /* file OPS NAME NUMBER */
	TMY_MKDEV,	 /* file OPS NAME MODE MAJOR MINOR */
	TMY_MOUNT,	 /* file mount DEVICE DIRECTORY TYPE FLAGS */
	TMY_INET,	 /* network inet PROTOCOL OPS ADDRESS PORT */
	TMY_UNIX,	 /* network unix PROTOCOL OPS NAME */
	TMY_ENV,	 /* misc env NAME */
	TMY_TRANSITION,	 /* task manual_domain_transition DOMAIN */
	TMY_KINDS
};

/* Operations are numbered within their kind, in the order of printing (appendix A). */
enum tmy_path_operation {
	TMY_EXECUTE,
	TMY_READ,
	TMY_WRITE,
	TMY_APPEND,
	TMY_UNLINK,
	TMY_GETATTR,
	TMY_RMDIR,
	TMY_TRUNCATE,
	TMY_SYMLINK,
	TMY_CHROOT,
	TMY_UNMOUNT,
};
enum tmy_path2_operation {
	TMY_LINK,
	TMY_RENAME,
	TMY_PIVOT_ROOT,
};
enum tmy_path_number_operation {
	TMY_CREATE,
	TMY_MKDIR,
	TMY_MKFIFO,
	TMY_MKSOCK,
	TMY_IOCTL,
	TMY_CHMOD,
	TMY_CHOWN,
	TMY_CHGRP,
};
enum tmy_mkdev_operation {
	TMY_MKBLOCK,
	TMY_MKCHAR,
};
enum tmy_network_operation {
	TMY_BIND,
	TMY_LISTEN,
	TMY_CONNECT,
	TMY_SEND,
};
enum tmy_protocol {
	TMY_STREAM,
	TMY_DGRAM,
	TMY_RAW,
	TMY_SEQPACKET,
	TMY_PROTOCOLS
};

/* Profile items in the order in which they are printed; then the categories, then CONFIG itself. */
enum tmy_item {
	TMY_ITEM_FILE_EXECUTE,
	TMY_ITEM_FILE_OPEN,
	TMY_ITEM_FILE_CREATE,
	TMY_ITEM_FILE_UNLINK,
	TMY_ITEM_FILE_GETATTR,
	TMY_ITEM_FILE_MKDIR,
	TMY_ITEM_FILE_RMDIR,
	TMY_ITEM_FILE_MKFIFO,
	TMY_ITEM_FILE_MKSOCK,
	TMY_ITEM_FILE_TRUNCATE,
	TMY_ITEM_FILE_SYMLINK,
	TMY_ITEM_FILE_MKBLOCK,
	TMY_ITEM_FILE_MKCHAR,
	TMY_ITEM_FILE_LINK,
	TMY_ITEM_FILE_RENAME,
	TMY_ITEM_FILE_CHMOD,
	TMY_ITEM_FILE_CHOWN,
	TMY_ITEM_FILE_CHGRP,
	TMY_ITEM_FILE_IOCTL,
	TMY_ITEM_FILE_CHROOT,
	TMY_ITEM_FILE_MOUNT,
	TMY_ITEM_FILE_UNMOUNT,
	TMY_ITEM_FILE_PIVOT_ROOT,
	TMY_ITEM_INET_STREAM_BIND,
	TMY_ITEM_INET_STREAM_LISTEN,
	TMY_ITEM_INET_STREAM_CONNECT,
	TMY_ITEM_INET_DGRAM_BIND,
	TMY_ITEM_INET_DGRAM_SEND,
	TMY_ITEM_INET_RAW_BIND,
	TMY_ITEM_INET_RAW_SEND,
	TMY_ITEM_UNIX_STREAM_BIND,
	TMY_ITEM_UNIX_STREAM_LISTEN,
	TMY_ITEM_UNIX_STREAM_CONNECT,
	TMY_ITEM_UNIX_DGRAM_BIND,
	TMY_ITEM_UNIX_DGRAM_SEND,
	TMY_ITEM_UNIX_SEQPACKET_BIND,
	TMY_ITEM_UNIX_SEQPACKET_LISTEN,
	TMY_ITEM_UNIX_SEQPACKET_CONNECT,
	TMY_ITEM_MISC_ENV,
	TMY_OPERATION_ITEMS, /* how many operations there are */
	TMY_ITEM_FILE = TMY_OPERATION_ITEMS,
	TMY_ITEM_NETWORK,
	TMY_ITEM_MISC,
	TMY_ITEM_CONFIG, /* the default of all others */
	TMY_ITEMS
};

/* How many operations a kind has; 1 for a kind without an operation list. */
unsigned int tmy_operations(enum tmy_kind kind);

/* The word of an operation: "read", "pivot_root", "env", "manual_domain_transition"... */
struct tmy_span tmy_operation_word(enum tmy_kind kind, unsigned int operation);

/* "stream", "dgram"... */
struct tmy_span tmy_protocol_word(enum tmy_protocol protocol);

/* The profile item that sets the mode of an operation; TMY_ITEMS for one that has none. */
enum tmy_item tmy_item_of(enum tmy_kind kind, enum tmy_protocol protocol, unsigned int operation);

/* The item by the text behind "CONFIG::", "file" or "network::inet_raw_send"; TMY_ITEMS when there
 * is none. */
enum tmy_item tmy_item_named(struct tmy_span name);

/* "file::execute"; nothing for TMY_ITEM_CONFIG. */
struct tmy_span tmy_item_name(enum tmy_item item);

/* The category an operation's item belongs to. */
enum tmy_item tmy_item_category(enum tmy_item item);

/*
 * tmy_parse_file_operations - parse the list behind "file"
 * @word: "read/write"; every part must be known and all of one kind (specification 9, D-04)
 * @operations: one bit for each
 */
bool tmy_parse_file_operations(struct tmy_span word, enum tmy_kind *kind, u16 *operations,
			       struct tmy_problem *problem);

/* Likewise for the list behind a protocol. */
bool tmy_parse_network_operations(struct tmy_span word, u16 *operations,
				  struct tmy_problem *problem);

/* Prints a list in its fixed order; @operations must not be 0. */
void tmy_put_operations(struct tmy_text *text, enum tmy_kind kind, u16 operations);

#ifdef __cplusplus
}
#endif

#endif
