// SPDX-License-Identifier: GPL-2.0-only
/* Commands of act for mounts, by mount(2) and by the calls that came after it. */
#include "act.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

/* <sys/mount.h> and <linux/mount.h> cannot both be included; the numbers are those of the ABI. */
static const struct flag mount_flags[] = {
	{ "ro", MS_RDONLY },
	{ "nosuid", MS_NOSUID },
	{ "nodev", MS_NODEV },
	{ "noexec", MS_NOEXEC },
	{ "sync", MS_SYNCHRONOUS },
	{ "noatime", MS_NOATIME },
	{ "remount", MS_REMOUNT },
	{ "bind", MS_BIND },
	{ "move", MS_MOVE },
	{ "rec", MS_REC },
	{ "silent", MS_SILENT },
	{ "unbindable", MS_UNBINDABLE },
	{ "private", MS_PRIVATE },
	{ "slave", MS_SLAVE },
	{ "shared", MS_SHARED },
	{ "magic", MS_MGC_VAL },
	{ NULL, 0 },
};

static const struct flag umount_flags[] = {
	{ "force", 1 },
	{ "detach", 2 },
	{ "nofollow", 8 },
	{ NULL, 0 },
};

static const struct flag mount_attributes[] = {
	{ "ro", MOUNT_ATTR_RDONLY },
	{ "nosuid", MOUNT_ATTR_NOSUID },
	{ "nodev", MOUNT_ATTR_NODEV },
	{ "noexec", MOUNT_ATTR_NOEXEC },
	{ NULL, 0 },
};

static const char *text_or_null(const char *word)
{
	return strcmp(word, "NULL") ? word : NULL;
}

static long do_mount(int count, char **words)
{
	return outcome(syscall(SYS_mount, text_or_null(words[0]), words[1], text_or_null(words[2]),
			       flags(words[3], mount_flags), count > 4 ? words[4] : NULL));
}

static long do_umount(int count, char **words)
{
	return outcome(
		syscall(SYS_umount2, words[0], count > 1 ? flags(words[1], umount_flags) : 0));
}

static long do_pivot_root(int count, char **words)
{
	(void)count;
	return outcome(syscall(SYS_pivot_root, words[0], words[1]));
}

static long do_chroot(int count, char **words)
{
	(void)count;
	return outcome(chroot(words[0]));
}

static long do_fsopen(int count, char **words)
{
	(void)count;
	return opened(syscall(SYS_fsopen, words[0], 0));
}

static long do_fspick(int count, char **words)
{
	(void)count;
	return opened(syscall(SYS_fspick, AT_FDCWD, words[0], 0));
}

static long do_fsconfig(int count, char **words)
{
	if (!strcmp(words[0], "create"))
		return outcome(syscall(SYS_fsconfig, current, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	if (!strcmp(words[0], "reconfigure"))
		return outcome(
			syscall(SYS_fsconfig, current, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0));
	if (count == 1)
		return outcome(
			syscall(SYS_fsconfig, current, FSCONFIG_SET_FLAG, words[0], NULL, 0));
	return outcome(syscall(SYS_fsconfig, current, FSCONFIG_SET_STRING, words[0], words[1], 0));
}

static long do_fsmount(int count, char **words)
{
	return opened(
		syscall(SYS_fsmount, current, 0, count ? flags(words[0], mount_attributes) : 0));
}

static long do_open_tree(int count, char **words)
{
	unsigned int how = count > 1 && !strcmp(words[1], "clone") ? OPEN_TREE_CLONE : 0;

	return opened(syscall(SYS_open_tree, AT_FDCWD, words[0], how));
}

static long do_attach(int count, char **words)
{
	(void)count;
	return outcome(
		syscall(SYS_move_mount, current, "", AT_FDCWD, words[0], MOVE_MOUNT_F_EMPTY_PATH));
}

static long do_movemount(int count, char **words)
{
	(void)count;
	return outcome(syscall(SYS_move_mount, AT_FDCWD, words[0], AT_FDCWD, words[1], 0));
}

static long do_newmount(int count, char **words)
{
	long result = do_fsopen(1, words);

	if (result >= 0 && count > 2)
		result = outcome(
			syscall(SYS_fsconfig, current, FSCONFIG_SET_STRING, "source", words[2], 0));
	if (result >= 0)
		result =
			outcome(syscall(SYS_fsconfig, current, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	if (result >= 0)
		result = do_fsmount(0, NULL);
	return result < 0 ? result : do_attach(1, words + 1);
}

static long do_opentree_clone_attach(int count, char **words)
{
	long result = opened(syscall(SYS_open_tree, AT_FDCWD, words[0], OPEN_TREE_CLONE));

	(void)count;
	return result < 0 ? result : do_attach(1, words + 1);
}

static long do_mount_setattr(int count, char **words)
{
	struct mount_attr attributes = { .attr_set = flags(words[1], mount_attributes) };

	(void)count;
	return outcome(
		syscall(SYS_mount_setattr, AT_FDCWD, words[0], 0, &attributes, sizeof(attributes)));
}

const struct command mount_commands[] = {
	{ "mount", 4, 5, do_mount },   /* SOURCE|NULL DIR TYPE|NULL FLAG[,FLAG]...|NUMBER [DATA] */
	{ "umount", 1, 2, do_umount }, /* DIR [force|detach|nofollow] */
	{ "pivot_root", 2, 2, do_pivot_root },
	{ "chroot", 1, 1, do_chroot },
	{ "newmount", 2, 3, do_newmount },   /* TYPE DIR [SOURCE]: fsopen to move_mount */
	{ "movemount", 2, 2, do_movemount }, /* FROM TO */
	{ "opentree-clone-attach", 2, 2, do_opentree_clone_attach }, /* FROM TO */
	{ "fsopen", 1, 1, do_fsopen },				     /* TYPE */
	{ "fspick", 1, 1, do_fspick },				     /* DIR */
	{ "fsconfig", 1, 2, do_fsconfig },   /* create | reconfigure | FLAG | KEY VALUE */
	{ "fsmount", 0, 1, do_fsmount },     /* [ATTRIBUTES] */
	{ "open_tree", 1, 2, do_open_tree }, /* DIR [clone] */
	{ "attach", 1, 1, do_attach },	     /* DIR: moves the current descriptor's mount there */
	{ "mount_setattr", 2, 2, do_mount_setattr }, /* DIR ATTRIBUTES */
	{ NULL, 0, 0, NULL },
};
