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

size_t literal_prefix(std::string_view word) { return tmy_literal_prefix(word.data(), word.size()); }

} // namespace

std::optional<Problem> KeepList::add(std::string_view entry) {
    if (!correct_word(entry))
        return Problem{"a path, or the last component of paths, is expected", 1};
    const std::string_view inside = entry.substr(0, entry.find_last_not_of('/') + 1);
    const bool anywhere = inside.find('/') == std::string_view::npos;
    if (inside.empty())
        return Problem{"this would keep every path", 1};
    entries_.push_back({std::string(entry), anywhere, literal_prefix(entry)});
    return std::nullopt;
}

void KeepList::add_default() {
    for (const std::string_view entry : default_entries)
        (void)add(entry);
}

// A name without wildcards.
bool KeepList::holds(const Entry& entry, std::string_view name) {
    std::string_view text = entry.text;
    const bool directory = text.ends_with('/');
    if (!entry.anywhere) {
        if (!name.starts_with(text.substr(0, entry.literal)))
            return false;
        return directory || (entry.literal == text.size() ? name.size() == text.size() : matches(name, text));
    }
    if (!directory)
        return matches(name.substr(name.rfind('/') + 1), text); // npos + 1 is 0
    if (entry.literal == text.size()) {
        for (size_t at = 0; (at = name.find(text, at)) != std::string_view::npos; at++)
            if (at == 0 || name[at - 1] == '/')
                return true;
        return false;
    }
    text.remove_suffix(1);
    for (size_t slash; (slash = name.find('/')) != std::string_view::npos; name.remove_prefix(slash + 1))
        if (matches(name.substr(0, slash), text))
            return true;
    return false;
}

// The components of PATTERN are in ours_.
bool KeepList::overlaps(const Entry& entry, std::string_view pattern) const {
    std::string_view text = entry.text;
    if (!entry.anywhere) {
        const size_t both = std::min(entry.literal, literal_prefix(pattern));
        if (pattern.substr(0, both) != text.substr(0, both))
            return false;
    }
    theirs_.clear();
    if (entry.anywhere)
        theirs_.push_back({any_name, true});
    const bool directory = text.ends_with('/');
    if (directory)
        text.remove_suffix(1);
    append_components(theirs_, text);
    if (directory) {
        theirs_.push_back({any_name, false});
        theirs_.push_back({any_name, true});
    }
    return overlap_.overlap(ours_, theirs_, entry.anywhere ? Wildcards::as_meant : Wildcards::as_written);
}

std::string_view KeepList::covered_by(std::string_view pattern) const {
    const bool literal = literal_prefix(pattern) == pattern.size();
    ours_.clear();
    for (const Entry& entry : entries_) {
        // A directory with a wildcard in it has names below that no pattern alone can tell.
        const bool exact = literal && (entry.anywhere || entry.literal == entry.text.size() ||
                                       !std::string_view(entry.text).ends_with('/'));
        if (!exact && ours_.empty())
            append_components(ours_, pattern);
        if (exact ? holds(entry, pattern) : overlaps(entry, pattern))
            return entry.text;
    }
    return {};
}

} // namespace policy
