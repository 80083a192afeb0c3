/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interface: the files below /sys/kernel/security/tomoyo/, and what they have in common: lines,
 * pieces, managers, poll (kernel ABI specification 7.1).
 */
#ifndef TMY_FS_INTERFACE_H
#define TMY_FS_INTERFACE_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/poll.h>

#include "lsm.h"

struct tmy_open;

/* What a file does. Functions may sleep; calls for one open file come one after another. All but
 * name and mode may be NULL. */
struct tmy_node {
	const char *name;
	umode_t mode;
	bool managed; /* only managers may write lines, but for those that anyone may */

	/* Sets up open->data. Return: 0 or an error. */
	int (*open)(struct tmy_open *open);
	void (*close)(struct tmy_open *open);

	/* May a line be written by anyone? @line is normalized. */
	bool (*anyone)(struct tmy_span line);
	/*
	 * A line without its newline; may be changed in place. NULL: the file cannot be written.
	 * What is wrong with the line does not concern its writer (7.1).
	 */
	void (*write)(struct tmy_open *open, char *line, size_t length);

	/*
	 * The next bytes of the text. NULL: the file cannot be read. Return: how many, 0 at the
	 * end, or an error.
	 */
	long (*read)(struct tmy_open *open, char *to, size_t room);

	/* Is there something to read? NULL: always. */
	bool (*poll)(struct file *file, struct poll_table_struct *wait);
};

/* An open file. */
struct tmy_open {
	const struct tmy_node *node;
	struct mutex lock; /* of all that follows */
	void *data;	   /* the node's */
	bool writable;
	char *line; /* begun, its newline is yet to come */
	size_t length, room;
	char *piece; /* on its way from the node to the reader */
	size_t piece_room;
	struct tmy_manager_memory {
		struct pid *process; /* kept */
		u64 execution;
		u32 generation;
		struct tmy_domain *domain; /* kept, so that it is not mistaken for another */
		kuid_t uid, euid;
	} manager; /* the last one that was found to be a manager */
};

/* May the calling task manage (6.4)? Remembers that it may. May sleep; open->lock. */
bool tmy_may_manage(struct tmy_open *open);
/* At the end of an open file. */
void tmy_forget_manager(struct tmy_open *open);

extern const struct tmy_node tmy_node_version, tmy_node_profile, tmy_node_manager,
	tmy_node_domain_policy, tmy_node_exception_policy, tmy_node_stat, tmy_node_audit,
	tmy_node_query, tmy_node_process_status;

/* The file that is not made of lines (2.14). */
extern const struct file_operations tmy_self_domain_operations;

#endif
