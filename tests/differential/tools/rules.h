// SPDX-License-Identifier: GPL-2.0-only
// Makes configurations of patternize: conditions and rules that fit the policy they are made for, and some
// that are wrong.
#ifndef TESTS_DIFFERENTIAL_TOOLS_RULES_H
#define TESTS_DIFFERENTIAL_TOOLS_RULES_H

#include "tests/differential/random.h"

namespace differential {

std::string make_rules(Random& random, const std::string& policy);

} // namespace differential

#endif
