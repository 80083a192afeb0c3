// SPDX-License-Identifier: GPL-2.0-only
/* Interface: creation of the files in securityfs, and their file operations. */
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
	LINE_SIZE_MIN = 8192,	   /* initial size of the line buffer */
	LINE_SIZE_MAX = 1 << 25,   /* no line that could be stored is longer */
	PIECE_SIZE_MAX = 64 << 10, /* size of the buffer for reading */
};

static void collect_policy(struct work_struct *work)
{
	tmy_collect(tmy_kernel_policy);
}

static DECLARE_DELAYED_WORK(collection, collect_policy);

/* Delayed, as tools open and close several files in a row. */
static void schedule_collection(void)
{
	queue_delayed_work(system_unbound_wq, &collection, HZ / 10);
}

static int node_open(struct inode *inode, struct file *file)
{
	struct tmy_open_file *open = kzalloc(sizeof(*open), GFP_KERNEL_ACCOUNT);
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

static int node_release(struct inode *inode, struct file *file)
{
	struct tmy_open_file *open = file->private_data;

	if (open->node->close)
		open->node->close(open);
	tmy_manager_cache_clear(open);
	if (open->writable)
		schedule_collection();
	kvfree(open->line);
	kvfree(open->piece);
	mutex_destroy(&open->lock);
	kfree(open);
	return 0;
}

static bool grow_piece(struct tmy_open_file *open, size_t size)
{
	if (open->piece_size >= size)
		return true;
	kvfree(open->piece);
	open->piece = kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	open->piece_size = open->piece ? size : 0;
	return open->piece;
}

/* A read of the node that does not fill the buffer ends the read(2), as records need. */
static ssize_t read_node_pieces(struct tmy_open_file *open, char __user *to, size_t count)
{
	size_t size = min_t(size_t, count, PIECE_SIZE_MAX), done = 0;
	long some;

	if (!grow_piece(open, size))
		return -ENOMEM;
	do {
		some = open->node->read(open, open->piece, min(count - done, size));
		if (some > 0 && copy_to_user(to + done, open->piece, some))
			some = -EFAULT;
		if (some < 0)
			return done ? done : some;
		done += some;
		cond_resched();
	} while (some == size && done < count && !fatal_signal_pending(current));
	return done;
}

static ssize_t node_read(struct file *file, char __user *to, size_t count, loff_t *position)
{
	struct tmy_open_file *open = file->private_data;
	ssize_t done;

	if (!open->node->read)
		return -EINVAL;
	if (!count)
		return 0;
	if (mutex_lock_interruptible(&open->lock))
		return -EINTR;
	done = read_node_pieces(open, to, count);
	mutex_unlock(&open->lock);
	return done;
}

/* Doubles the line buffer when it is more than half full. Return: false without memory. */
static bool grow_line(struct tmy_open_file *open)
{
	size_t size = open->line_size ? open->line_size * 2 : LINE_SIZE_MIN;
	char *line;

	if (open->line_size && open->line_length <= open->line_size / 2)
		return true;
	if (size > LINE_SIZE_MAX)
		return false;
	line = kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!line)
		return false;
	if (open->line_length)
		memcpy(line, open->line, open->line_length);
	kvfree(open->line);
	open->line = line;
	open->line_size = size;
	return true;
}

static bool may_write_line(struct tmy_open_file *open, struct tmy_span line)
{
	const struct tmy_node *node = open->node;

	return !node->managed || tmy_parse_order(line) == TMY_ORDER_RESET ||
	       (node->anyone && node->anyone(line)) || tmy_may_manage(open);
}

static int write_node_line(struct tmy_open_file *open, char *line, size_t length)
{
	length = tmy_normalize(line, length);
	if (!may_write_line(open, tmy_span(line, length)))
		return -EPERM;
	open->node->write(open, line, length);
	return 0;
}

/* @added: bytes appended to open->line; there is no newline in front of them */
static int write_node_lines(struct tmy_open_file *open, size_t added)
{
	char *line = open->line, *end = line + open->line_length, *newline;
	int error = 0;

	newline = memchr(end - added, '\n', added);
	while (newline && !error) {
		error = write_node_line(open, line, newline - line);
		line = newline + 1;
		newline = memchr(line, '\n', end - line);
		cond_resched();
		if (!error && fatal_signal_pending(current))
			error = -EINTR;
	}
	/* After an error the rest of what was written is dropped, an incomplete line included. */
	open->line_length = error ? 0 : end - line;
	if (open->line_length && line != open->line)
		memmove(open->line, line, open->line_length);
	return error;
}

static int write_node_piece(struct tmy_open_file *open, const char __user *from, size_t count,
			    size_t *done)
{
	size_t some;

	if (!grow_line(open))
		return -ENOMEM;
	some = min(count - *done, open->line_size - open->line_length);
	if (copy_from_user(open->line + open->line_length, from + *done, some))
		return -EFAULT;
	open->line_length += some;
	*done += some;
	return write_node_lines(open, some);
}

static ssize_t node_write(struct file *file, const char __user *from, size_t count,
			  loff_t *position)
{
	struct tmy_open_file *open = file->private_data;
	size_t done = 0;
	int error = 0;

	if (!open->node->write)
		return -EINVAL;
	if (!count)
		return 0;
	if (mutex_lock_interruptible(&open->lock))
		return -EINTR;
	while (done < count && !error)
		error = write_node_piece(open, from, count, &done);
	mutex_unlock(&open->lock);
	return error ? error : done;
}

static __poll_t node_poll(struct file *file, struct poll_table_struct *wait)
{
	const struct tmy_open_file *open = file->private_data;
	__poll_t ready = EPOLLOUT | EPOLLWRNORM;

	if (!open->node->poll || open->node->poll(file, wait))
		ready |= EPOLLIN | EPOLLRDNORM;
	return ready;
}

/* The position does not change, so noop_llseek() returns 0 (7.1). */
static const struct file_operations line_operations = {
	.open = node_open,
	.release = node_release,
	.read = node_read,
	.write = node_write,
	.poll = node_poll,
	.llseek = noop_llseek,
};

static const struct tmy_node *const nodes[] __initconst = {
	&tmy_node_version,	    &tmy_node_profile, &tmy_node_manager, &tmy_node_domain_policy,
	&tmy_node_exception_policy, &tmy_node_stat,    &tmy_node_audit,	  &tmy_node_query,
	&tmy_node_process_status,
};

static int __init create_node(struct dentry *directory, const char *name, umode_t mode,
			      const void *data, const struct file_operations *operations)
{
	struct dentry *file =
		securityfs_create_file(name, mode, directory, (void *)data, operations);

	if (!IS_ERR(file))
		return 0;
	pr_err("cannot make the file %s: %pe\n", name, file);
	return PTR_ERR(file);
}

static int __init create_interface(void)
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
	error = create_node(directory, "self_domain", 0666, NULL, &tmy_self_domain_operations);
	for (i = 0; i < ARRAY_SIZE(nodes) && !error; i++)
		error = create_node(directory, nodes[i]->name, nodes[i]->mode, nodes[i],
				    &line_operations);
	return error;
}

fs_initcall(create_interface);
