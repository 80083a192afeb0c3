/* SPDX-License-Identifier: GPL-2.0-only */
/* Quota: how much memory audit records and queries use, and may use (kernel ABI specification 7.9).
 */
#ifndef TMY_QUOTA_H
#define TMY_QUOTA_H

#include "engine/stat.h"
#include "lsm.h"

/* May so many more bytes be used? Certain only under the lock of whose memory it is. */
static inline bool tmy_quota_allows(enum tmy_memory memory, size_t size)
{
	const struct tmy_stat *stat = tmy_policy_stat(tmy_kernel_policy);
	u64 quota = READ_ONCE(stat->quota[memory]);

	return !quota || tmy_sum_read(&stat->used[memory]) + size < quota;
}

/* Under that lock. */
static inline void tmy_quota_take(enum tmy_memory memory, size_t size)
{
	tmy_sum_add(&tmy_policy_stat(tmy_kernel_policy)->used[memory], size);
}

/* Likewise. */
static inline void tmy_quota_give_back(enum tmy_memory memory, size_t size)
{
	tmy_sum_take(&tmy_policy_stat(tmy_kernel_policy)->used[memory], size);
}

#endif
