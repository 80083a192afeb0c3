/* SPDX-License-Identifier: GPL-2.0-only */
/* Boot: the built-in policy, the userspace policy loader, and the activation of the policy (kernel
 * ABI specification 6.5). */
#ifndef TMY_BOOT_H
#define TMY_BOOT_H

/*
 * tmy_boot_trigger - run the policy loader when its trigger is executed
 * @filename: of the program that is executed, as given to execve(2)
 *
 * To be called for each execution before activation. If @filename is the trigger and the loader
 * exists, runs the loader, waits until it exits and activates the policy; panics if the policy that
 * was loaded cannot be activated.
 *
 * Context: process context, may sleep for as long as the loader runs.
 */
void tmy_boot_trigger(const char *filename);

/* Loads the built-in policy. Called once, before the files of securityfs exist. */
void tmy_boot_policy(void) __init;

#endif
