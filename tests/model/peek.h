/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests see of the engine's inside: the texts of an answer, and its managers. */
#ifndef TESTS_MODEL_PEEK_H
#define TESTS_MODEL_PEEK_H

#include "lsm/engine/condition.h"
#include "lsm/engine/request.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of the name or pattern that granted; empty when there is none. */
struct tmy_span peek_matched(const struct tmy_request* request);

/* Of the transition argument and the conditions of the entry that granted; empty when it has none. */
struct tmy_span peek_requirement(const struct tmy_request* request);

/* tmy_is_manager(), whose header is none for C++. */
bool peek_is_manager(const struct tmy_policy* policy, struct tmy_span name);

#ifdef __cplusplus
}
#endif

#endif
