// SPDX-License-Identifier: GPL-2.0-only
/* Counters: per-CPU counters of violations. */
#include <linux/percpu.h>
#include <linux/spinlock.h>

#include "counters.h"
#include "engine/stat.h"
#include "lsm.h"

/* Machine words, so that they can be read without tearing; stat prints no more than a word. */
struct tmy_counts {
	unsigned long of[TMY_MODES];
};

static DEFINE_PER_CPU(struct tmy_counts, violation_counts);
/* Time of the last violation, seconds since 1970. Shared, as it changes once a second at most. */
static unsigned long last_violation[TMY_MODES];

void tmy_count_violation(enum tmy_mode mode)
{
	unsigned long now = (unsigned long)tmy_os_seconds();

	this_cpu_inc(violation_counts.of[mode]);
	if (READ_ONCE(last_violation[mode]) != now)
		WRITE_ONCE(last_violation[mode], now);
}

static unsigned long total_violations(enum tmy_mode mode)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) sum += READ_ONCE(per_cpu(violation_counts, cpu).of[mode]);
	return sum;
}

void tmy_counters_gather(void)
{
	/* Serialises callers, so that the statistics never decrease. */
	static DEFINE_SPINLOCK(lock);
	static const u8 events[TMY_MODES] = {
		[TMY_LEARNING] = TMY_EVENT_LEARNING,
		[TMY_PERMISSIVE] = TMY_EVENT_PERMISSIVE,
		[TMY_ENFORCING] = TMY_EVENT_ENFORCING,
	};
	struct tmy_stat *stat = tmy_policy_stat(tmy_kernel_policy);
	unsigned int mode;

	tmy_spin_lock(&lock);
	for (mode = TMY_LEARNING; mode <= TMY_ENFORCING; mode++) {
		WRITE_ONCE(stat->count[events[mode]], total_violations(mode));
		WRITE_ONCE(stat->last[events[mode]], READ_ONCE(last_violation[mode]));
	}
	spin_unlock(&lock);
}
