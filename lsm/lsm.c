// SPDX-License-Identifier: GPL-2.0-only
/* LSM: definition and initialisation of the security module. */
#include <linux/init.h>

#include "lsm.h"

struct tmy_policy *tmy_kernel_policy __ro_after_init;

struct lsm_blob_sizes tmy_blob_sizes __ro_after_init = {
	.lbs_task = sizeof(struct tmy_security),
	.lbs_superblock = sizeof(struct tmy_superblock),
};

static int enabled __ro_after_init = 1;

static int __init tmy_init(void)
{
	tmy_kernel_policy = tmy_policy_create();
	if (!tmy_kernel_policy)
		panic("TOMOYO: no memory for a policy\n");
	tmy_read_begin();
	tmy_task_init(&tmy_security(current)->task,
		      tmy_find_domain(tmy_kernel_policy, TMY_SPAN("<kernel>")));
	tmy_read_end();
	tmy_hooks_task();
	tmy_hooks_execute();
	tmy_hooks_file();
	tmy_hooks_directory();
	tmy_hooks_attribute();
	tmy_hooks_mount();
	tmy_hooks_network();
	pr_info("TOMOYO Linux initialized\n");
	return 0;
}

DEFINE_LSM(tomoyo) = {
	.name = "tomoyo",
	.enabled = &enabled,
	.flags = LSM_FLAG_LEGACY_MAJOR,
	.blobs = &tmy_blob_sizes,
	.init = tmy_init,
};
