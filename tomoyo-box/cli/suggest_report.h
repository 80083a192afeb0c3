// SPDX-License-Identifier: GPL-2.0-only
// SuggestReport: suggestions for people, for programs, and for patternize itself.
#pragma once

#include "tomoyo-box/base/json.h"
#include "tomoyo-box/policy/rewrite/suggest.h"

#include <string>
#include <string_view>

namespace policy {

class SuggestReport {
public:
    // FORMAT: "text", "json" or "rules".
    SuggestReport(const Suggester& suggester, std::string_view format);
    void add(const Suggestion& suggestion);
    void end();

private:
    void add_text(const Suggestion& suggestion);
    void add_json(const Suggestion& suggestion);
    void add_rules(const Suggestion& suggestion);
    void add_rule(const Suggestion& suggestion, std::string_view covered, size_t open_word);

    const Suggester& suggester_;
    std::string_view format_;
    std::string domain_; // the last one
    Json json_;
};

} // namespace policy
