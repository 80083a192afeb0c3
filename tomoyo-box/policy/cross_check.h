// SPDX-License-Identifier: GPL-2.0-only
// CrossCheck: what only shows when the files of a policy are seen together: groups that are named but have no
// member.
#pragma once

#include "tomoyo-box/policy/line.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace policy {

class CrossCheck {
public:
    struct Place {
        std::string file;
        unsigned long line = 0;
        size_t column = 1; // of the normalized line
    };

    // The next line of a file; the order of files does not matter.
    void see(std::string_view line, const Line& parsed, const std::string& file, unsigned long number);

    struct Finding {
        Place place;
        std::string text;
    };
    // Groups without members, in the order in which they were first named; with STRICT also groups that
    // nobody names.
    std::vector<Finding> findings(bool strict) const;

private:
    enum Kind : uint8_t { path_group, number_group, address_group, acl_group };
    struct Group {
        Kind kind;
        std::string space, name;
        bool defined = false, named = false;
        Place place; // where it is first named, or else where it begins
    };

    void entry(const tmy_entry& entry);
    void mention(Kind kind, std::string_view name, const char* at, bool defines);

    std::vector<Group> groups_;
    std::unordered_map<uint64_t, uint32_t> index_; // by hash of kind, namespace and name
    std::string space_{kernel_space};              // of the domain or line
    // The present line.
    std::string_view line_;
    const std::string* file_ = nullptr;
    unsigned long number_ = 0;
};

} // namespace policy
