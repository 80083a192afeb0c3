// SPDX-License-Identifier: GPL-2.0-only
// Explain: the mistakes that can be seen without a parser of the whole language.
#include "tomoyo-box/policy/explain.h"

#include "tomoyo-box/policy/operations.h"
#include "tomoyo-box/policy/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>

namespace policy {

namespace {

constexpr std::string_view domain_directives[] = {
    "file", "network", "misc", "task", "use_profile", "use_group", "quota_exceeded", "transition_failed"};
constexpr std::string_view exception_directives[] = {
    "aggregator",  "initialize_domain", "no_initialize_domain", "reset_domain", "no_reset_domain",
    "keep_domain", "no_keep_domain",    "path_group",           "number_group", "address_group",
    "acl_group"};
constexpr std::string_view group_directives[] = {"file", "network", "misc", "task"};

bool among(std::span<const std::string_view> words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string unknown_operation(std::string_view directive, std::string_view operations) {
    while (!operations.empty()) {
        const std::string_view one = operations.substr(0, operations.find('/'));
        if (!one.empty() && !is_operation(directive, one))
            return fmt::format("'{}' is no operation of '{}'", one, directive);
        operations.remove_prefix(std::min(one.size() + 1, operations.size()));
    }
    return {};
}

std::string explain_rule(std::string_view line) {
    const std::string_view directive = take_word(line);
    if (directive == "network") {
        take_word(line);
        take_word(line);
    }
    if (directive == "file" || directive == "network")
        if (std::string reason = unknown_operation(directive, take_word(line)); !reason.empty())
            return reason;
    if (line.empty())
        return "its operands are missing";
    while (!line.empty()) {
        const std::string_view word = take_word(line);
        if (!correct_word(word))
            return fmt::format("'{}' is not a correct word", word);
    }
    return {};
}

} // namespace

std::string explain_domain(std::string_view name) {
    if (name.size() > TMY_DOMAIN_MAX_LENGTH)
        return fmt::format("a domain name has at most {} bytes", static_cast<int>(TMY_DOMAIN_MAX_LENGTH));
    std::string_view rest = name;
    take_word(rest);
    while (!rest.empty()) {
        const std::string_view word = take_word(rest);
        if (!correct_path(word))
            return fmt::format("'{}' cannot be a part of a domain name", word);
    }
    return {};
}

std::string explain_entry(Language language, std::string_view line) {
    if (language == Language::exceptions && starts_domain(line))
        take_word(line);
    std::string_view rest = line;
    const std::string_view directive = take_word(rest);
    if (language == Language::domains) {
        if (!among(domain_directives, directive))
            return fmt::format("'{}' is not a directive of domain policy", directive);
        if (directive == "use_group" && !number_to_255(rest))
            return "the number of a group is 0 to 255";
        return among(group_directives, directive) ? explain_rule(line) : "";
    }
    if (!among(exception_directives, directive))
        return fmt::format("'{}' is not a directive of exception policy", directive);
    if (directive != "acl_group")
        return rest.empty() ? "its operands are missing" : "";
    if (!number_to_255(take_word(rest)))
        return "the number of a group is 0 to 255";
    std::string_view rule = rest;
    if (!among(group_directives, take_word(rule)))
        return "an acl_group holds 'file', 'network', 'misc' and 'task' lines";
    return explain_rule(rest);
}

} // namespace policy
