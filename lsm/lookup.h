/* SPDX-License-Identifier: GPL-2.0-only */
/* Lookup: what a name leads to, without memory. */
#ifndef TMY_LOOKUP_H
#define TMY_LOOKUP_H

#include <linux/namei.h>

/*
 * tmy_lookup - what a name leads to in the calling task's eyes
 * @flags: LOOKUP_FOLLOW or 0
 * @path: to be given back with path_put()
 *
 * As kern_path(), but asks for no memory of its own. May sleep. Return: 0 or an error.
 */
int tmy_lookup(const char *name, unsigned int flags, struct path *path);

#endif
