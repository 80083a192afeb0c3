// SPDX-License-Identifier: GPL-2.0-only
// AuditRules: conditions up to a destination make a rule; the first rule that fits counts.
#include "tomoyo-box/policy/audit/rules.h"

#include "tomoyo-box/policy/config/tool_config.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <utility>

namespace policy {

std::optional<Problem> AuditRules::add(std::string_view line) {
    constexpr std::string_view fields[] = {"header", "domain", "acl"};
    std::string_view rest = line;
    if (take_word(rest) != "destination") {
        Condition condition;
        if (const auto problem = parse_condition(line, fields, condition))
            return problem;
        pending_.push_back(std::move(condition));
        return std::nullopt;
    }
    const size_t column = line.size() - rest.size() + 1;
    if (!rest.starts_with('/'))
        return Problem{"an absolute path is expected", column};
    auto path = decode(rest);
    if (!path)
        return Problem{"a path is one word, without wildcards; a blank in it is \\040", column};
    rules_.push_back({std::exchange(pending_, {}), std::move(*path)});
    return std::nullopt;
}

std::vector<Refusal> AuditRules::parse(PolicyReader& reader) { return read_config(reader, *this); }

const std::string* AuditRules::destination(std::string_view header, std::string_view domain,
                                           std::string_view acl) const {
    const std::string_view record[] = {header, domain, acl};
    for (const Rule& rule : rules_)
        if (selects(rule.selector, record))
            return &rule.path;
    return nullptr;
}

std::vector<std::string_view> AuditRules::destinations() const {
    std::vector<std::string_view> paths;
    for (const Rule& rule : rules_)
        if (std::find(paths.begin(), paths.end(), rule.path) == paths.end())
            paths.push_back(rule.path);
    return paths;
}

} // namespace policy
