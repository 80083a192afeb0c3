// SPDX-License-Identifier: GPL-2.0-only
/* Hooks of calls that create, remove, link and rename directory entries (3.5 - 3.8). */
#include <linux/fs.h>
#include <linux/kdev_t.h>

#include "compat/hooks.h"
#include "object.h"

static struct path entry_path(const struct path *dir, struct dentry *dentry)
{
	return (struct path){ .mnt = dir->mnt, .dentry = dentry };
}

static int path_unlink(const struct path *dir, struct dentry *dentry)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_UNLINK);
	struct path path = entry_path(dir, dentry);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path(config, TMY_UNLINK, &path, false);
}

static int path_rmdir(const struct path *dir, struct dentry *dentry)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_RMDIR);
	struct path path = entry_path(dir, dentry);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path(config, TMY_RMDIR, &path, true);
}

static int path_mkdir(const struct path *dir, struct dentry *dentry, umode_t mode)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_MKDIR);
	struct path path = entry_path(dir, dentry);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path_number(config, TMY_MKDIR, &path, true, mode & S_IALLUGO, TMY_OCTAL);
}

static int check_symlink(u8 config, const struct path *path, const char *target)
{
	struct tmy_check check = {
		.kind = TMY_PATH,
		.operation = TMY_SYMLINK,
		.config = config,
		.names = { tmy_path_source(path, false) },
		.target = tmy_bytes_source(target, strlen(target)),
		.objects = { path },
	};

	return tmy_check(&check);
}

static int path_symlink(const struct path *dir, struct dentry *dentry, const char *old_name)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_SYMLINK);
	struct path path = entry_path(dir, dentry);

	if (!tmy_must_check(config))
		return 0;
	return check_symlink(config, &path, old_name);
}

static int check_mknod_device(u8 config, enum tmy_mkdev_operation operation,
			      const struct path *path, umode_t mode, dev_t device)
{
	struct tmy_check check = {
		.kind = TMY_MKDEV,
		.operation = operation,
		.config = config,
		.radix = { TMY_OCTAL, TMY_DECIMAL, TMY_DECIMAL },
		.numbers = { mode, MAJOR(device), MINOR(device) },
		.names = { tmy_path_source(path, false) },
		.objects = { path },
	};

	return tmy_check(&check);
}

static int mknod_device(enum tmy_mkdev_operation operation, const struct path *path, umode_t mode,
			unsigned int dev)
{
	u8 config = tmy_check_config(tmy_item_of(TMY_MKDEV, 0, operation));

	if (!tmy_must_check(config))
		return 0;
	return check_mknod_device(config, operation, path, mode, new_decode_dev(dev));
}

static int mknod_other(enum tmy_path_number_operation operation, const struct path *path,
		       umode_t mode)
{
	u8 config = tmy_check_config(tmy_item_of(TMY_PATH_NUMBER, 0, operation));

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path_number(config, operation, path, false, mode, TMY_OCTAL);
}

static int path_mknod(const struct path *dir, struct dentry *dentry, umode_t mode, unsigned int dev)
{
	struct path path = entry_path(dir, dentry);
	umode_t permissions = mode & S_IALLUGO;

	if (!tmy_active())
		return 0;
	switch (mode & S_IFMT) {
	case 0:
	case S_IFREG:
		return mknod_other(TMY_CREATE, &path, permissions);
	case S_IFIFO:
		return mknod_other(TMY_MKFIFO, &path, permissions);
	case S_IFSOCK:
		return mknod_other(TMY_MKSOCK, &path, permissions);
	case S_IFBLK:
		return mknod_device(TMY_MKBLOCK, &path, permissions, dev);
	case S_IFCHR:
		return mknod_device(TMY_MKCHAR, &path, permissions, dev);
	}
	return 0;
}

static int path_link(struct dentry *old_dentry, const struct path *new_dir,
		     struct dentry *new_dentry)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_LINK);
	/* The hook is not given the mount of the old name. It is that of the new one: link(2) does
	 * not cross mounts. */
	struct path from = entry_path(new_dir, old_dentry);
	struct path to = entry_path(new_dir, new_dentry);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path2(config, TMY_LINK, &from, &to, d_is_dir(old_dentry));
}

static int path_rename(const struct path *old_dir, struct dentry *old_dentry,
		       const struct path *new_dir, struct dentry *new_dentry, unsigned int flags)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_RENAME);
	struct path from = entry_path(old_dir, old_dentry);
	struct path to = entry_path(new_dir, new_dentry);

	if (!tmy_must_check(config))
		return 0;
	/* RENAME_EXCHANGE is checked as two renames. */
	if (flags & RENAME_EXCHANGE) {
		int error = tmy_check_path2(config, TMY_RENAME, &to, &from, d_is_dir(new_dentry));

		if (error)
			return error;
	}
	return tmy_check_path2(config, TMY_RENAME, &from, &to, d_is_dir(old_dentry));
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(path_unlink, path_unlink), LSM_HOOK_INIT(path_rmdir, path_rmdir),
	LSM_HOOK_INIT(path_mkdir, path_mkdir),	 LSM_HOOK_INIT(path_symlink, path_symlink),
	LSM_HOOK_INIT(path_mknod, path_mknod),	 LSM_HOOK_INIT(path_link, path_link),
	LSM_HOOK_INIT(path_rename, path_rename),
};

void __init tmy_hooks_directory(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
