// SPDX-License-Identifier: GPL-2.0-only
/* Hooks of chmod(2), chown(2) and chroot(2) (3.5, 3.7). */
#include <linux/cred.h>
#include <linux/stat.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>

#include "compat/hooks.h"
#include "object.h"

static int path_chmod(const struct path *path, umode_t mode)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_CHMOD);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path_number(config, TMY_CHMOD, path, false, mode & S_IALLUGO, TMY_OCTAL);
}

static int check_chown(const struct path *path, kuid_t uid)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_CHOWN);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path_number(config, TMY_CHOWN, path, false, from_kuid(&init_user_ns, uid),
				     TMY_DECIMAL);
}

static int check_chgrp(const struct path *path, kgid_t gid)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_CHGRP);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path_number(config, TMY_CHGRP, path, false, from_kgid(&init_user_ns, gid),
				     TMY_DECIMAL);
}

static int path_chown(const struct path *path, kuid_t uid, kgid_t gid)
{
	int error = 0;

	if (!tmy_active())
		return 0;
	if (uid_valid(uid))
		error = check_chown(path, uid);
	if (!error && gid_valid(gid))
		error = check_chgrp(path, gid);
	return error;
}

static int path_chroot(const struct path *path)
{
	u8 config = tmy_check_config(TMY_ITEM_FILE_CHROOT);

	if (!tmy_must_check(config))
		return 0;
	return tmy_check_path(config, TMY_CHROOT, path, true);
}

static struct security_hook_list hooks[] TMY_HOOKS_FINAL = {
	LSM_HOOK_INIT(path_chmod, path_chmod),
	LSM_HOOK_INIT(path_chown, path_chown),
	LSM_HOOK_INIT(path_chroot, path_chroot),
};

void __init tmy_hooks_attribute(void)
{
	tmy_hooks_register(hooks, ARRAY_SIZE(hooks));
}
