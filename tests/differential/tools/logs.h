// SPDX-License-Identifier: GPL-2.0-only
// Makes audit logs, as auditd stores them or as the kernel hands them out, with odd headers and records that
// are cut off.
#ifndef TESTS_DIFFERENTIAL_TOOLS_LOGS_H
#define TESTS_DIFFERENTIAL_TOOLS_LOGS_H

#include "tests/differential/random.h"

namespace differential {

std::string make_log(Random& random, size_t number);

} // namespace differential

#endif
