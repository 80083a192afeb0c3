// SPDX-License-Identifier: GPL-2.0-only
/* Interface: the directory, and what an open file is to the processes that use it. */
#define pr_fmt(fmt) "TOMOYO: " fmt

#include <linux/init.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#include "boot.h"
#include "engine/line.h"
#include "engine/word.h"
#include "fs/interface.h"

enum {
	LINE_ROOM = 8192,     /* of a line, at first */
	LINE_MAX = 1 << 25,   /* no line that could be stored is longer */
	PIECE_MAX = 64 << 10, /* read at once */
};

static void collect(struct work_struct *work)
{
	tmy_collect(tmy_kernel_policy);
}

static DECLARE_DELAYED_WORK(collection, collect);

/* Tools open and close files one after another: the delay lets one collection serve them all. */
static void collect_soon(void)
{
	queue_delayed_work(system_unbound_wq, &collection, HZ / 10);
}

static int open_file(struct inode *inode, struct file *file)
{
	struct tmy_open *open = kzalloc(sizeof(*open), GFP_KERNEL_ACCOUNT);
	int error;

	if (!open)
		return -ENOMEM;
	open->node = inode->i_private;
	open->writable = file->f_mode & FMODE_WRITE;
	mutex_init(&open->lock);
	error = open->node->open ? open->node->open(open) : 0;
	if (error) {
		kfree(open);
		return error;
	}
	file->private_data = open;
	return 0;
}

static int release_file(struct inode *inode, struct file *file)
{
	struct tmy_open *open = file->private_data;

	if (open->node->close)
		open->node->close(open);
	tmy_forget_manager(open);
	if (open->writable)
		collect_soon();
	kvfree(open->line);
	kvfree(open->piece);
	mutex_destroy(&open->lock);
	kfree(open);
	return 0;
}

static bool make_room_for_piece(struct tmy_open *open, size_t room)
{
	if (open->piece_room >= room)
		return true;
	kvfree(open->piece);
	open->piece = kvmalloc(room, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	open->piece_room = open->piece ? room : 0;
	return open->piece;
}

/* The node is asked again only when it filled what it was offered: a short piece ends a record. */
static ssize_t read_pieces(struct tmy_open *open, char __user *to, size_t count)
{
	size_t room = min_t(size_t, count, PIECE_MAX), done = 0;
	long some;

	if (!make_room_for_piece(open, room))
		return -ENOMEM;
	do {
		some = open->node->read(open, open->piece, min(count - done, room));
		if (some > 0 && copy_to_user(to + done, open->piece, some))
			some = -EFAULT;
		if (some < 0)
			return done ? done : some;
		done += some;
		cond_resched();
	} while (some == room && done < count && !fatal_signal_pending(current));
	return done;
}

static ssize_t read_file(struct file *file, char __user *to, size_t count, loff_t *position)
{
	struct tmy_open *open = file->private_data;
	ssize_t done;

	if (!open->node->read)
		return -EINVAL;
	if (!count)
		return 0;
	if (mutex_lock_interruptible(&open->lock))
		return -EINTR;
	done = read_pieces(open, to, count);
	mutex_unlock(&open->lock);
	return done;
}

/* Room for more of the line: at least as much as there is of it, so that copying stays linear. */
static bool make_room_for_line(struct tmy_open *open)
{
	size_t room = open->room ? open->room * 2 : LINE_ROOM;
	char *line;

	if (open->room && open->length <= open->room / 2)
		return true;
	if (room > LINE_MAX)
		return false;
	line = kvmalloc(room, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!line)
		return false;
	if (open->length)
		memcpy(line, open->line, open->length);
	kvfree(open->line);
	open->line = line;
	open->room = room;
	return true;
}

static bool may_write(struct tmy_open *open, struct tmy_span line)
{
	const struct tmy_node *node = open->node;

	return !node->managed || tmy_parse_order(line) == TMY_ORDER_RESET ||
	       (node->anyone && node->anyone(line)) || tmy_may_manage(open);
}

static int write_line(struct tmy_open *open, char *line, size_t length)
{
	length = tmy_normalize(line, length);
	if (!may_write(open, tmy_span(line, length)))
		return -EPERM;
	open->node->write(open, line, length);
	return 0;
}

/* @added: bytes at the end of open->line that are new; there is no newline before them. */
static int write_lines(struct tmy_open *open, size_t added)
{
	char *line = open->line, *end = line + open->length, *newline;
	int error = 0;

	newline = memchr(end - added, '\n', added);
	while (newline && !error) {
		error = write_line(open, line, newline - line);
		line = newline + 1;
		newline = memchr(line, '\n', end - line);
		cond_resched();
		if (!error && fatal_signal_pending(current))
			error = -EINTR;
	}
	/* What follows a line that was refused is not written, and neither is its beginning. */
	open->length = error ? 0 : end - line;
	if (open->length && line != open->line)
		memmove(open->line, line, open->length);
	return error;
}

static int write_piece(struct tmy_open *open, const char __user *from, size_t count, size_t *done)
{
	size_t some;

	if (!make_room_for_line(open))
		return -ENOMEM;
	some = min(count - *done, open->room - open->length);
	if (copy_from_user(open->line + open->length, from + *done, some))
		return -EFAULT;
	open->length += some;
	*done += some;
	return write_lines(open, some);
}

static ssize_t write_file(struct file *file, const char __user *from, size_t count,
			  loff_t *position)
{
	struct tmy_open *open = file->private_data;
	size_t done = 0;
	int error = 0;

	if (!open->node->write)
		return -EINVAL;
	if (!count)
		return 0;
	if (mutex_lock_interruptible(&open->lock))
		return -EINTR;
	while (done < count && !error)
		error = write_piece(open, from, count, &done);
	mutex_unlock(&open->lock);
	return error ? error : done;
}

static __poll_t poll_file(struct file *file, struct poll_table_struct *wait)
{
	const struct tmy_open *open = file->private_data;
	__poll_t ready = EPOLLOUT | EPOLLWRNORM;

	if (!open->node->poll || open->node->poll(file, wait))
		ready |= EPOLLIN | EPOLLRDNORM;
	return ready;
}

/* The position stays 0, which is what noop_llseek() returns (7.1). */
static const struct file_operations line_operations = {
	.open = open_file,
	.release = release_file,
	.read = read_file,
	.write = write_file,
	.poll = poll_file,
	.llseek = noop_llseek,
};

static const struct tmy_node *const nodes[] __initconst = {
	&tmy_node_version,	    &tmy_node_profile, &tmy_node_manager, &tmy_node_domain_policy,
	&tmy_node_exception_policy, &tmy_node_stat,    &tmy_node_audit,	  &tmy_node_query,
	&tmy_node_process_status,
};

static int __init make_file(struct dentry *directory, const char *name, umode_t mode,
			    const void *data, const struct file_operations *operations)
{
	struct dentry *file =
		securityfs_create_file(name, mode, directory, (void *)data, operations);

	if (!IS_ERR(file))
		return 0;
	pr_err("cannot make the file %s: %pe\n", name, file);
	return PTR_ERR(file);
}

static int __init make_interface(void)
{
	struct dentry *directory;
	unsigned int i;
	int error;

	if (!tmy_kernel_policy)
		return 0;
	tmy_boot_policy();
	directory = securityfs_create_dir("tomoyo", NULL);
	if (IS_ERR(directory)) {
		pr_err("cannot make the directory: %pe\n", directory);
		return PTR_ERR(directory);
	}
	error = make_file(directory, "self_domain", 0666, NULL, &tmy_self_domain_operations);
	for (i = 0; i < ARRAY_SIZE(nodes) && !error; i++)
		error = make_file(directory, nodes[i]->name, nodes[i]->mode, nodes[i],
				  &line_operations);
	return error;
}

fs_initcall(make_interface);
