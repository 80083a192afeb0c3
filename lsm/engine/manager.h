/* SPDX-License-Identifier: GPL-2.0-only */
/* Managers: programs and domains whose tasks may change policy (kernel ABI specification 6.4). */
#ifndef TMY_ENGINE_MANAGER_H
#define TMY_ENGINE_MANAGER_H

#include "line.h"
#include "state.h"

extern const struct tmy_list_type tmy_manager_list;

/* Applies a line of the file manager. Under the policy's lock, held exclusively. Return: as
 * tmy_stream_write(). */
int tmy_manager_write(struct tmy_policy *policy, const struct tmy_manager_line *line);

#endif
