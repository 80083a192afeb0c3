// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: exception policy.
#include "tomoyo-box/policy/upgrade_change.h"
#include "tomoyo-box/policy/words.h"

namespace policy::upgrade {

namespace {

constexpr std::string_view deny_rewrite = "deny_rewrite ", file_pattern = "file_pattern ";

// Of a directive that says less than it could, the half that is missing.
constexpr struct Control {
    std::string_view directive, before, behind;
} controls[] = {
    {"initialize_domain ", "", " from any"},
    {"no_initialize_domain ", "", " from any"},
    {"keep_domain ", "any from ", ""},
    {"no_keep_domain ", "any from ", ""},
};

bool complete_control(std::string_view head, std::string_view line, Change& change) {
    if (line.find(" from ") != std::string_view::npos)
        return false;
    for (const Control& control : controls) {
        std::string_view rest = line;
        if (!strip(rest, control.directive))
            continue;
        change.line({head, control.directive, control.before, rest, control.behind});
        return true;
    }
    return false;
}

void convert_pattern(std::string_view pattern, const Context& context, Change& change) {
    if (!correct_word(pattern))
        return change.lose("a wrong escape, or a wrong use of wildcards");
    if (!context.keeps_rules)
        return change.lose("a rule of tools/patternize.conf now: rewrite path_pattern PATTERN");
    change.nothing();
    change.rule.append("rewrite path_pattern ").append(pattern).append("\n");
}

} // namespace

void convert_exception(std::string_view line, const Context& context, Change& change) {
    std::string_view rest = line;
    take_namespace(rest);
    const std::string_view head = line.substr(0, line.size() - rest.size());
    const std::string now = rename_files(rest, context.from);
    const Rewriting nothing_special{context.append_only};
    if (rest.starts_with("allow_read ") || rest.starts_with("allow_env "))
        return convert_entry(Language::exceptions, std::string(head) + "acl_group 0 ", rest, context.from,
                             nothing_special, change);
    if (std::string_view entry = rest; strip(entry, "acl_group ")) {
        take_word(entry);
        const std::string_view group = line.substr(0, line.size() - entry.size());
        return convert_entry(Language::exceptions, group, entry, context.from, nothing_special, change);
    }
    if (std::string_view pattern = now; strip(pattern, file_pattern))
        return convert_pattern(pattern, context, change);
    if (!complete_control(head, now, change) && now != rest)
        change.line({head, now});
}

std::vector<std::string_view> append_only_names(const Document& exceptions) {
    std::vector<std::string_view> names;
    for (size_t i = 0; i < exceptions.size(); i++)
        if (std::string_view line = exceptions.text(i); strip(line, deny_rewrite))
            names.push_back(take_word(line));
    return names;
}

} // namespace policy::upgrade
