// SPDX-License-Identifier: GPL-2.0-only
/* Lookup: path lookup that allocates nothing of its own. */
#include <linux/audit.h>
#include <linux/fs.h>

#include "lookup.h"

/* For filename_lookup(), private to fs/; io_uring includes it as well. */
#include "fs/internal.h"

int tmy_lookup(const char *name, unsigned int flags, struct path *path)
{
	struct filename filename = { .name = name };
	struct audit_context *context = audit_context();
	int error;

	/*
	 * System call auditing would allocate a copy of each name that is looked up. The system
	 * call has recorded this one when it looked it up itself.
	 */
	audit_set_context(current, NULL);
	error = filename_lookup(AT_FDCWD, &filename, flags, path, NULL);
	audit_set_context(current, context);
	return error;
}
