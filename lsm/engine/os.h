/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * OS: the operating system interface of the policy engine, which is compiled unchanged into the
 * kernel (os_kernel.h) and into programs (os_user.h).
 *
 * The engine includes this header and its own headers only. Each side provides:
 *
 *   tmy_os_alloc(), tmy_os_free()     memory; may sleep, so never called by a reader
 *   tmy_os_rounded()                  bytes that an allocation is accounted with
 *   tmy_read_begin(), tmy_read_end()  a read section (RCU), which may nest: what a reader has
 *                                     found stays valid until its end
 *   tmy_os_wait_for_readers()         waits for the end of all present read sections (a grace
 *                                     period)
 *   tmy_dereference()                 loads an RCU pointer in a read section
 *   tmy_dereference_check()           the same, in a read section or under a lock
 *   tmy_dereference_locked()          the same, by the only writer
 *   tmy_dereference_lasting()         the same, when the target is not freed before the policy
 *   tmy_publish()                     stores an RCU pointer
 *   tmy_load_acquire()                loads a word with acquire semantics
 *   tmy_store_release()               stores a word with release semantics
 *   struct tmy_lock                   a mutex
 *   struct tmy_shared_lock            a read/write semaphore
 *   tmy_count, tmy_sum                atomic counters of 32 and 64 bits
 *   tmy_lowest_bit()                  index of the lowest bit set in 64 bits
 *   tmy_os_random()                   64 unpredictable bits
 *   tmy_os_seconds()                  seconds since 1970, UTC
 */
#ifndef TMY_ENGINE_OS_H
#define TMY_ENGINE_OS_H

#ifdef __KERNEL__
#include "os_kernel.h"
#else
#include "os_user.h"
#endif

#endif
