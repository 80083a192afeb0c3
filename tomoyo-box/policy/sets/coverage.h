// SPDX-License-Identifier: GPL-2.0-only
// Coverage: does a domain grant what a line grants by another line, one that means the same or is wider?
//
// The engine says what lines mean. A pattern counts as covered by the same pattern alone, since no name
// stands for all that it matches. Conditions must be the same, or the wider line has none.
#pragma once

#include "tomoyo-box/policy/language/document.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/sets/domain_set.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

// The groups of an exception policy, and its acl groups.
class Groups {
public:
    Groups() = default;
    // Reads to the end; lines that are no exception policy are left out, and so are those that delete. Throws
    // Error.
    explicit Groups(PolicyReader& reader);

    const Document& document() const { return *document_; } // all lines, those that are wrong, too

    // Calls visit(member) until it returns true; whether it did.
    template <typename Visit>
    bool any(tmy_exception_type type, std::string_view space, std::string_view name, Visit visit) const {
        for (const auto& [line, text] : lines_)
            if (line.exception.type == type && line.space == space && view(line.exception.name) == name &&
                visit(line.exception))
                return true;
        return false;
    }

    struct Line {
        ExceptionLine meaning;
        std::string_view text;
    };
    const std::vector<Line>& lines() const { return lines_; }

private:
    std::unique_ptr<const Document> document_; // has the text of the lines
    std::vector<Line> lines_;
};

class Coverage {
public:
    // What DOMAIN of SET grants. All must outlive this.
    Coverage(const DomainSet& set, const DomainSet::Domain& domain, const Groups& groups);

    // The line that covers LINE; empty when there is none.
    std::string_view find(std::string_view line) const;

private:
    struct Wide { // a line that covers more than what is written like it
        tmy_entry entry;
        std::string_view text;
    };
    void add_groups(unsigned number);
    bool covers(const tmy_entry& wide, const tmy_entry& narrow) const;
    bool covers(const tmy_name_operand& wide, const tmy_name_operand& narrow) const;
    bool covers(const tmy_number_operand& wide, const tmy_number_operand& narrow) const;
    bool covers(const tmy_address_operand& wide, const tmy_address_operand& narrow) const;
    std::string_view find_same(std::string_view text) const;

    const DomainSet& set_;
    std::span<const DomainSet::Line> lines_;
    std::string_view space_;
    const Groups& groups_;
    std::vector<Wide> wide_;
};

} // namespace policy
