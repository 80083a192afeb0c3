// SPDX-License-Identifier: GPL-2.0-only
/* Hooks of mount(2), umount(2) and pivot_root(2) (3.5, 3.6, 3.8). */
#include <linux/fs.h>
#include <linux/mount.h>
#include <uapi/linux/mount.h>

#include "compat/hooks.h"
#include "lookup.h"
#include "mount.h"

#define PROPAGATION (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

/* Operations of mount(2) other than a new mount; the first whose flag is set is checked. */
static const struct mount_action {
	unsigned long flag;
	const char *type;
} actions[] = {
	{ MS_REMOUNT, "--remount" },	{ MS_BIND, "--bind" },
	{ MS_SHARED, "--make-shared" }, { MS_PRIVATE, "--make-private" },
	{ MS_SLAVE, "--make-slave" },	{ MS_UNBINDABLE, "--make-unbindable" },
	{ MS_MOVE, "--move" },
};

static const struct mount_action *find_mount_action(unsigned long flags)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(actions); i++)
		if (flags & actions[i].flag)
			return &actions[i];
	return NULL;
}

/* The system call will fail with this error in any case; only enforcing mode returns it (D-13). */
static int fail_if_enforcing(u8 config, int error)
{
	return (config & TMY_CONFIG_MODE) == TMY_ENFORCING ? error : 0;
}

int tmy_check_mount(u8 config, const struct tmy_mount *mount)
{
	struct tmy_check check = {
		.kind = TMY_MOUNT,
		.config = config,
		.any_device = mount->any_device,
		.radix = { TMY_HEXADECIMAL },
		.numbers = { mount->flags },
		.names = { mount->device, tmy_path_source(mount->target, false), mount->type },
		.objects = { mount->source, mount->target },
	};

	return tmy_check(&check);
}

/* The source is not a path: it is the string that the caller gave. */
static int check_mount_any_device(u8 config, const char *device, struct tmy_mount *mount)
{
	mount->any_device = true;
	mount->device = device && *device ? tmy_bytes_source(device, strlen(device)) : TMY_NO_NAME;
	return tmy_check_mount(config, mount);
}

/* The source is a path, which mount(2) will look up again (D-14). */
static int check_mount_object(u8 config, const char *name, struct tmy_mount *mount)
{
	struct path source;
	int error;

	if (!name || tmy_lookup(name, LOOKUP_FOLLOW, &source))
		return fail_if_enforcing(config, -ENOENT);
	mount->source = &source;
	mount->device = tmy_path_source(&source, false);
	error = tmy_check_mount(config, mount);
	path_put(&source);
	return error;
}

static int check_mount_action(u8 config, const struct mount_action *action, const char *device,
			      struct tmy_mount *mount)
{
	mount->type = tmy_word_source(tmy_span(action->type, strlen(action->type)));
	if ((action->flag & PROPAGATION) && (mount->flags & PROPAGATION & ~action->flag))
		return fail_if_enforcing(config, -EINVAL);
	mount->flags &= ~action->flag;
	if (action->flag == MS_BIND || action->flag == MS_MOVE)
		return check_mount_object(config, device, mount);
	return check_mount_any_device(config, device, mount);
}

/* Return: false when there is no such file system. May load its module. */
static bool find_fs_type(const char *name, bool *on_device)
{
	struct file_system_type *type = name ? get_fs_type(name) : NULL;

	if (!type)
		return false;
	*on_device = type->fs_flags & FS_REQUIRES_DEV;
	put_filesystem(type);
	return true;
}

static int check_mount_new(u8 config, const char *type, const char *device, struct tmy_mount *mount)
{
	bool on_device;

	if (!find_fs_type(type, &on_device))
		return fail_if_enforcing(config, -ENODEV);
	mount->type = tmy_bytes_source(type, strlen(type));
	if (on_device)
		return check_mount_object(config, device, mount);
	return check_mount_any_device(config, device, mount);
}

/* @flags: without MS_MGC_VAL, which path_mount() has removed */
static int sb_mount(const char *dev_name, const struct path *path, const char *type,
		    unsigned long flags, void *data)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_MOUNT);
	struct tmy_mount mount;
	const struct mount_action *action;

	if (!tmy_must_check(config))
		return 0;
	mount = (struct tmy_mount){ .target = path, .flags = flags };
	action = find_mount_action(flags);
	if (action)
		return check_mount_action(config, action, dev_name, &mount);
	return check_mount_new(config, type, dev_name, &mount);
}

static int sb_umount(struct vfsmount *mnt, int flags)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_UNMOUNT);
	struct path path = { .mnt = mnt, .dentry = mnt->mnt_root };

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path(config, TMY_UNMOUNT, &path, false);
}

static int sb_pivotroot(const struct path *old_path, const struct path *new_path)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_PIVOT_ROOT);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path2(config, TMY_PIVOT_ROOT, new_path, old_path, true);
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(sb_mount, sb_mount),
	LSM_HOOK_INIT(sb_umount, sb_umount),
	LSM_HOOK_INIT(sb_pivotroot, sb_pivotroot),
};

void __init tmy_hooks_mount(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
	tmy_hooks_attach();
}
