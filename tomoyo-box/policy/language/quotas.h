// SPDX-License-Identifier: GPL-2.0-only
// Quotas: the memory limits that the kernel's `stat` shows, as lines of stat.conf.
#pragma once

#include <string>
#include <string_view>

namespace policy {

// The text of stat.conf (userspace specification 3.2) for what `stat` said: every "Memory used by" line with
// its quota in the place of its use, 0 where no quota is set.
std::string quota_text(std::string_view stat);

} // namespace policy
