/* SPDX-License-Identifier: GPL-2.0-only */
/* Managers: who may write policy (kernel ABI specification 6.4). */
#ifndef TMY_ENGINE_MANAGER_H
#define TMY_ENGINE_MANAGER_H

#include "line.h"
#include "state.h"

extern const struct tmy_list_type tmy_manager_list;

/* A line of the file. For writers. Return: as tmy_stream_write(). */
int tmy_manager_write(struct tmy_policy *policy, const struct tmy_manager_line *line);

#endif
