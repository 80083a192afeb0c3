// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks of the new mount API: fsopen(2), fsconfig(2), fsmount(2), open_tree(2), move_mount(2)
 * (D-16). Only move_mount(2) attaches a mount to a path; it is checked as the mount(2) with the
 * same effect.
 *
 * Not checked: mount_setattr(2) and open_tree(2), which have no hook, and fspick(2), whose hook is
 * not given the mount point.
 */
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/ptrace.h>
#include <linux/sched/task_stack.h>
#include <uapi/linux/mount.h>
#include <asm/syscall.h>
#include <asm/unistd.h>

#include "compat/hooks.h"
#include "mount.h"

/*
 * A detached mount does not say whether it is new or a copy of an existing one. Hence a flag of the
 * superblock: fsconfig(2) has got it for a new mount, and no such mount has been attached since.
 */
static bool *new_mount_pending(const struct super_block *sb)
{
	return &tmy_superblock(sb)->new_mount_pending;
}

static bool in_fsconfig(void)
{
	return syscall_get_nr(current, current_pt_regs()) == __NR_fsconfig;
}

/* Also called for mount(2), which does not come to move_mount. */
#ifdef TMY_HAVE_CONST_KERN_MOUNT
static int sb_kern_mount(const struct super_block *sb)
#else
static int sb_kern_mount(struct super_block *sb)
#endif
{
	if (in_fsconfig())
		WRITE_ONCE(*new_mount_pending(sb), true);
	return 0;
}

/* Looks for the device node that devtmpfs has created. @path: to be put if true is returned. */
static bool find_device_node(const struct block_device *device, struct path *path)
{
	char name[sizeof("/dev/") + BDEVNAME_SIZE];
	const struct inode *inode;

	scnprintf(name, sizeof(name), "/dev/%pg", device);
	strreplace(name, '!', '/');
	if (kern_path(name, LOOKUP_FOLLOW, path))
		return false;
	inode = d_backing_inode(path->dentry);
	if (S_ISBLK(inode->i_mode) && inode->i_rdev == device->bd_dev)
		return true;
	path_put(path);
	return false;
}

/* The flags of the mount(2) with the same result. MNT_RELATIME is the default, without a flag. */
static unsigned long mount_flags(const struct vfsmount *mnt)
{
	static const struct {
		unsigned long is, flag;
	} map[] = {
		{ MNT_READONLY, MS_RDONLY },
		{ MNT_NOSUID, MS_NOSUID },
		{ MNT_NODEV, MS_NODEV },
		{ MNT_NOEXEC, MS_NOEXEC },
		{ MNT_NOATIME, MS_NOATIME },
		{ MNT_NODIRATIME, MS_NODIRATIME },
		{ MNT_NOSYMFOLLOW, MS_NOSYMFOLLOW },
	};
	unsigned int is = READ_ONCE(mnt->mnt_flags);
	unsigned long flags = mnt->mnt_sb->s_flags &
			      (SB_RDONLY | SB_SYNCHRONOUS | SB_MANDLOCK | SB_DIRSYNC | SB_LAZYTIME);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (is & map[i].is)
			flags |= map[i].flag;
	if (!(is & (MNT_NOATIME | MNT_RELATIME)))
		flags |= MS_STRICTATIME;
	return flags;
}

static int check_attach_new_on_device(u8 config, const struct block_device *device,
				      struct tmy_mount *mount)
{
	struct path node;
	int error;

	if (!device || !find_device_node(device, &node))
		return tmy_check_mount(config, mount);
	mount->device = tmy_path_source(&node, false);
	mount->source = &node;
	error = tmy_check_mount(config, mount);
	path_put(&node);
	return error;
}

static int check_attach_new(u8 config, const struct vfsmount *mnt, const struct path *target)
{
	const struct super_block *sb = mnt->mnt_sb;
	struct tmy_mount mount = {
		.device = TMY_NO_NAME,
		.type = tmy_bytes_source(sb->s_type->name, strlen(sb->s_type->name)),
		.target = target,
		.flags = mount_flags(mnt),
	};

	if (sb->s_type->fs_flags & FS_REQUIRES_DEV)
		return check_attach_new_on_device(config, sb->s_bdev, &mount);
	mount.any_device = true;
	return tmy_check_mount(config, &mount);
}

/* Without MS_REC: the hook is not told whether a tree or a single mount was copied. */
static int check_attach_existing(u8 config, const struct path *source, const struct path *target,
				 struct tmy_span type)
{
	struct tmy_mount mount = {
		.device = tmy_path_source(source, false),
		.type = tmy_word_source(type),
		.source = source,
		.target = target,
	};

	return tmy_check_mount(config, &mount);
}

static bool is_new_mount(const struct path *source)
{
	const struct super_block *sb = source->mnt->mnt_sb;

	return source->dentry == sb->s_root && !our_mnt(source->mnt) &&
	       READ_ONCE(*new_mount_pending(sb));
}

/*
 * A mount of another mount namespace cannot be moved, so what is not in the caller's is detached: a
 * new mount or a copy.
 */
static int check_attach(u8 config, const struct path *source, const struct path *target, bool new)
{
	if (new)
		return check_attach_new(config, source->mnt, target);
	if (our_mnt(source->mnt))
		return check_attach_existing(config, source, target, TMY_SPAN("--move"));
	return check_attach_existing(config, source, target, TMY_SPAN("--bind"));
}

static int move_mount(const struct path *from_path, const struct path *to_path)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_MOUNT);
	bool new = is_new_mount(from_path);
	int error = 0;

	if (tmy_must_check(config))
		error = check_attach(config, from_path, to_path, new);
	/* Also before activation: later copies of it are checked as copies. */
	if (new && !error)
		WRITE_ONCE(*new_mount_pending(from_path->mnt->mnt_sb), false);
	return error;
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(sb_kern_mount, sb_kern_mount),
	LSM_HOOK_INIT(move_mount, move_mount),
};

void __init tmy_hooks_attach(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
