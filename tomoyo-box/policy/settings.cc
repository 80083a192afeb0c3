// SPDX-License-Identifier: GPL-2.0-only
// Settings: names, values, and when the kernel's value is the one that was asked for (kernel
// ABI 5.2, 5.4, 7.8).
#include "tomoyo-box/policy/settings.h"

#include "tomoyo-box/policy/profile_line.h"
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

std::optional<Pair> profile_pair(std::string_view line) {
    const ProfileLine parts = parse_profile_line(line);
    if (!parts.has_value || (!parts.profile && parts.key != "PROFILE_VERSION"))
        return std::nullopt;
    std::string name(parts.space);
    if (parts.profile)
        name += fmt::format(" {}", *parts.profile);
    return Pair{name.append(" ").append(parts.key), std::string(parts.value)};
}

// "Memory used by policy:    1408"
std::optional<Pair> quota_pair(std::string_view line) {
    if (!strip(line, "Memory used by "))
        return std::nullopt;
    const std::string_view title = before(line, ':');
    if (title != "policy" && title != "audit log" && title != "query message")
        return std::nullopt;
    const size_t at = std::min(line.find_first_not_of(": ", title.size()), line.size());
    uint64_t bytes = 0;
    const auto [end, error] = std::from_chars(line.data() + at, line.data() + line.size(), bytes);
    if (error != std::errc() || (end != line.data() + line.size() && *end != ' '))
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
    exact |= name.ends_with(" COMMENT") || name.ends_with("PROFILE_VERSION");
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
    auto pair = language_ == profile ? profile_pair(line) : quota_pair(line);
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
        if (const auto pair = language_ == profile ? profile_pair(line) : quota_pair(line))
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
