// SPDX-License-Identifier: GPL-2.0-only
/* Counters: violations, counted by each processor for itself. */
#include <linux/percpu.h>
#include <linux/spinlock.h>

#include "counters.h"
#include "engine/stat.h"
#include "lsm.h"

/* Words, which nobody sees half written; stat prints no more of a number than a word holds. */
struct tmy_counts {
	unsigned long of[TMY_MODES];
};

static DEFINE_PER_CPU(struct tmy_counts, counts);
/* Seconds since 1970. One for all processors, as it changes once a second at most. */
static unsigned long last[TMY_MODES];

void tmy_count_violation(enum tmy_mode mode)
{
	unsigned long now = (unsigned long)tmy_os_seconds();

	this_cpu_inc(counts.of[mode]);
	if (READ_ONCE(last[mode]) != now)
		WRITE_ONCE(last[mode], now);
}

static unsigned long total(enum tmy_mode mode)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) sum += READ_ONCE(per_cpu(counts, cpu).of[mode]);
	return sum;
}

void tmy_counters_gather(void)
{
	/* Who sums up later has the larger sums and must write later. */
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
		WRITE_ONCE(stat->count[events[mode]], total(mode));
		WRITE_ONCE(stat->last[events[mode]], READ_ONCE(last[mode]));
	}
	spin_unlock(&lock);
}
