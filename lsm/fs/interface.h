/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interface: the files below /sys/kernel/security/tomoyo/, and what they have in common: splitting
 * writes into lines, the check for managers, reading in pieces, poll (kernel ABI
 * specification 7.1).
 */
#ifndef TMY_FS_INTERFACE_H
#define TMY_FS_INTERFACE_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/poll.h>

#include "lsm.h"

struct tmy_open_file;

/* The operations of a file. They may sleep, and are called under tmy_open_file.lock except open,
 * close and poll. All but name and mode may be NULL. */
struct tmy_node {
	const char *name;
	umode_t mode;
	bool managed; /* only managers may write lines, except for those that anyone() allows */

	/* Sets up open->data. Return: 0 or an error. */
	int (*open)(struct tmy_open_file *open);
	void (*close)(struct tmy_open_file *open);

	/* Return: true when @line, which is normalized, may be written without being a manager. */
	bool (*anyone)(struct tmy_span line);
	/*
	 * Handles a line, without its newline; may modify it. Errors in the line are not reported
	 * to the writer (7.1). NULL: the file cannot be written.
	 */
	void (*write)(struct tmy_open_file *open, char *line, size_t length);

	/*
	 * Copies the next bytes of the text. NULL: the file cannot be read. Return: how many; 0 at
	 * the end; or an error.
	 */
	long (*read)(struct tmy_open_file *open, char *to, size_t size);

	/* Return: true when there is something to read. NULL: always. */
	bool (*poll)(struct file *file, struct poll_table_struct *wait);
};

/* An open file. */
struct tmy_open_file {
	const struct tmy_node *node;
	struct mutex lock; /* protects all members below */
	void *data;	   /* the node's */
	bool writable;
	char *line; /* written so far, no newline seen yet */
	size_t line_length, line_size;
	char *piece; /* buffer between node->read() and copy_to_user() */
	size_t piece_size;
	struct tmy_manager_cache {
		struct pid *process; /* with a reference */
		u64 execution;
		u32 generation;
		struct tmy_domain *domain; /* with a reference, so that its address is not reused */
		kuid_t uid, euid;
	} manager; /* the last writer that was found to be a manager */
};

/*
 * tmy_may_manage - may the calling task change policy (6.4)?
 *
 * Caches a positive answer in open->manager. Context: may sleep; under open->lock, or before others
 * can use @open. Return: true before activation.
 */
bool tmy_may_manage(struct tmy_open_file *open);
/* Drops the references of open->manager. */
void tmy_manager_cache_clear(struct tmy_open_file *open);

extern const struct tmy_node tmy_node_version, tmy_node_profile, tmy_node_manager,
	tmy_node_domain_policy, tmy_node_exception_policy, tmy_node_stat, tmy_node_audit,
	tmy_node_query, tmy_node_process_status;

/* The file self_domain, which is not written in lines (2.14). */
extern const struct file_operations tmy_self_domain_operations;

#endif
