/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How hooks are registered: Linux 6.8 and later know a module by a number, earlier ones by its name
 * only. The TMY_HAVE_... come from probe.mk.
 */
#ifndef TMY_COMPAT_HOOKS_H
#define TMY_COMPAT_HOOKS_H

#include <linux/lsm_hooks.h>

#ifdef TMY_HAVE_LSM_ID
#include <uapi/linux/lsm.h>
#define TMY_HOOKS_FINAL __ro_after_init
#else
#define TMY_HOOKS_FINAL __lsm_ro_after_init
#endif

/* Not before tmy_hooks_register() of another file has returned. May be called for several lists. */
void tmy_hooks_register(struct security_hook_list *hooks, int count) __init;

#endif
