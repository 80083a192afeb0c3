// SPDX-License-Identifier: GPL-2.0-only
// Help topics about the policy language: tomoyo-policy(5) in a few screens for a serial line.
//
// Lines of at most 80 columns. Below a line "In domain policy:" (exception policy, profile, manager, stat)
// stand examples, indented by two blanks, up to a line that is not indented; two blanks within a line begin a
// remark. Those below "Wrong in
// ...:" are refused. tests/host/language.bats has all of them judged.
#pragma once

#include <string_view>

namespace topic {

extern const std::string_view conditions;
extern const std::string_view groups;
extern const std::string_view patterns;
extern const std::string_view policy;
extern const std::string_view profiles;
extern const std::string_view transitions;

} // namespace topic
