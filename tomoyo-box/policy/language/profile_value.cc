// SPDX-License-Identifier: GPL-2.0-only
// Profile value: words with a value each, and words with a number.
#include "tomoyo-box/policy/language/profile_value.h"

#include "tomoyo-box/base/distance.h"
#include "tomoyo-box/policy/language/profiles.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

#include <span>

namespace policy {

namespace {

constexpr std::string_view config_words[] = {"use_default",     "mode=disabled",  "mode=learning",
                                             "mode=permissive", "mode=enforcing", "grant_log=yes",
                                             "grant_log=no",    "reject_log=yes", "reject_log=no"};
constexpr std::string_view limit_words[] = {"max_audit_log=", "max_learning_entry="}; // a number follows

// Up to the '=', with it.
std::string_view key_of(std::string_view word) { return word.substr(0, word.find('=') + 1); }

bool is_limit(std::string_view word) {
    for (const std::string_view limit : limit_words)
        if (std::string_view number = word; strip(number, limit))
            return take_number(number, UINT32_MAX) && number.empty();
    return false;
}

bool is_config(std::string_view word) {
    for (const std::string_view known : config_words)
        if (word == known)
            return true;
    return false;
}

std::string nearest(std::string_view word, std::span<const std::string_view> words) {
    std::string_view found;
    size_t least = 2 + word.size() / 4;
    for (const std::string_view known : words)
        if (const size_t slips = distance(word, known); slips < least) {
            found = known;
            least = slips;
        }
    return std::string(found);
}

OddWord describe(std::string_view word, bool config) {
    OddWord odd{word, {}, false, false};
    const std::span<const std::string_view> words = config ? std::span<const std::string_view>(config_words)
                                                           : std::span<const std::string_view>(limit_words);
    const std::string_view key = key_of(word);
    for (const std::string_view known : words)
        odd.known_key |= !key.empty() && key_of(known) == key;
    if (config) {
        odd.meant = nearest(word, words);
    } else if (!odd.known_key && !key.empty()) {
        odd.meant = nearest(key, words);
        if (!odd.meant.empty())
            odd.meant += word.substr(key.size());
    }
    return odd;
}

} // namespace

std::string OddWord::text() const {
    return fmt::format("'{}' means nothing to the kernel{}", word,
                       meant.empty() ? "" : fmt::format("; did you mean '{}'?", meant));
}

std::optional<OddWord> odd_word(const ProfileLine& line) {
    const bool config = line.setting.type == TMY_PROFILE_LINE_CONFIG;
    if (!config && line.setting.type != TMY_PROFILE_LINE_PREFERENCE)
        return std::nullopt;
    for (std::string_view rest = view(line.setting.value); !rest.empty();) {
        std::string_view word = take_word(rest);
        while (!word.empty() && (word.front() == '{' || word.front() == '}'))
            word.remove_prefix(1);
        while (!word.empty() && word.back() == '}')
            word.remove_suffix(1);
        if (!word.empty() && !(config ? is_config(word) : is_limit(word))) {
            OddWord odd = describe(word, config);
            odd.taken = says_anything(line, word);
            return odd;
        }
    }
    return std::nullopt;
}

} // namespace policy
