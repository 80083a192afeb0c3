// SPDX-License-Identifier: GPL-2.0-only
// Complaint: what checkpolicy of tomoyo-tools 2.6.1 said of a line, for those who read its messages.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compat {

// The policy that the arguments name: that checker looked at one letter of them all. A blank: none.
char letter_to_check(const std::vector<std::string>& args);

// All that it said of one line.
std::vector<std::string> complaints(policy::Language language, std::string_view line,
                                    const policy::Line& parsed);

// Of a line with a problem at COLUMN: "'send' is a bad argument."
std::string complaint(policy::Language language, std::string_view line, size_t column);

// Of a line that the kernel understands, and that checker did not; nothing when it had no complaint.
std::optional<std::string> complaint_of_right(std::string_view line, const policy::Line& parsed);

// Did that checker take a line that the kernel does not take?
bool was_taken(policy::Language language, std::string_view line, const policy::Problem& problem);

} // namespace compat
