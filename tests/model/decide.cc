// SPDX-License-Identifier: GPL-2.0-only
// Which entry of the model grants a request, and what is learned when none does.
#include "tests/model/model.h"
#include "tests/model/naive_match.h"

#include <algorithm>
#include <cstdlib>

namespace model {

namespace {

bool match(const std::string& name, const std::string& pattern) {
    naive::budget = 10'000'000;
    const bool matched = naive::match(name, pattern);
    if (naive::budget < 0)
        abort();
    return matched;
}

bool overlap(Range a, Range b) { return a.low <= b.high && b.low <= a.high; }

} // namespace

// ---- Operands -------------------------------------------------------------------------------------------

const Strings& Policy::members(const Namespace& space, GroupType type, const std::string& name) const {
    static const Strings nobody;
    for (const Group& group : space.groups[type])
        if (group.name == name)
            return group.members;
    return nobody;
}

bool Policy::name_matches(const Namespace& space, const std::string& policy, const std::string& name,
                          std::string& matched) const {
    const Strings patterns =
        policy[0] == '@' ? members(space, path_group, policy.substr(1)) : Strings{policy};
    for (const std::string& pattern : patterns)
        if (match(name, pattern)) {
            matched = pattern;
            return true;
        }
    return false;
}

bool Policy::number_matches(const Namespace& space, const std::string& policy, Range value) const {
    const Strings ranges =
        policy[0] == '@' ? members(space, number_group, policy.substr(1)) : Strings{policy};
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const std::string& range) { return overlap(number_range(range), value); });
}

bool Policy::address_matches(const Namespace& space, const std::string& policy,
                             const std::string& bytes) const {
    const Strings ranges =
        policy[0] == '@' ? members(space, address_group, policy.substr(1)) : Strings{policy};
    return std::any_of(ranges.begin(), ranges.end(), [&](const std::string& range) {
        const Strings ends = split(range, '-');
        const std::string low = address_bytes(ends.front()), high = address_bytes(ends.back());
        return low.size() == bytes.size() && low <= bytes && bytes <= high;
    });
}

// ---- Conditions -----------------------------------------------------------------------------------------

namespace {

const std::map<std::string, unsigned long> file_types = {
    {"socket", 0140000},    {"symlink", 0120000}, {"file", 0100000}, {"block", 0060000},
    {"directory", 0040000}, {"char", 0020000},    {"fifo", 0010000},
};
const std::map<std::string, unsigned long> permission_bits = {
    {"setuid", 04000},      {"setgid", 02000},       {"sticky", 01000},    {"owner_read", 0400},
    {"owner_write", 0200},  {"owner_execute", 0100}, {"group_read", 040},  {"group_write", 020},
    {"group_execute", 010}, {"others_read", 04},     {"others_write", 02}, {"others_execute", 01},
};

bool is_number(const std::string& operand) { return operand[0] >= '0' && operand[0] <= '9'; }

// path1.perm, path2.parent.perm...
bool is_permission(const std::string& operand) { return operand.ends_with(".perm"); }

std::optional<Range> value_of(const std::string& operand, const Facts& facts) {
    if (is_number(operand))
        return number_range(operand);
    for (const auto* values : {&file_types, &permission_bits, &facts.numbers})
        if (const auto found = values->find(operand); found != values->end())
            return Range{found->second, found->second};
    return {};
}

// What is between the quotes.
std::string unquoted(const std::string& text) { return text.substr(1, text.size() - 2); }

bool argument_condition(const Condition& condition, const Facts& facts) {
    const size_t index =
        std::strtoul(condition.left.c_str() + std::string_view("exec.argv[").size(), nullptr, 10);
    const bool equal = index < facts.argv.size() && match(facts.argv[index], unquoted(condition.right));
    return equal == condition.equal;
}

bool environment_condition(const Condition& condition, const Facts& facts) {
    const std::string_view head = "exec.envp[\"", tail = "\"]";
    const std::string name =
        condition.left.substr(head.size(), condition.left.size() - head.size() - tail.size());
    size_t variables = 0, matches = 0;
    for (const std::string& variable : facts.envp) {
        const size_t at = variable.find('=');
        if (at == std::string::npos || !match(variable.substr(0, at), name))
            continue;
        variables++;
        matches += condition.right != "NULL" && match(variable.substr(at + 1), unquoted(condition.right));
    }
    if (condition.right == "NULL")
        return condition.equal ? variables == 0 : variables > 0;
    return condition.equal ? variables > 0 && matches == variables : matches == 0;
}

bool needs_arguments(const std::string& token) {
    return token.starts_with("exec.argv[") || token.starts_with("exec.envp[");
}

} // namespace

bool Policy::name_condition(const Namespace& space, const Condition& condition,
                            const std::optional<std::string>& name) const {
    if (!name)
        return false;
    std::string matched;
    const bool equal = condition.right[0] == '@' ? name_matches(space, condition.right, *name, matched)
                                                 : match(*name, unquoted(condition.right));
    return equal == condition.equal;
}

bool Policy::number_condition(const Namespace& space, const Condition& condition, const Facts& facts) const {
    const auto& [left, right, equal] = condition;
    const bool group = right[0] == '@';
    const bool left_bit = permission_bits.contains(left), right_bit = permission_bits.contains(right);
    if ((left_bit && is_permission(right)) || (is_permission(left) && right_bit)) {
        const auto permissions = value_of(left_bit ? right : left, facts);
        const unsigned long bit = permission_bits.at(left_bit ? left : right);
        return permissions && ((permissions->low & bit) != 0) == equal;
    }
    if (right_bit || (left_bit && !group && !is_number(right)))
        return false;
    const auto value = value_of(left, facts);
    if (!value)
        return false;
    if (group)
        return number_matches(space, right, *value) == equal;
    const auto other = value_of(right, facts);
    return other && overlap(*value, *other) == equal;
}

bool Policy::condition_holds(const Namespace& space, const std::string& token, const Facts& facts) const {
    const Condition condition = parse_condition(token);
    if (token.starts_with("exec.argv["))
        return facts.exec && argument_condition(condition, facts);
    if (token.starts_with("exec.envp["))
        return facts.exec && environment_condition(condition, facts);
    if (condition.left == "exec.realpath")
        return name_condition(space, condition, facts.exec ? std::optional(facts.realpath) : std::nullopt);
    if (condition.left == "symlink.target")
        return name_condition(space, condition, facts.symlink_target);
    return number_condition(space, condition, facts);
}

bool Policy::conditions_hold(const Namespace& space, const Strings& conditions, const Facts& facts,
                             bool& arguments) const {
    if (!conditions.empty() && !facts.known)
        return false;
    const auto holds = [&](const std::string& token) { return condition_holds(space, token, facts); };
    // What needs arguments comes last (4.3).
    for (const std::string& token : conditions)
        if (!needs_arguments(token) && !holds(token))
            return false;
    for (const std::string& token : conditions)
        if (needs_arguments(token)) {
            arguments |= facts.exec;
            if (!holds(token))
                return false;
        }
    return true;
}

// ---- Entries --------------------------------------------------------------------------------------------

bool Policy::entry_grants(const Namespace& space, const Entry& entry, const Request& request,
                          Decision& decision) const {
    const Entry& what = request.what;
    if (entry.kind != what.kind || entry.protocol != what.protocol || !(entry.operations & what.operations))
        return false;
    std::string first;
    for (size_t i = 0; i < entry.operands.size(); i++) {
        const std::string &policy = entry.operands[i], &asked = what.operands[i];
        std::string matched;
        bool matches = true;
        switch (operands_of(entry.kind)[i]) {
        case Operand::name:
            matches = (request.any_device && i == 0) || name_matches(space, policy, asked, matched);
            break;
        case Operand::number:
            matches = number_matches(space, policy, number_range(asked));
            break;
        case Operand::address:
            matches = address_matches(space, policy, address_bytes(asked));
            break;
        case Operand::domain:
            matches = policy == asked;
            break;
        }
        if (!matches)
            return false;
        if (i == 0)
            first = matched;
    }
    if (!conditions_hold(space, entry.conditions, request.facts, decision.arguments))
        return false;
    decision.matched = first;
    decision.entry = entry;
    decision.granted = true;
    return true;
}

Decision Policy::decide(size_t domain, const Request& request) const {
    const Namespace& space = namespace_of(domain);
    Decision decision;
    const auto grants = [&](const std::vector<Entry>& list) {
        return std::any_of(list.begin(), list.end(),
                           [&](const Entry& entry) { return entry_grants(space, entry, request, decision); });
    };
    if (grants(domains_[domain].acl))
        return decision;
    for (const unsigned group : domains_[domain].groups)
        if (grants(space.acl_groups[group]))
            break;
    return decision;
}

Config Policy::config(size_t domain, const std::string& item) const {
    const auto& profiles = namespace_of(domain).profiles;
    const auto profile = profiles.find(domains_[domain].profile);
    if (profile == profiles.end())
        return {TMY_DISABLED, false, false};
    Config config;
    for (const std::string& name : {item, item.substr(0, item.find(':')), std::string()})
        if (const auto found = profile->second.items.find(name); found != profile->second.items.end()) {
            config = found->second;
            break;
        }
    if (!active_)
        config.mode = TMY_DISABLED;
    return config;
}

// ---- Learning -------------------------------------------------------------------------------------------

std::string Policy::learn(size_t number, const Request& request) {
    Domain& domain = domains_[number];
    const auto& profiles = namespace_of(number).profiles;
    const auto profile = profiles.find(domain.profile);
    if (domain.quota_exceeded || profile == profiles.end())
        return "";
    if (count_entries(domain.acl) >= profile->second.max_learning_entry) {
        domain.quota_exceeded = true;
        return "";
    }
    std::string line = print_entry(request.what);
    if (request.what.is_execute() && request.facts.exec) {
        line += " exec.realpath=\"" + request.facts.realpath + "\"";
        if (!request.facts.argv.empty())
            line += " exec.argv[0]=\"" + request.facts.argv[0] + "\"";
    }
    if (request.what.kind == TMY_PATH && request.what.operations == 1U << TMY_SYMLINK &&
        request.facts.symlink_target)
        line += " symlink.target=\"" + *request.facts.symlink_target + "\"";
    size_t cursor = number;
    apply(TMY_FILE_DOMAIN_POLICY, cursor, line);
    return line;
}

} // namespace model
