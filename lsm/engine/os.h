/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The seam between the policy engine and its two homes, the kernel and the tool box.
 *
 * The engine includes this header and its own headers, nothing else, so that the same
 * files compile unchanged on both sides.
 */
#ifndef TMY_ENGINE_OS_H
#define TMY_ENGINE_OS_H

#ifdef __KERNEL__
#include <linux/string.h>
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#endif

#endif
