/* SPDX-License-Identifier: GPL-2.0-only */
/* Mount: the check of "file mount", in the terms of mount(2) (kernel ABI specification 3.8). */
#ifndef TMY_HOOKS_MOUNT_H
#define TMY_HOOKS_MOUNT_H

#include "object.h"

struct tmy_mount {
	struct tmy_source device, type;
	const struct path *source; /* path1 of conditions: what device names; NULL: not a path */
	const struct path *target;
	unsigned long flags; /* MS_... */
	bool any_device;     /* device is logged, but not matched */
};

/*
 * tmy_check_mount - check "file mount"
 * @config: from tmy_check_config(TMY_ITEM_FILE_MOUNT); must not be disabled
 *
 * Context: process context, may sleep. Return: as tmy_check().
 */
int tmy_check_mount(u8 config, const struct tmy_mount *mount);

/* The name of a device that is not given. */
#define TMY_NO_NAME tmy_word_source(TMY_SPAN("<NULL>"))

/* Registers the hooks of the new mount API. */
void tmy_hooks_attach(void) __init;

#endif
