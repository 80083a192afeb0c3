// SPDX-License-Identifier: GPL-2.0-only
// DomainChanges: two sorted lists walked side by side.
#include "tomoyo-box/policy/sets/domain_change.h"

#include "tomoyo-box/policy/language/words.h"

#include <algorithm>

namespace policy {

DomainChanges::DomainChanges(const DomainSet& old, const DomainSet& now) : old_(old), now_(now) {
    auto a = old.domains().begin(), b = now.domains().begin();
    const auto a_end = old.domains().end(), b_end = now.domains().end();
    while (a != a_end || b != b_end) {
        const int order = a == a_end ? 1 : b == b_end ? -1 : compare(old.name(*a), now.name(*b));
        if (order != 0 || !same(*a, *b))
            list_.push_back({order <= 0 ? &*a : nullptr, order >= 0 ? &*b : nullptr});
        a += order <= 0;
        b += order >= 0;
    }
}

bool DomainChanges::same(const DomainSet::Domain& a, const DomainSet::Domain& b) const {
    if (!same_profile(a.profile, b.profile) || a.count != b.count)
        return false;
    const auto left = old_.lines(a), right = now_.lines(b);
    for (size_t i = 0; i < left.size(); i++)
        if (old_.text(left[i]) != now_.text(right[i]))
            return false;
    return true;
}

void DomainChanges::keep(std::string_view domain) {
    std::erase_if(list_, [&](const DomainChange& change) {
        return !(change.old && domain_matches_pattern(old_name(change), domain)) &&
               !(change.now && domain_matches_pattern(new_name(change), domain));
    });
}

void DomainChanges::lines(const DomainChange& change, std::vector<LineChange>& lines) const {
    lines.clear();
    const auto left = change.old ? old_.lines(*change.old) : std::span<const DomainSet::Line>();
    const auto right = change.now ? now_.lines(*change.now) : std::span<const DomainSet::Line>();
    for (size_t a = 0, b = 0; a < left.size() || b < right.size();) {
        const int order = a == left.size()    ? 1
                          : b == right.size() ? -1
                                              : compare(old_.text(left[a]), now_.text(right[b]));
        if (order < 0)
            lines.push_back({false, old_.text(left[a])});
        if (order > 0)
            lines.push_back({true, now_.text(right[b])});
        a += order <= 0;
        b += order >= 0;
    }
}

} // namespace policy
