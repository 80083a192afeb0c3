/* SPDX-License-Identifier: GPL-2.0-only */
/* Quota: memory accounting of audit records and queries (kernel ABI specification 7.9). */
#ifndef TMY_QUOTA_H
#define TMY_QUOTA_H

#include "engine/stat.h"
#include "lsm.h"

/* May @size more bytes be charged? Reliable only under audit_lock or query_lock. */
static inline bool tmy_quota_allows(enum tmy_memory memory, size_t size)
{
	const struct tmy_stat *stat = tmy_policy_stat(tmy_kernel_policy);
	u64 quota = READ_ONCE(stat->quota[memory]);

	return !quota || tmy_sum_read(&stat->used[memory]) + size < quota;
}

/* Under the same lock. */
static inline void tmy_quota_charge(enum tmy_memory memory, size_t size)
{
	tmy_sum_add(&tmy_policy_stat(tmy_kernel_policy)->used[memory], size);
}

/* Under the same lock. Undoes tmy_quota_charge(). */
static inline void tmy_quota_uncharge(enum tmy_memory memory, size_t size)
{
	tmy_sum_sub(&tmy_policy_stat(tmy_kernel_policy)->used[memory], size);
}

#endif
