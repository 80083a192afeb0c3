// SPDX-License-Identifier: GPL-2.0-only
// Quotas: stat.conf, the memory limits that are loaded at boot.
#pragma once

#include <string>
#include <string_view>

namespace store {

// Writes the quotas of the kernel's `stat`, as policy::quota_text() has them, to PATH, whole or not at all;
// false when PATH held them already. Throws Error.
bool save_quota(std::string_view stat, const std::string& path);

} // namespace store
