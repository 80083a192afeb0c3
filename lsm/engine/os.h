/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The seam between the policy engine and its two homes, the kernel and the tool box.
 *
 * The engine includes this header and its own headers, nothing else, so that the same
 * files compile unchanged on both sides. What it asks of a home:
 *
 *   memory     tmy_os_alloc(), tmy_os_free(), tmy_os_rounded(): may sleep, never called by a reader
 *   readers    tmy_read_begin(), tmy_read_end(): what a reader has found stays until it ends
 *   pointers   tmy_dereference() by readers, tmy_publish() by the one writer,
 *              tmy_dereference_check() by functions that both call; tmy_dereference_lasting() by
 *              anybody, of what is not freed before the policy
 *   writers    struct tmy_lock: one at a time; struct tmy_shared_lock: one that is exclusive, or
 * any number that share it waiting    tmy_os_wait_for_readers(): all that read when it was called
 * have ended counts     tmy_count, tmy_sum: numbers that several change at once bits
 * tmy_lowest_bit(): of 64 chance     tmy_os_random(): a number that nobody can guess time
 * tmy_os_seconds(): since 1970, UTC
 */
#ifndef TMY_ENGINE_OS_H
#define TMY_ENGINE_OS_H

#ifdef __KERNEL__
#include "os_kernel.h"
#else
#include "os_user.h"
#endif

#endif
