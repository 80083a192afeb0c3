// SPDX-License-Identifier: GPL-2.0-only
// Complaint: what checkpolicy of tomoyo-tools 2.6.1 said of a line, for those who read its messages.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>

namespace policy {

// Of a line with a problem at COLUMN: "'send' is a bad argument."
std::string complaint(Language language, std::string_view line, size_t column);

// Of a line that the kernel understands, and that checker did not; nothing when it had no complaint.
std::optional<std::string> complaint_of_right(std::string_view line, const Line& parsed);

// Did that checker take a line that the kernel does not take?
bool was_taken(Language language, std::string_view line, const Problem& problem);

} // namespace policy
