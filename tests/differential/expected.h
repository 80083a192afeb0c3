// SPDX-License-Identifier: GPL-2.0-only
// The differences from mainline that are wanted: section 9 of the kernel ABI specification, where it says
// FIX.
//
// Each rule tells from the text of a line alone that mainline may take it (for what it is not), and that the
// engine must not. The generator keeps such lines in batches of their own; the comparison accepts no other
// difference in what a line does, and only this one: mainline accepts, the engine does not, and nothing
// changes.
#ifndef TESTS_DIFFERENTIAL_EXPECTED_H
#define TESTS_DIFFERENTIAL_EXPECTED_H

#include "tests/differential/script.h"

#include <string_view>
#include <vector>

namespace differential {

// The number of the defect ("D-04"), or nullptr when both must do the same. `namespaces` are those that
// exist.
const char* expected_difference(File file, const std::string& line,
                                const std::vector<std::string>& namespaces);

// A line as the kernel sees it (1.2).
std::string normalized(std::string line);

// The line without "delete ", and whether it was there.
bool cut_delete(std::string_view& line);

} // namespace differential

#endif
