// SPDX-License-Identifier: GPL-2.0-only
// Question: who may do this? The engine decides, entry by entry, so that it is known which of them grants it.
#pragma once

#include "tomoyo-box/policy/language/engine.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace policy {

class Question {
public:
    // TEXT: an entry, whose numbers may be left out, or the name of a file, about which any operation counts.
    // Throws Error where it is a pattern, a group or a range: there is one answer for each of what they stand
    // for.
    explicit Question(std::string_view text);
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    bool understood() const { return understood_; } // false: TEXT is neither

    // Takes over the groups; remembers the entries for all that grant what was asked.
    void read_exceptions(PolicyReader& reader);

    // Does ENTRY of a domain in the namespace SPACE grant it? Conditions are taken to hold.
    bool granted_by(std::string_view space, const tmy_entry& entry);

    // The lines of an acl_group that do.
    const std::vector<std::string>& granted_by_group(std::string_view space, unsigned long number) const;

private:
    void understand(std::string_view text);
    void demand_one(const tmy_entry& entry) const;
    bool decide(std::string_view space, const tmy_entry& entry, unsigned operations);
    bool may_match(const tmy_entry& entry) const;

    bool understood_ = false;
    std::string text_; // what the views of entry_ point into
    tmy_entry entry_{};
    bool any_number_ = false, any_operation_ = false;
    Policy policy_;
    Stream domains_{policy_, Language::domains};
    std::string space_; // of the domain in policy_ that entries are put into
    std::map<std::pair<std::string, unsigned long>, std::vector<std::string>> groups_;
};

} // namespace policy
