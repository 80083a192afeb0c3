// SPDX-License-Identifier: GPL-2.0-only
// RewriteRules: tools/patternize.conf, which says what words of policy become patterns.
#pragma once

#include "tomoyo-box/policy/config/selector.h"
#include "tomoyo-box/policy/language/engine.h"
#include "tomoyo-box/policy/rewrite/keep_list.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class RewriteRules {
public:
    enum Operand : uint8_t { path, number, address };
    enum Field : uint8_t { domain, acl, word, fields }; // what conditions ask about

    // One normalized line, neither blank nor a comment. What is wrong has no effect.
    std::optional<Problem> add(std::string_view line);

    // A whole file; returns the lines that are wrong.
    std::vector<Refusal> parse(PolicyReader& reader);

    bool empty() const { return rules_.empty(); }
    size_t size() const { return rules_.size(); }

    // Conditions at the end, with no rewrite behind them, have no effect.
    bool unfinished() const { return !pending_.empty(); }

    // Applies the first rule that matches record[word] to it: TO becomes the result. Returns the number of
    // the rule, from 0; nothing when none matches.
    std::optional<size_t> apply(Operand operand, const std::string_view (&record)[fields], std::string& to);

    KeepList& keep() { return keep_; } // also what lines of the file say: "keep /etc/passwd"

private:
    enum class Kind : uint8_t { path, head, tail, part, number, address };
    struct Rule {
        Kind kind;
        bool repeats;       // holds /\{, so it may match different numbers of components
        uint16_t slashes;   // in OLD
        uint64_t key, mask; // the beginning of OLD, up to its first wildcard, for a quick look
        uint64_t second;    // bits of what may follow the '/' of a tail: see followers_
        Selector selector;
        std::string old_word, new_word;
        tmy_number number{};
        tmy_address address{};

        bool may_match(uint64_t beginning) const { return ((beginning ^ key) & mask) == 0; }
    };

    static std::optional<Problem> check_old(Rule& rule, std::string_view line, std::string_view word);
    std::optional<Problem> add_rule(std::string_view line);
    void look_at(std::string_view word);
    bool matches(std::string_view name, std::string_view pattern);
    bool rewrite(const Rule& rule, std::string_view word, std::string& to);
    bool rewrite_head(const Rule& rule, std::string_view word, std::string& to);
    bool rewrite_tail(const Rule& rule, std::string_view word, std::string& to);
    bool rewrite_parts(const Rule& rule, std::string_view word, std::string& to);
    size_t part_at(const Rule& rule, std::string_view component, size_t start);

    std::vector<Rule> rules_;
    Selector pending_; // for the next rewrite
    KeepList keep_;

    // Of the word that is being looked at, and reused for the next one.
    struct Place {
        size_t at;
        uint64_t beginning; // what follows there
    };
    std::vector<Place> slashes_;
    uint64_t followers_ = 0; // a bit for each character that follows a slash, some share one
    std::vector<unsigned long> scratch_;
};

} // namespace policy
