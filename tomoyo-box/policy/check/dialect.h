// SPDX-License-Identifier: GPL-2.0-only
// Dialect: what mainline's TOMOYO makes of a line that ours does not take (kernel ABI specification, 9).
//
// There is no line that ours takes and mainline's does not.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>

namespace policy {

// How mainline takes LINE, which has a problem here: "as 'file read /a'", "as something that never matches".
// Nothing when it does not take it either.
std::optional<std::string> taken_by_mainline(Language language, std::string_view line);

} // namespace policy
