// SPDX-License-Identifier: GPL-2.0-only
// SuggestReport: printing suggestions.
#include "tomoyo-box/cli/suggest_report.h"

#include "tomoyo-box/base/output.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/generalize.h"
#include "tomoyo-box/policy/sets/unpack.h"

namespace policy {

namespace {
std::string allowed(const Suggestion& suggestion) {
    if (suggestion.what == Suggestion::name)
        return describe(suggestion.pattern);
    return fmt::format("any {} of {}", suggestion.what == Suggestion::port ? "port" : "address",
                       suggestion.pattern);
}
} // namespace

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
    for (const Suggestion::Line& line : suggestion.lines)
        out().print("  {}\n", line.text);
    const char* const plural = suggestion.lines.size() > 1 ? "" : "s";
    out().print("    allow{} {}, and stand{} for\n", plural, allowed(suggestion), plural);
    for (const Suggestion::Line& line : suggestion.lines)
        for (const uint32_t number : line.covered)
            out().print("      {}\n", suggester_.line(number));
}

void SuggestReport::add_json(const Suggestion& suggestion) {
    json_.object().key("domain").value(suggestion.domain);
    json_.key("pattern").value(suggestion.pattern).key("allows").value(allowed(suggestion));
    json_.key("lines").array();
    for (const Suggestion::Line& line : suggestion.lines) {
        json_.object().key("line").value(line.text).key("covers").array();
        for (const uint32_t number : line.covered)
            json_.value(suggester_.line(number));
        json_.end().end();
    }
    json_.end().end();
}

// A rule for each operation, with conditions on all other words, so that no other line is touched. A range
// has conditions on all words, and a rule for each line: it may cover what the suggestion is not about.
void SuggestReport::add_rules(const Suggestion& suggestion) {
    out().print("# allows {}\n", allowed(suggestion));
    const bool name = suggestion.what == Suggestion::name;
    for (const Suggestion::Line& line : suggestion.lines)
        for (const uint32_t number : line.covered) {
            add_rule(suggestion, suggester_.line(number), name ? line.word : 0);
            if (name)
                break;
        }
}

void SuggestReport::add_rule(const Suggestion& suggestion, std::string_view covered, size_t open_word) {
    constexpr const char* kinds[] = {"path_pattern", "number_pattern", "address_pattern"};
    Unpacked operations(covered);
    for (std::string_view line; operations.next(line);) {
        out().print("domain.equals {}\n", suggestion.domain);
        for (size_t word = 1; !line.empty(); word++) {
            const std::string_view text = take_word(line);
            if (word != open_word)
                out().print("acl[{}].equals {}\n", word, text);
        }
        out().print("rewrite {} {}\n\n", kinds[suggestion.what], suggestion.pattern);
    }
}

} // namespace policy
