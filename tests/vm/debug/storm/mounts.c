// SPDX-License-Identifier: GPL-2.0-only
/* Mounts come and go, by the old calls and the new ones. */
#include "storm.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* <sys/mount.h> and <linux/mount.h> cannot be used together everywhere. */
int mount(const char *source, const char *target, const char *type, unsigned long flags,
	  const void *data);
int umount2(const char *target, int flags);

enum {
	DETACH = 2, /* of umount2() */
};

static void private_namespace(void)
{
	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		die("no mount namespace of my own");
}

static void must_not_be_denied(const char *what, int result)
{
	if (result < 0 && (errno == EPERM || errno == ENOMEM))
		complain("%s: %s", what, error_name(errno));
}

static int attach(int fd, const char *place)
{
	return (int)syscall(SYS_move_mount, fd, "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH);
}

static void attach_new(const char *place)
{
	int context = (int)syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC), fd;

	must_not_be_denied("fsopen", context);
	syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	fd = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
	must_not_be_denied("fsmount", fd);
	must_not_be_denied("move_mount of a new one", attach(fd, place));
	COUNT(attached);
	close(fd);
	close(context);
}

static void attach_copy(const char *place)
{
	int fd = (int)syscall(SYS_open_tree, AT_FDCWD, "/storm/tree",
			      OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (chance(2) ? AT_RECURSIVE : 0));

	must_not_be_denied("open_tree", fd);
	must_not_be_denied("move_mount of a copy", attach(fd, place));
	COUNT(attached);
	close(fd);
}

static void use(const char *place)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/file", place);
	try_open(path, O_RDWR | O_CREAT);
}

void mounts(unsigned int number)
{
	private_namespace();
	storm_enter("mounts");
	while (storm_blows()) {
		char place[32], source[32];

		snprintf(place, sizeof(place), "/storm/mnt%u", (chance(3) + number) % 4);
		snprintf(source, sizeof(source), "/storm/mnt%u", chance(4));
		switch (chance(6)) {
		case 0:
			must_not_be_denied("tmpfs",
					   mount("none", place, "tmpfs", chance(0x10), NULL));
			break;
		case 1:
			must_not_be_denied("bind", mount(source, place, NULL, MS_BIND, NULL));
			break;
		case 2:
			must_not_be_denied("move", mount(source, place, NULL, MS_MOVE, NULL));
			break;
		case 3:
			attach_new(place);
			break;
		case 4:
			attach_copy(place);
			break;
		default:
			while (!umount2(place, chance(2) ? DETACH : 0))
				;
		}
		use(place);
		COUNT(mounted);
	}
}

void enforced_mounts(unsigned int number)
{
	private_namespace();
	storm_enter("enforced");
	while (storm_blows()) {
		char place[32];

		snprintf(place, sizeof(place), "/storm/mnt%u", (chance(2) + number) % 4);
		must_not_be_denied("granted tmpfs",
				   mount("none", place, "tmpfs", chance(0x10), NULL));
		must_not_be_denied("granted bind",
				   mount("/storm/tree", place, NULL, MS_BIND, NULL));
		must_not_be_denied("granted remount",
				   mount("none", place, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY,
					 NULL));
		if (!mount("none", place, "proc", 0, NULL) || errno != EPERM)
			complain("proc, not granted: %s", error_name(errno));
		if (!mount("/storm/never", place, NULL, MS_BIND, NULL) || errno != EPERM)
			complain("bind, not granted: %s", error_name(errno));
		must_not_be_denied("granted umount", umount2(place, 0));
		must_not_be_denied("granted umount", umount2(place, DETACH));
		COUNT(mounted);
	}
}
