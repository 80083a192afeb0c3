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

	/* Who audits system calls keeps the names until the call ends: that takes a copy. */
	if (!audit_dummy_context())
		return kern_path(name, flags, path);
	return filename_lookup(AT_FDCWD, &filename, flags, path, NULL);
}
