/* SPDX-License-Identifier: GPL-2.0-only */
/* Mount: the question whether something may be mounted, in the words of mount(2) (kernel ABI
 * specification 3.8). */
#ifndef TMY_HOOKS_MOUNT_H
#define TMY_HOOKS_MOUNT_H

#include "object.h"

struct tmy_mount {
	struct tmy_source device, type;
	const struct path *source; /* what device names, or NULL: path1 of conditions */
	const struct path *target;
	unsigned long flags; /* MS_... */
	bool any_device;     /* the device is logged and not compared */
};

/*
 * tmy_check_mount - may it be mounted?
 * @config: what tmy_check_config() said of TMY_ITEM_FILE_MOUNT; must not be disabled
 *
 * May sleep. Return: as tmy_check().
 */
int tmy_check_mount(u8 config, const struct tmy_mount *mount);

/* What stands for a name that is not given. */
#define TMY_NO_NAME tmy_word_source(TMY_SPAN("<NULL>"))

/* The hooks of the calls that mount(2) has been taken apart into. */
void tmy_hooks_attach(void) __init;

#endif
