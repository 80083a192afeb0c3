// SPDX-License-Identifier: GPL-2.0-only
/* Hooks of open(2), fcntl(2), truncate(2), stat(2) and ioctl(2) (3.5, 3.7). */
#include <linux/fcntl.h>
#include <linux/fs.h>

#include "compat/hooks.h"
#include "object.h"

static int check_open(u8 config, const struct path *path, unsigned int flags)
{
	/* Access mode 3 needs both permissions, though it allows neither to read nor to write. */
	unsigned int access = flags & O_ACCMODE;

	if (access != O_WRONLY) {
		int error = tmy_check_path(config, TMY_READ, path, false);

		if (error || access == O_RDONLY)
			return error;
	}
	return tmy_check_path(config, flags & O_APPEND ? TMY_APPEND : TMY_WRITE, path, false);
}

static int file_open(struct file *file)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_OPEN);

	if (!tmy_must_check(config))
		return 0;
	/* execve(2) of programs and interpreters is checked by hooks/execute.c. */
	if (file->f_flags & __FMODE_EXEC)
		return 0;
	return check_open(config, &file->f_path, file->f_flags);
}

static int file_fcntl(struct file *file, unsigned int cmd, unsigned long arg)
{
	u8 config;

	if (cmd != F_SETFL || !((arg ^ file->f_flags) & O_APPEND))
		return 0;
	config = tmy_check_config(TMY_ITEM_FILE_OPEN);
	if (!tmy_must_check(config))
		return 0;
	return check_open(config, &file->f_path, O_WRONLY | (arg & O_APPEND));
}

static int path_truncate(const struct path *path)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_TRUNCATE);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path(config, TMY_TRUNCATE, path, false);
}

#ifdef TMY_HAVE_FILE_TRUNCATE
static int file_truncate(struct file *file)
{
	return path_truncate(&file->f_path);
}
#endif

static int inode_getattr(const struct path *path)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_GETATTR);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path(config, TMY_GETATTR, path, false);
}

static int file_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_IOCTL);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path_number(config, TMY_IOCTL, &file->f_path, false, cmd, TMY_HEXADECIMAL);
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(file_open, file_open),	      LSM_HOOK_INIT(file_fcntl, file_fcntl),
	LSM_HOOK_INIT(path_truncate, path_truncate),
#ifdef TMY_HAVE_FILE_TRUNCATE
	LSM_HOOK_INIT(file_truncate, file_truncate),
#endif
	LSM_HOOK_INIT(inode_getattr, inode_getattr),  LSM_HOOK_INIT(file_ioctl, file_ioctl),
#ifdef TMY_HAVE_FILE_IOCTL_COMPAT
	LSM_HOOK_INIT(file_ioctl_compat, file_ioctl),
#endif
};

void __init tmy_hooks_file(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
