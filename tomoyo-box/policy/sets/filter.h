// SPDX-License-Identifier: GPL-2.0-only
// What the filters of policy text have in common: how they read.
#pragma once

#include "tomoyo-box/base/input.h"

#include <string>
#include <string_view>

namespace policy {

// PATH "-" is standard input; says so when that is a terminal. Throws Error.
Input filter_input(const std::string& path);

// The next line, normalized; false at the end. A NUL byte is told, and becomes \000: nothing behind it is
// lost, and no kernel takes the line for less than it is. COMPAT: as tomoyo-tools 2.6.1; what is behind a NUL
// byte is lost, and so is a last line without newline.
bool next_line(LineReader& reader, bool compat, std::string_view& line);

} // namespace policy
