// SPDX-License-Identifier: GPL-2.0-only
// Quotas: from `stat` to stat.conf.
#include "tomoyo-box/store/quota.h"

#include "tomoyo-box/base/atomic_file.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/policy/language/words.h"

namespace store {

namespace {

constexpr std::string_view digits = "0123456789";

std::string_view quota_in(std::string_view line) {
    constexpr std::string_view mark = "(Quota:";
    const size_t at = line.find(mark);
    if (at == std::string_view::npos)
        return "0";
    line.remove_prefix(at + mark.size());
    line.remove_prefix(std::min(line.find_first_of(digits), line.size()));
    return line.empty() ? "0" : line.substr(0, line.find_first_not_of(digits));
}

} // namespace

std::string quota_text(std::string_view stat) {
    std::string text = "# Memory quota (byte). 0 means no quota.\n";
    while (!stat.empty()) {
        std::string_view line = stat.substr(0, stat.find('\n'));
        stat.remove_prefix(std::min(line.size() + 1, stat.size()));
        if (!policy::strip(line, "Memory used by "))
            continue;
        const std::string_view title = line.substr(0, line.find(':') + 1);
        text += fmt::format("Memory used by {:<14} {:>8}\n", title, quota_in(line));
    }
    return text;
}

bool save_quota(std::string_view stat, const std::string& path) {
    const std::string text = quota_text(stat);
    if (exists(path) && read_file(path) == text)
        return false;
    AtomicFile file(path);
    file.write(text);
    file.replace();
    return true;
}

} // namespace store
