// SPDX-License-Identifier: GPL-2.0-only
// DomainChanges: what leads from one domain policy to another, domain by domain and line by line.
#pragma once

#include "tomoyo-box/policy/sets/domain_set.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace policy {

struct DomainChange {
    const DomainSet::Domain* old; // null: the domain is new
    const DomainSet::Domain* now; // null: it is gone
    bool with_parent = false;     // renamed, as the domain above it is
    bool renamed = false;
};

struct LineChange {
    bool added; // else removed
    std::string_view text;
};

class DomainChanges {
public:
    // Both must be sorted, and outlive this. The changes are in the order of names, a domain's old one first.
    DomainChanges(const DomainSet& old, const DomainSet& now);

    // A domain that is gone and a new one become one change when most of their lines are the same, or when
    // the domain above was renamed so.
    void find_renamed();

    // Only those of domains that are DOMAIN or match it as a pattern, by their old or new names.
    void keep(std::string_view domain);

    const DomainSet& old() const { return old_; }
    const DomainSet& now() const { return now_; }
    const std::vector<DomainChange>& list() const { return list_; }
    std::string_view old_name(const DomainChange& change) const { return old_.name(*change.old); }
    std::string_view new_name(const DomainChange& change) const { return now_.name(*change.now); }

    // In the order of lines. LINES is overwritten.
    void lines(const DomainChange& change, std::vector<LineChange>& lines) const;

    // The profile of a side; negative when none has been given or there is no such domain.
    static int profile(const DomainSet::Domain* domain) {
        return domain ? domain->profile : DomainSet::no_profile;
    }

    // Without one a domain has profile 0; of a wrong one nothing is known that could be changed.
    static bool same_profile(int a, int b) {
        return std::max(a, 0) == std::max(b, 0) || a == DomainSet::wrong_profile ||
               b == DomainSet::wrong_profile;
    }
    static bool same_profile(const DomainChange& change) {
        return same_profile(profile(change.old), profile(change.now));
    }

private:
    bool same(const DomainSet::Domain& a, const DomainSet::Domain& b) const;

    const DomainSet& old_;
    const DomainSet& now_;
    std::vector<DomainChange> list_;
};

} // namespace policy
