// SPDX-License-Identifier: GPL-2.0-only
/* Quotas change. That of policy stays above what is used: a line that is lost, others would miss.
 */
#include "storm.h"

void quotas(unsigned int number)
{
	(void)number;
	while (storm_blows()) {
		unsigned int size = 1000u << chance(10);

		node_write("stat", "Memory used by audit log: %u\n", chance(4) ? size : 0);
		node_write("stat", "Memory used by query message: %u\n", chance(4) ? size : 0);
		node_write("stat", "Memory used by policy: %u\n", chance(2) ? 1u << 30 : 0);
		COUNT(quota);
		pause_ms(chance(20));
	}
}
