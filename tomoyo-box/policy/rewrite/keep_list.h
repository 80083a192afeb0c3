// SPDX-License-Identifier: GPL-2.0-only
// KeepList: names that no pattern shall stand for unless somebody writes it himself: passwords, keys,
// devices.
#pragma once

#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/rewrite/pattern_overlap.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class KeepList {
public:
    // /etc/passwd   a path, which may hold wildcards
    // /etc/ssh/     everything below a directory
    // \*.pem        the last component of any path
    // .ssh/         everything below any directory of that name
    std::optional<Problem> add(std::string_view entry);
    void add_default();
    bool empty() const { return entries_.empty(); }

    // An entry that a name or a pattern has a name in common with; empty when there is none. The wildcards of
    // a pattern are taken as they are meant where an entry is for any directory: /home/\*/a does not stand
    // for /home/.ssh/a.
    std::string_view covered_by(std::string_view pattern) const;

private:
    struct Entry {
        std::string text;
        bool anywhere;
        size_t literal; // the length of what is in front of its first wildcard
    };
    static bool holds(const Entry& entry, std::string_view name);
    bool overlaps(const Entry& entry, std::string_view pattern) const;

    std::vector<Entry> entries_;
    // Memory for an answer; policies of many lines have many questions.
    mutable Components ours_, theirs_;
    mutable PatternOverlap overlap_;
};

} // namespace policy
