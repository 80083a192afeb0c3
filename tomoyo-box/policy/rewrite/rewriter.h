// SPDX-License-Identifier: GPL-2.0-only
// Rewriter: which words of a line are names, numbers and addresses, and the line with patterns in their
// place.
//
// What is executed keeps its name: domains have it in theirs.
//
// It follows a policy from line to line. It is text for it: a line that nobody understands stays as it is.
#pragma once

#include "tomoyo-box/policy/rewrite/rules.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace policy {

class Rewriter {
public:
    // COMPAT: acl_group lines stay, as with tomoyo-tools 2.6.1.
    Rewriter(RewriteRules& rules, bool compat) : rules_(rules), compat_(compat) {}

    // LINE is normalized and holds one operation. Returns what becomes of it, which is LINE itself when
    // nothing does; else it lives until the next call.
    std::string_view next(std::string_view line);

    // Another file: no domain is known.
    void restart() { domain_.clear(); }

    // The domain that lines are about, as it is written.
    const std::string& domain() const { return domain_; }

    // A word of the last line that was to become a pattern, but stayed because of the list of names to keep;
    // the last of them.
    struct Kept {
        std::string word, pattern; // PATTERN is empty: the word itself is the reason
        std::string_view entry;    // of the list; or what the word is
    };
    const Kept* kept() const { return kept_.entry.empty() ? nullptr : &kept_; }

private:
    std::string_view entry(std::string_view line, std::string_view domain, size_t front);
    bool operands(std::string_view& rest, unsigned count, RewriteRules::Operand operand);
    bool operand(std::string_view word, RewriteRules::Operand operand);
    bool keep(std::string_view word, std::string_view pattern, std::string_view entry);

    RewriteRules& rules_;
    bool compat_;
    std::string domain_;
    std::string group_; // what conditions on the domain see of an acl_group line
    std::string_view record_[RewriteRules::fields];
    bool executes_ = false; // the line at hand
    std::string line_, word_;
    Kept kept_;
};

} // namespace policy
