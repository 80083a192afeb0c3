// SPDX-License-Identifier: GPL-2.0-only
/* Names: the encoded pathnames and other names by which policy refers to objects of the system. */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sizes.h>

#include "engine/hash.h"
#include "engine/word.h"
#include "names.h"

/* A pathname that is built from its end to its front, in the arena's free space. */
struct path_buffer {
	char *floor; /* lowest address that may be written to */
	char *at;
	size_t length;
};

static bool prepend_text(struct path_buffer *raw, const char *text, size_t length)
{
	if ((size_t)(raw->at - raw->floor) < length)
		return false;
	raw->at -= length;
	raw->length += length;
	memcpy(raw->at, text, length);
	return true;
}

static bool fs_can_rename(const struct super_block *sb)
{
	return d_backing_inode(sb->s_root)->i_op->rename;
}

/* "/123/stat" is "/self/stat" for process 123 (3.12). */
static bool prepend_self(struct path_buffer *raw, struct super_block *sb)
{
	size_t digits = 1, value = 0;

	for (; digits < raw->length && raw->at[digits] != '/'; digits++) {
		if (raw->at[digits] < '0' || raw->at[digits] > '9' || digits > 10)
			return true;
		value = value * 10 + (size_t)(raw->at[digits] - '0');
	}
	if (digits == 1 || value != (size_t)task_tgid_nr_ns(current, proc_pid_ns(sb)))
		return true;
	raw->at += digits;
	raw->length -= digits;
	return prepend_text(raw, "/self", 5);
}

static bool prepend_origin(struct path_buffer *raw, struct super_block *sb)
{
	char device[40];

	if (sb->s_magic == PROC_SUPER_MAGIC)
		return prepend_self(raw, sb) && prepend_text(raw, "proc:", 5);
	if (!MAJOR(sb->s_dev) || !fs_can_rename(sb))
		return prepend_text(raw, ":", 1) &&
		       prepend_text(raw, sb->s_type->name, strlen(sb->s_type->name));
	return prepend_text(raw, device,
			    (size_t)scnprintf(device, sizeof(device),
					      "dev(%u,%u):", MAJOR(sb->s_dev), MINOR(sb->s_dev)));
}

/* @text: from dentry_path_raw(), d_absolute_path() or d_dname() */
static int set_built_path(struct path_buffer *raw, char *text)
{
	if (IS_ERR(text))
		return (int)PTR_ERR(text);
	raw->at = text;
	raw->length = strlen(text);
	return 0;
}

static void append_slash(struct path_buffer *raw)
{
	/* Overwrites the NUL. */
	if (!raw->length || raw->at[raw->length - 1] != '/')
		raw->at[raw->length++] = '/';
}

static bool is_directory_dentry(const struct dentry *dentry)
{
	const struct inode *inode = d_backing_inode(dentry);

	return inode && S_ISDIR(inode->i_mode);
}

static int build_local_path(struct path_buffer *raw, const struct path *path, int size)
{
	int error = set_built_path(raw, dentry_path_raw(path->dentry, raw->floor, size));

	if (error)
		return error;
	if (is_directory_dentry(path->dentry))
		append_slash(raw);
	return prepend_origin(raw, path->dentry->d_sb) ? 0 : -ENAMETOOLONG;
}

static int build_path(struct path_buffer *raw, const struct path *path, int size)
{
	const struct dentry_operations *operations = path->dentry->d_op;
	const struct super_block *sb = path->dentry->d_sb;
	int error;

	if (operations && operations->d_dname)
		return set_built_path(raw, operations->d_dname(path->dentry, raw->floor, size));
	if (!fs_can_rename(sb) && !(sb->s_type->fs_flags & FS_REQUIRES_DEV))
		return build_local_path(raw, path, size);
	error = set_built_path(raw, d_absolute_path(path, raw->floor, size));
	/* It is not below the root of a mount namespace. */
	if (error == -EINVAL)
		return build_local_path(raw, path, size);
	if (!error && is_directory_dentry(path->dentry))
		append_slash(raw);
	return error;
}

/*
 * Return: true when none of eight bytes needs encoding. A borrow or carry into the next byte comes
 * only from a byte that does, so it cannot make the result true.
 */
static bool eight_bytes_plain(u64 bytes)
{
	const u64 ones = 0x0101010101010101ULL, highs = 0x8080808080808080ULL;
	u64 backslash = bytes ^ ones * '\\';
	u64 odd = bytes | (bytes + ones); /* 127 and above */

	odd |= (bytes - ones * '!') & ~bytes; /* blanks and below */
	odd |= (backslash - ones) & ~backslash;
	return !(odd & highs);
}

static bool is_plain_text(const char *text, size_t length)
{
	size_t i;

	for (; length >= 8; text += 8, length -= 8)
		if (!eight_bytes_plain(tmy_hash_load(text)))
			return false;
	for (i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] >= 127 || text[i] == '\\')
			return false;
	return true;
}

static int encode_name(struct tmy_arena *arena, size_t limit, const char *text, size_t length,
		       struct tmy_span *name)
{
	char *to = arena->at + arena->front;
	size_t encoded = tmy_encode(to, limit - arena->front, text, length);

	if (encoded > limit - arena->front)
		return -ENAMETOOLONG;
	*name = tmy_span(to, encoded);
	arena->front += encoded;
	return 0;
}

int tmy_name_path(struct tmy_arena *arena, const struct path *path, bool slash,
		  struct tmy_span *name)
{
	struct path_buffer raw = { .floor = arena->at + arena->front };
	size_t size = arena->back - arena->front;
	int error;

	if (size < 2)
		return -ENAMETOOLONG;
	error = build_path(&raw, path, (int)min_t(size_t, size, INT_MAX));
	if (error)
		return error;
	if (slash)
		append_slash(&raw);
	/* A name that needs no encoding is used in place. */
	if (is_plain_text(raw.at, raw.length)) {
		*name = tmy_span(raw.at, raw.length);
		arena->back = (size_t)(raw.at - arena->at);
		return 0;
	}
	return encode_name(arena, (size_t)(raw.at - arena->at), raw.at, raw.length, name);
}

int tmy_name_bytes(struct tmy_arena *arena, struct tmy_span bytes, struct tmy_span *name)
{
	return encode_name(arena, arena->back, bytes.at, bytes.length, name);
}

int tmy_path_text(const struct path *path, struct tmy_span *name)
{
	size_t size = 512;

	for (;; size *= 4) {
		struct tmy_arena arena = { .back = size };
		int error;

		arena.at = tmy_os_alloc(size);
		if (!arena.at)
			return -ENOMEM;
		error = tmy_name_path(&arena, path, false, name);
		/* tmy_text_free() needs the start of the allocation. */
		if (!error) {
			memmove(arena.at, name->at, name->length);
			*name = tmy_span(arena.at, name->length);
			return 0;
		}
		tmy_os_free(arena.at, size);
		if (error != -ENAMETOOLONG || size > SZ_1M)
			return -ENOMEM;
	}
}

void tmy_text_free(struct tmy_span text)
{
	tmy_os_free(text.at, text.length);
}
