// SPDX-License-Identifier: GPL-2.0-only
// KeepList: what comes with us, and how an entry is compared.
#include "tomoyo-box/policy/rewrite/keep_list.h"

#include "tomoyo-box/policy/language/words.h"

#include <algorithm>

namespace policy {

namespace {

constexpr std::string_view default_entries[] = {
    // who may do what
    R"(/etc/passwd\*)",
    R"(/etc/shadow\*)",
    R"(/etc/group\*)",
    R"(/etc/gshadow\*)",
    R"(/etc/sudoers)",
    R"(/etc/sudoers.d/)",
    R"(/etc/pam.d/)",
    R"(/etc/security/)",
    R"(/etc/tomoyo/)",
    // keys
    R"(/etc/ssh/)",
    R"(.ssh/)",
    R"(.gnupg/)",
    R"(\*.pem)",
    R"(\*.key)",
    // devices, and what changes the system at its root
    R"(/dev/)",
    R"(/boot/)",
    R"(/etc/ld.so.preload)",
    R"(/etc/crontab)",
    R"(/etc/cron.d/)",
};

constexpr std::string_view any_name = "\\*";

// Both are literal up to here; what differs there has nothing in common.
bool differ_at_once(std::string_view a, std::string_view b) {
    const size_t both =
        std::min(tmy_literal_prefix(a.data(), a.size()), tmy_literal_prefix(b.data(), b.size()));
    return a.substr(0, both) != b.substr(0, both);
}

} // namespace

std::optional<Problem> KeepList::add(std::string_view entry) {
    if (!correct_word(entry))
        return Problem{"a path, or the last component of paths, is expected", 1};
    const std::string_view inside = entry.substr(0, entry.find_last_not_of('/') + 1);
    const bool anywhere = inside.find('/') == std::string_view::npos;
    if (inside.empty())
        return Problem{"this would keep every path", 1};
    entries_.push_back({std::string(entry), anywhere});
    return std::nullopt;
}

void KeepList::add_default() {
    for (const std::string_view entry : default_entries)
        (void)add(entry);
}

std::string_view KeepList::covered_by(std::string_view pattern) const {
    Components ours, theirs;
    append_components(ours, pattern);
    for (const Entry& entry : entries_) {
        std::string_view text = entry.text;
        if (!entry.anywhere && differ_at_once(pattern, text))
            continue;
        theirs.clear();
        if (entry.anywhere)
            theirs.push_back({any_name, true});
        const bool directory = text.ends_with('/');
        if (directory)
            text.remove_suffix(1);
        append_components(theirs, text);
        if (directory) {
            theirs.push_back({any_name, false});
            theirs.push_back({any_name, true});
        }
        if (overlap(ours, theirs, entry.anywhere ? Wildcards::as_meant : Wildcards::as_written))
            return entry.text;
    }
    return {};
}

} // namespace policy
