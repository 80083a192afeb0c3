// SPDX-License-Identifier: GPL-2.0-only
/* Registration of hooks. */
#include <linux/init.h>

#include "compat/hooks.h"

#ifdef TMY_HAVE_LSM_ID
static const struct lsm_id tomoyo_lsmid = {
	.name = "tomoyo",
	.id = LSM_ID_TOMOYO,
};

void __init tmy_hooks_register(struct security_hook_list *hooks, int count)
{
	security_add_hooks(hooks, count, &tomoyo_lsmid);
}
#else
void __init tmy_hooks_register(struct security_hook_list *hooks, int count)
{
	security_add_hooks(hooks, count, "tomoyo");
}
#endif
