/* SPDX-License-Identifier: GPL-2.0-only */
/* Boot: the built-in policy, the loader, and the moment from which modes count (kernel ABI
 * specification 6.5). */
#ifndef TMY_BOOT_H
#define TMY_BOOT_H

/*
 * tmy_boot_trigger - a program is executed and modes do not count yet
 * @filename: as it was given
 *
 * If it is the trigger and there is a loader: runs it, waits for it, and activates. May sleep, for
 * long.
 */
void tmy_boot_trigger(const char *filename);

/* Loads the built-in policy. Once, before there are files to write policy to. */
void tmy_boot_policy(void) __init;

#endif
