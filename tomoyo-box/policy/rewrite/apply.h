// SPDX-License-Identifier: GPL-2.0-only
// SuggestedPolicy: the policy that suggestions were made for, with their patterns in it.
#pragma once

#include "tomoyo-box/policy/rewrite/suggest.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class SuggestedPolicy {
public:
    // Suggestions that the list of names to keep forbids are left out. Both must outlive this.
    SuggestedPolicy(const Suggester& suggester, std::span<const Suggestion> suggestions);

    // The lines in the order in which the suggester read them. Returns what becomes of LINE, which is LINE
    // itself when nothing does; else it lives until the next call.
    std::string_view next(std::string_view line);

private:
    struct Change {
        uint32_t place, line;
        size_t word;
        const std::string* pattern;
    };
    const Suggester& suggester_;
    std::vector<Change> changes_; // by place
    size_t at_ = 0;
    uint32_t read_ = 0;
    std::string buffer_;
};

} // namespace policy
