// SPDX-License-Identifier: GPL-2.0-only
// Explain: why the kernel may have refused a policy line. The kernel never says; this is a hint, not a
// judgement.
#pragma once

#include "tomoyo-box/policy/statement.h"

#include <string>
#include <string_view>

namespace policy {

// LINE is normalized. Empty when nothing is obviously wrong with it.
std::string explain_domain(std::string_view name);
std::string explain_entry(Language language, std::string_view line);

} // namespace policy
