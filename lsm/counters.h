/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters: per-CPU counters of violations (kernel ABI specification 7.8). */
#ifndef TMY_COUNTERS_H
#define TMY_COUNTERS_H

#include "engine/profile.h"

/* Counts a request that was not granted in this mode. Context: any. */
void tmy_count_violation(enum tmy_mode mode);

/* Sums the counters up into the policy's statistics; called before these are read. */
void tmy_counters_gather(void);

#endif
