// SPDX-License-Identifier: GPL-2.0-only
// Selector: reading and asking conditions.
#include "tomoyo-box/policy/config/selector.h"

#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <climits>

namespace policy {

namespace {

// Does TEXT occur, with nothing but blanks and ends around it?
bool contains_words(std::string_view line, std::string_view text) {
    for (size_t at = 0; (at = line.find(text, at)) != std::string_view::npos; at++) {
        const size_t end = at + text.size();
        if ((at == 0 || line[at - 1] == ' ') && (end == line.size() || line[end] == ' '))
            return true;
    }
    return false;
}

bool starts_with_words(std::string_view line, std::string_view text) {
    return line.starts_with(text) && (line.size() == text.size() || line[text.size()] == ' ');
}

constexpr struct {
    std::string_view name;
    Condition::How how;
} operators[] = {
    {".contains", Condition::contains},
    {".equals", Condition::equals},
    {".starts", Condition::starts},
};

} // namespace

bool Condition::holds(std::string_view field_text) const {
    if (word == 0)
        return how == contains ? contains_words(field_text, text)
               : how == equals ? field_text == text
                               : starts_with_words(field_text, text);
    for (unsigned long skip = word; --skip > 0 && !field_text.empty();)
        take_word(field_text);
    const std::string_view item = take_word(field_text);
    if (item.empty())
        return false;
    return how == contains ? item.find(text) != std::string_view::npos
           : how == equals ? item == text
                           : item.starts_with(text);
}

std::optional<Problem> parse_condition(std::string_view line, std::span<const std::string_view> fields,
                                       Condition& condition) {
    std::string_view rest = line;
    const auto wrong = [&](const char* reason) { return Problem{reason, line.size() - rest.size() + 1}; };

    const auto field = std::find(fields.begin(), fields.end(), rest.substr(0, rest.find_first_of("[. ")));
    if (field == fields.end())
        return wrong("neither a directive nor a condition");
    condition.field = static_cast<uint8_t>(field - fields.begin());
    rest.remove_prefix(field->size());
    condition.word = 0;
    if (strip(rest, "[")) {
        const auto number = take_number(rest, UINT_MAX);
        if (!number)
            return wrong("the number of a word is expected, from 1; 0 is the whole line");
        condition.word = *number;
        if (!strip(rest, "]"))
            return wrong("']' is expected");
    }
    const auto* const end = std::end(operators);
    const auto* const found = std::find_if(std::begin(operators), end, [&](const auto& one) {
        return rest.substr(0, rest.find(' ')) == one.name;
    });
    if (found == end)
        return wrong("'.contains', '.equals' or '.starts' is expected");
    condition.how = found->how;
    take_word(rest);
    if (rest.empty())
        return wrong("the text to compare with is missing");
    condition.text = rest;
    return std::nullopt;
}

bool selects(const Selector& selector, std::span<const std::string_view> record) {
    return std::all_of(selector.begin(), selector.end(),
                       [&](const Condition& condition) { return condition.holds(record[condition.field]); });
}

} // namespace policy
