// SPDX-License-Identifier: GPL-2.0-only
// AuditRules: tools/auditd.conf, which says where each record of the audit log goes.
#pragma once

#include "tomoyo-box/policy/config/selector.h"
#include "tomoyo-box/policy/language/engine.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class AuditRules {
public:
    // One normalized line, neither blank nor a comment. What is wrong has no effect.
    std::optional<Problem> add(std::string_view line);

    // A whole file; returns the lines that are wrong.
    std::vector<Refusal> parse(PolicyReader& reader);

    // The file that a record is for; null: it is for none. All three are normalized.
    const std::string* destination(std::string_view header, std::string_view domain,
                                   std::string_view acl) const;

    // All files that records may go to, each once, in the order of the rules. No rule: none.
    std::vector<std::string_view> destinations() const;

    // Conditions at the end, with no destination behind them, have no effect.
    bool unfinished() const { return !pending_.empty(); }

private:
    struct Rule {
        Selector selector;
        std::string path;
    };
    std::vector<Rule> rules_;
    Selector pending_; // for the next destination
};

} // namespace policy
