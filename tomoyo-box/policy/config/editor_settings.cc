// SPDX-License-Identifier: GPL-2.0-only
// EditorSettings: reading tools/editpolicy.conf.
#include "tomoyo-box/policy/config/editor_settings.h"

#include "tomoyo-box/policy/config/tool_config.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>

namespace policy {

namespace {

constexpr std::string_view element_names[] = {
    "ACL_CURSOR",     "ACL_HEAD",       "DOMAIN_CURSOR", "DOMAIN_HEAD", "EXCEPTION_CURSOR",
    "EXCEPTION_HEAD", "MANAGER_CURSOR", "MANAGER_HEAD",  "STAT_CURSOR", "STAT_HEAD",
    "PROFILE_CURSOR", "PROFILE_HEAD",   "DEFAULT_COLOR"};
static_assert(std::size(element_names) == EditorSettings::elements);

// Without "file" and "acl_group", behind which there is more.
constexpr std::string_view plain_directives[] = {
    "address_group",
    "aggregator",
    "initialize_domain",
    "keep_domain",
    "misc env",
    "network inet",
    "network unix",
    "no_initialize_domain",
    "no_keep_domain",
    "no_reset_domain",
    "number_group",
    "path_group",
    "quota_exceeded",
    "reset_domain",
    "task manual_domain_transition",
    "transition_failed",
    "use_group",
    "use_profile",
};

bool is_file_operation(std::string_view word) {
    tmy_kind kind = TMY_KINDS;
    u16 operations = 0;
    return word.find('/') == std::string_view::npos &&
           tmy_parse_file_operations(span(word), &kind, &operations, nullptr);
}

// Both sides of the '='; blanks around it are free.
struct Assignment {
    std::string_view name, value;
    size_t name_at, value_at; // columns
};

std::optional<Assignment> split(std::string_view line, size_t at) {
    const size_t sign = line.find('=', at);
    if (sign == std::string_view::npos)
        return std::nullopt;
    Assignment parts{line.substr(at, sign - at), line.substr(sign + 1), at + 1, sign + 2};
    if (parts.name.ends_with(' '))
        parts.name.remove_suffix(1);
    if (strip(parts.value, " "))
        parts.value_at++;
    return parts;
}

} // namespace

bool is_directive(std::string_view text) {
    if (strip(text, "file "))
        return is_file_operation(text);
    if (strip(text, "acl_group "))
        return number_to_255(text).has_value();
    const auto* const end = std::end(plain_directives);
    return std::find(std::begin(plain_directives), end, text) != end;
}

std::optional<Problem> EditorSettings::add_alias(std::string_view line, size_t at) {
    const auto parts = split(line, at);
    if (!parts)
        return Problem{"'= WORD' is expected", line.size() + 1};
    if (!is_directive(parts->name))
        return Problem{"there is no such directive", parts->name_at};
    if (parts->value.empty())
        return Problem{"the other word for the directive is missing", parts->value_at};
    Alias* same = nullptr;
    for (Alias& alias : aliases_) {
        if (alias.directive == parts->name)
            same = &alias;
        else if (alias.word == parts->value)
            return Problem{"another directive has this word already", parts->value_at};
    }
    if (same)
        same->word = parts->value;
    else
        aliases_.push_back({std::string(parts->name), std::string(parts->value)});
    return std::nullopt;
}

std::optional<Problem> EditorSettings::add_color(std::string_view line, size_t at) {
    const auto parts = split(line, at);
    if (!parts)
        return Problem{"'= COLOURS' is expected", line.size() + 1};
    const auto* const end = std::end(element_names);
    const auto* const element = std::find(std::begin(element_names), end, parts->name);
    if (element == end)
        return Problem{"there is no such element of the screen", parts->name_at};
    const std::string_view value = parts->value;
    if (value.size() != 2 || value.find_first_not_of("01234567") != std::string_view::npos)
        return Problem{"colours are two digits from 0 to 7, for the text and what is behind it",
                       parts->value_at};
    colors_[element - element_names] = {static_cast<uint8_t>(value[0] - '0'),
                                        static_cast<uint8_t>(value[1] - '0')};
    return std::nullopt;
}

std::optional<Problem> EditorSettings::add(std::string_view line) {
    std::string_view rest = line;
    if (strip(rest, "keyword_alias "))
        return add_alias(line, line.size() - rest.size());
    if (strip(rest, "line_color "))
        return add_color(line, line.size() - rest.size());
    return Problem{"'keyword_alias' or 'line_color' is expected", 1};
}

std::vector<Refusal> EditorSettings::parse(PolicyReader& reader) { return read_config(reader, *this); }

} // namespace policy
