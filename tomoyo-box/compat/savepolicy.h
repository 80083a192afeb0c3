// SPDX-License-Identifier: GPL-2.0-only
// The command lines of savepolicy in tomoyo-tools: 2.6.1's, and the letters of 2.2 and 2.3.
#pragma once

#include "tomoyo-box/applet.h"
#include "tomoyo-box/cli/command.h"

#include <string>
#include <string_view>

namespace compat {

// 2.6.1 prints it with its slash.
constexpr const char* directory_2_6_1 = "/etc/tomoyo/";

std::string usage_of_savepolicy(const std::string& name);

// What 2.6.1 finds wrong with its arguments, looking at them from left to right. Throws Error.
void check_arguments(const Call& call, const Command& command);

// A bag of letters. A directory with such a name is written "./a".
bool is_letters(std::string_view word);

struct SaveLetters {
    std::string only; // letters of the policies to take from the kernel; empty: all
    bool always = false;
    bool quota = false;
};

SaveLetters letters_of(std::string_view word);

} // namespace compat
