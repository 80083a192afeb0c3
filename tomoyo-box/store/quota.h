// SPDX-License-Identifier: GPL-2.0-only
// Quotas: the memory limits that the kernel's `stat` shows, as the file stat.conf that is loaded at boot.
#pragma once

#include <string>
#include <string_view>

namespace store {

// The text of stat.conf (userspace specification 3.2) for what `stat` said: every "Memory used by" line with
// its quota in the place of its use, 0 where no quota is set.
std::string quota_text(std::string_view stat);

// Writes that text to PATH, whole or not at all; false when PATH held it already. Throws Error.
bool save_quota(std::string_view stat, const std::string& path);

} // namespace store
