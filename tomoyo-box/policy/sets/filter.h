// SPDX-License-Identifier: GPL-2.0-only
// What the filters of policy text have in common: how they read.
#pragma once

#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/sets/read_observer.h"

#include <string_view>

namespace policy {

// The next line, normalized; false at the end. OBSERVER is told of a NUL byte, which becomes \000: nothing
// behind it is lost, and no kernel takes the line for less than it is. COMPAT: as tomoyo-tools 2.6.1; what is
// behind a NUL byte is lost, and so is a last line without newline.
bool next_line(PolicyReader& reader, bool compat, ReadObserver& observer, std::string_view& line);

} // namespace policy
