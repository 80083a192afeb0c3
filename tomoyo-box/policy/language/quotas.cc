// SPDX-License-Identifier: GPL-2.0-only
// Quotas: from `stat` to stat.conf.
#include "tomoyo-box/policy/language/quotas.h"

#include "tomoyo-box/base/text.h"

#include <fmt/core.h>

namespace policy {

namespace {

std::string_view quota_in(std::string_view line) {
    constexpr std::string_view mark = "(Quota:";
    const size_t at = line.find(mark);
    if (at == std::string_view::npos)
        return "0";
    line.remove_prefix(at + mark.size());
    line.remove_prefix(std::min(line.find_first_of(decimal_digits), line.size()));
    return line.empty() ? "0" : line.substr(0, line.find_first_not_of(decimal_digits));
}

} // namespace

std::string quota_text(std::string_view stat) {
    std::string text = "# Memory quota (byte). 0 means no quota.\n";
    for_each_line(stat, [&](std::string_view line) {
        if (!strip(line, "Memory used by "))
            return;
        const std::string_view title = line.substr(0, line.find(':') + 1);
        text += fmt::format("Memory used by {:<14} {:>8}\n", title, quota_in(line));
    });
    return text;
}

} // namespace policy
