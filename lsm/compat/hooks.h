/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registration of hooks: since Linux 6.8 with a struct lsm_id, before with a name. TMY_HAVE_... are
 * defined by probe.mk.
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

/* Registers a list of hooks. May be called for several lists. */
void tmy_hooks_register(struct security_hook_list *hooks, int count) __init;

#endif
