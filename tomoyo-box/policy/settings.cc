// SPDX-License-Identifier: GPL-2.0-only
// Settings: names, values, and when the kernel's value is the one that was asked for (kernel
// ABI 5.2, 5.4, 7.8).
#include "tomoyo-box/policy/settings.h"

#include "tomoyo-box/policy/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace policy {

namespace {

struct Pair {
    std::string name;
    std::string value;
};

std::string_view before(std::string_view text, char c) { return text.substr(0, text.find(c)); }

// "[<ns> ]1-CONFIG::file={ mode=learning }". The kernel omits the namespace while there is only one.
std::optional<Pair> profile_pair(std::string_view line) {
    std::string name = "<kernel>";
    if (starts_domain(line))
        name = take_word(line);
    const size_t equal = line.find('=');
    if (equal == std::string_view::npos)
        return std::nullopt;
    std::string_view key = line.substr(0, equal);
    if (key != "PROFILE_VERSION") {
        const auto number = number_to_255(before(key, '-'));
        if (!number || key.find('-') == std::string_view::npos)
            return std::nullopt;
        name += fmt::format(" {}", *number);
        key.remove_prefix(key.find('-'));
    } else {
        name += ' ';
    }
    return Pair{name.append(key), std::string(line.substr(equal + 1))};
}

// "Memory used by policy:    1408 (Quota:   3000)". What is written is the quota, what is read has it at the
// end.
std::optional<Pair> quota_pair(std::string_view line, bool written) {
    constexpr std::string_view start = "Memory used by ";
    const size_t colon = line.find(':');
    if (!line.starts_with(start) || colon == std::string_view::npos)
        return std::nullopt;
    const std::string_view title = line.substr(start.size(), colon - start.size());
    if (title != "policy" && title != "audit log" && title != "query message")
        return std::nullopt;
    constexpr std::string_view quota = "(Quota:";
    size_t at = colon + 1;
    if (!written) {
        at = line.find(quota);
        if (at == std::string_view::npos)
            return Pair{std::string(title), "0"};
        at += quota.size();
    }
    at = std::min(line.find_first_not_of(' ', at), line.size());
    uint64_t bytes = 0;
    const auto [end, error] = std::from_chars(line.data() + at, line.data() + line.size(), bytes);
    if (error != std::errc() || (written && end != line.data() + line.size() && *end != ' '))
        return std::nullopt;
    return Pair{std::string(title), std::to_string(bytes)};
}

// Is every WORD of "{ WORD... }" in the kernel's value?
bool holds(std::string_view kernel, std::string_view asked) {
    while (!asked.empty()) {
        const std::string_view word = take_word(asked);
        if (word == "{" || word == "}")
            continue;
        const bool bare = word.find('=') == std::string_view::npos;
        const std::string wanted = bare ? fmt::format(" mode={} ", word) : fmt::format(" {} ", word);
        if (kernel.find(wanted) == std::string_view::npos)
            return false;
    }
    return true;
}

// What the kernel has instead of VALUE; empty when it has that.
std::string difference(const std::map<std::string, std::string>& kernel, const std::string& name,
                       std::string_view value, bool exact) {
    exact |= name.ends_with("-COMMENT") || name.ends_with("PROFILE_VERSION");
    const bool unset = !exact && value.find("use_default") != std::string_view::npos;
    const auto found = kernel.find(name);
    if (found == kernel.end())
        return unset ? "" : "there is no such setting";
    const bool same = !unset && (exact ? found->second == value : holds(found->second, value));
    return same ? "" : fmt::format("the kernel has '{}'", found->second);
}

} // namespace

bool Settings::add(std::string_view line, std::string where) {
    if (line.empty() || line.front() == '#' || line == "reset")
        return false;
    // "savepolicy -s" prints more than quotas.
    if (language_ == stat && (line.starts_with("Policy ") || line.starts_with("Total memory used:")))
        return false;
    auto pair = language_ == profile ? profile_pair(line) : quota_pair(line, true);
    const bool good = pair.has_value();
    if (good)
        last_[pair->name] = settings_.size();
    if (!good)
        pair = Pair{};
    settings_.push_back({std::move(pair->name), std::move(pair->value), std::move(where), std::string(line)});
    return good;
}

std::vector<Settings::Refusal> Settings::refused_by(std::string_view text) const {
    std::map<std::string, std::string> kernel;
    while (!text.empty()) {
        const std::string_view line = before(text, '\n');
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (const auto pair = language_ == profile ? profile_pair(line) : quota_pair(line, false))
            kernel[pair->name] = pair->value;
    }
    std::vector<Refusal> refused;
    for (size_t i = 0; i < settings_.size(); i++) {
        const Setting& asked = settings_[i];
        std::string reason;
        if (asked.name.empty())
            reason = language_ == profile
                         ? "it is not 'NUMBER-NAME=VALUE' with a number from 0 to 255"
                         : "it is not 'Memory used by policy|audit log|query message: BYTES'";
        else if (last_.at(asked.name) == i)
            reason = difference(kernel, asked.name, asked.value, language_ == stat);
        if (!reason.empty())
            refused.push_back({asked.where, asked.line, std::move(reason)});
    }
    return refused;
}

} // namespace policy
