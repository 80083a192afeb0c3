// SPDX-License-Identifier: GPL-2.0-only
// SuggestReport: printing suggestions.
#include "tomoyo-box/cli/suggest_report.h"

#include "tomoyo-box/base/output.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/generalize.h"
#include "tomoyo-box/policy/sets/unpack.h"

namespace policy {

SuggestReport::SuggestReport(const Suggester& suggester, std::string_view format)
    : suggester_(suggester), format_(format) {
    if (format_ == "json")
        json_.array();
}

void SuggestReport::add(const Suggestion& suggestion) {
    if (format_ == "json")
        add_json(suggestion);
    else if (format_ == "rules")
        add_rules(suggestion);
    else
        add_text(suggestion);
}

void SuggestReport::end() {
    if (format_ == "json")
        out().write(json_.end().text());
}

void SuggestReport::add_text(const Suggestion& suggestion) {
    if (domain_ != suggestion.domain) {
        out().print("{}{}\n", domain_.empty() ? "" : "\n", suggestion.domain);
        domain_ = suggestion.domain;
    }
    out().print("  {}\n    allows {}, and stands for\n", suggestion.line, describe(suggestion.pattern));
    for (const uint32_t number : suggestion.covered)
        out().print("      {}\n", suggester_.line(number));
}

void SuggestReport::add_json(const Suggestion& suggestion) {
    json_.object().key("domain").value(suggestion.domain).key("line").value(suggestion.line);
    json_.key("pattern").value(suggestion.pattern).key("allows").value(describe(suggestion.pattern));
    json_.key("covers").array();
    for (const uint32_t number : suggestion.covered)
        json_.value(suggester_.line(number));
    json_.end().end();
}

// A rule for each operation, with conditions on all other words, so that no other line is touched.
void SuggestReport::add_rules(const Suggestion& suggestion) {
    out().print("# {} lines; allows {}\n", suggestion.covered.size(), describe(suggestion.pattern));
    Unpacked operations(suggester_.line(suggestion.covered.front()));
    for (std::string_view line; operations.next(line);) {
        out().print("domain.equals {}\n", suggestion.domain);
        for (size_t word = 1; !line.empty(); word++) {
            const std::string_view text = take_word(line);
            if (word != suggestion.word)
                out().print("acl[{}].equals {}\n", word, text);
        }
        out().print("rewrite path_pattern {}\n\n", suggestion.pattern);
    }
}

} // namespace policy
