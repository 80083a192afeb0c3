// SPDX-License-Identifier: GPL-2.0-only
// What people are shown of inputs and answers, and when two reports about lines say the same.
#ifndef TESTS_DIFFERENTIAL_TOOLS_REPORT_H
#define TESTS_DIFFERENTIAL_TOOLS_REPORT_H

#include "tests/differential/tools/exceptions.h"
#include "tests/differential/tools/program.h"

namespace differential {

// Do two reports of checkpolicy find the same lines wrong, apart from those that EXCEPTIONS allow?
bool same_report(const std::string& applet, const Input& input, const Answer& theirs, const Answer& ours,
                 Exceptions& exceptions, bool count);

std::string shown(const Input& input);
std::string commented(const std::string& text); // for TAP
// Where two texts differ, with the lines around.
std::string difference(const std::string& theirs, const std::string& ours);

} // namespace differential

#endif
