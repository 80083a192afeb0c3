// SPDX-License-Identifier: GPL-2.0-only
// What the filters of policy text have in common: how they read.
#pragma once

#include "tomoyo-box/policy/language/policy_reader.h"

#include <string_view>

namespace policy {

// The next line, normalized; false at the end. Throws Error at a NUL byte. COMPAT: as tomoyo-tools 2.6.1;
// what is behind a NUL byte is lost, and so is a last line without newline.
bool next_line(PolicyReader& reader, bool compat, std::string_view& line);

} // namespace policy
