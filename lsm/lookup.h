/* SPDX-License-Identifier: GPL-2.0-only */
/* Lookup: path lookup that allocates nothing of its own. */
#ifndef TMY_LOOKUP_H
#define TMY_LOOKUP_H

#include <linux/namei.h>

/*
 * tmy_lookup - look a pathname up, relative to the root and working directory of the calling task
 * @flags: LOOKUP_FOLLOW or 0
 * @path: to be released with path_put()
 *
 * Like kern_path(), but does not allocate a struct filename. Context: process context, may sleep.
 * Return: 0 or an error.
 */
int tmy_lookup(const char *name, unsigned int flags, struct path *path);

#endif
