// SPDX-License-Identifier: GPL-2.0-only
/* Policy is written all the time, in the domains that others are in, though nothing that counts. */
#include "storm.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static const char *verb(void)
{
	return chance(2) ? "delete " : "";
}

/* Of the domains where others rely on what is granted and what is not. */
static int churn_domain(void)
{
	static const char *const domains[] = { "always", "never", "tree", "exec", "net", "a", "b" };
	static const char *const forms[] = {
		"file read /storm/always/extra%u",
		"file read/write/append /storm/always/\\*.x%u",
		"file read /storm/always/plain task.uid=%u0000",
		"file append /storm/always/rw%u",
		"file read /storm/never/file task.uid=%u0001",
		"file getattr/write /storm/never/\\* path1.uid=%u0001",
		"file read @STORM_EXTRA%u path1.parent.uid=17-18",
		"file create/mkdir /storm/always/tmp/\\* %u-0777",
		"file ioctl /storm/always/\\* @STORM_NUMBERS%u",
		"file mount \\* /storm/elsewhere%u/ \\* 0-0xFFFF",
		"file rename /storm/tree/\\* /storm/tree/\\{\\*\\}/x%u",
		"file execute /storm/bin/p%u keep",
		"file execute /storm/bin/denied exec.argc=1%u0 exec.argv[0]=\"x\"",
		"network inet stream bind @STORM_ADDRESSES%u 1-1024",
		"network unix stream connect /storm/never\\*%u",
		"misc env STORM%u",
		"use_group 1%u",
		"task manual_domain_transition <kernel> /storm/elsewhere%u",
	};
	char line[256];

	snprintf(line, sizeof(line), forms[chance(sizeof(forms) / sizeof(forms[0]))], chance(10));
	return node_write("domain_policy", "select <kernel> /storm/%s\n%s%s\n",
			  domains[chance(sizeof(domains) / sizeof(domains[0]))], verb(), line);
}

static int churn_exceptions(void)
{
	static const char *const forms[] = {
		"path_group STORM_ALWAYS /storm/always/other%u",
		"path_group STORM_ALWAYS /storm/always/\\*.%u",
		"path_group STORM_EXTRA%u /storm/never/file",
		"path_group STORM_TREE /storm/elsewhere/\\{\\*\\}/%u",
		"number_group STORM_NUMBERS%u 0x1000-0x2000",
		"number_group STORM_OWN%u 17",
		"address_group STORM_ADDRESSES%u 10.0.0.1-10.0.0.9",
		"acl_group 77 file read /storm/always/acl%u",
		"acl_group 77 file read /storm/always/acl task.uid=%u0000",
		"acl_group 79 misc env STORM%u",
		"acl_group 1%u file read /storm/elsewhere",
		"aggregator /storm/bin/p%u /storm/bin/all",
		"initialize_domain /storm/bin/p%u from any",
		"no_keep_domain any from /storm/nowhere%u",
		"keep_domain any from <kernel> /storm/elsewhere%u",
		"reset_domain /storm/bin/p%u from /storm/nowhere",
	};
	char line[256];

	snprintf(line, sizeof(line), forms[chance(sizeof(forms) / sizeof(forms[0]))], chance(10));
	return node_write("exception_policy", "%s%s\n", verb(), line);
}

static int churn_managers(void)
{
	COUNT(manager);
	return node_write("manager", "%s/storm/manager%u\n", verb(), chance(5));
}

void churners(unsigned int number)
{
	(void)number;
	while (storm_blows()) {
		unsigned int what = chance(20);
		int error = !what      ? churn_managers()
			    : what < 8 ? churn_exceptions()
				       : churn_domain();

		if (error)
			complain("writing: %s", error_name(error));
		COUNT(churned);
	}
}

/* Domains with tasks in them. Those below exec are made again by executions, of which each gets
 * what it needs from the domain above; the others by this. */
void deleters(unsigned int number)
{
	static const char *const made_by_exec[] = {
		"exec /storm/bin/prog",
		"exec /storm/bin/link",
		"exec /storm/bin/prog /storm/bin/prog",
		"exec /storm/bin/script",
		"moving /storm/bin/one",
		"moving /storm/bin/two",
	};

	(void)number;
	while (storm_blows()) {
		node_write("domain_policy", "delete <kernel> /storm/%s\n",
			   made_by_exec[chance(sizeof(made_by_exec) / sizeof(made_by_exec[0]))]);
		/* In one write, the mode last: it grants what inhabitants rely on at any time. */
		node_write("domain_policy",
			   "delete <kernel> /storm/doomed\n<kernel> /storm/doomed\n"
			   "file read /storm/always/plain\nuse_profile %d\n",
			   chance(2) ? ENFORCING : PERMISSIVE);
		COUNT(domain_deleted);
		pause_ms(chance(30));
	}
}
