/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters: violations, counted by each processor for itself (kernel ABI specification 7.8). */
#ifndef TMY_COUNTERS_H
#define TMY_COUNTERS_H

#include "engine/profile.h"

/* A request was not granted in this mode. */
void tmy_count_violation(enum tmy_mode mode);

/* Brings the policy's statistics up to date; before they are read. */
void tmy_counters_gather(void);

#endif
