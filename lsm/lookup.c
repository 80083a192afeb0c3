// SPDX-License-Identifier: GPL-2.0-only
/* Lookup: what a name leads to, without memory. */
#include <linux/audit.h>
#include <linux/fs.h>

#include "lookup.h"

/* The kernel's own; as io_uring, we are a system call's other entrance. */
#include "fs/internal.h"

int tmy_lookup(const char *name, unsigned int flags, struct path *path)
{
	struct filename filename = { .name = name };
	struct audit_context *context = audit_context();
	int error;

	/*
	 * Who audits system calls keeps the names that these look up until they end: a copy of
	 * each, in memory. This one is not the call's, which has looked it up itself.
	 */
	audit_set_context(current, NULL);
	error = filename_lookup(AT_FDCWD, &filename, flags, path, NULL);
	audit_set_context(current, context);
	return error;
}
