// SPDX-License-Identifier: GPL-2.0-only
// CrossCheck: what only shows when the files of a policy are seen together: groups that are named but have no
// member.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace policy {

class CrossCheck {
public:
    // The next line of a file; the order of files does not matter.
    void see(Language language, std::string_view line, const Line& parsed, unsigned long number);

    enum Kind : uint8_t { path_group, number_group, address_group, acl_group };
    struct Group {
        Kind kind;
        bool defined = false, named = false;
        // Where it is first named, or else where it begins; the column is one of the normalized line.
        Language language = Language::domains;
        unsigned long line = 0;
        size_t column = 1;
        std::string space, name;

        // A group without members that is named; with STRICT also one that nobody names. Empty: all is well.
        std::string doubt(bool strict) const;
    };
    const std::vector<Group>& groups() const { return groups_; } // in the order in which they were first seen

private:
    void entry(const tmy_entry& entry);
    void mention(Kind kind, std::string_view name, const char* at, bool defines);

    std::vector<Group> groups_;
    std::unordered_map<uint64_t, uint32_t> index_; // by hash of kind, namespace and name
    std::string space_{kernel_space};              // of the domain or line
    // The present line.
    Language language_ = Language::domains;
    std::string_view line_;
    unsigned long number_ = 0;
};

} // namespace policy
