// SPDX-License-Identifier: GPL-2.0-only
// The model's lists: how lines get in and out.
#include "tests/model/model.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace model {

namespace {

const char* const group_words[] = {"path_group", "number_group", "address_group"};

unsigned long decimal(const std::string& text) { return std::strtoul(text.c_str(), nullptr, 10); }

// The group of that type that a piece of an entry refers to; empty when it does not.
std::string reference(Operand operand, const std::string& text, GroupType type) {
    const GroupType types[] = {path_group, number_group, address_group, group_types};
    return text[0] == '@' && types[static_cast<int>(operand)] == type ? text.substr(1) : "";
}

// All groups of that type that an entry refers to, in the order of the line.
Strings references(const Entry& entry, GroupType type) {
    Strings names;
    for (size_t i = 0; i < entry.operands.size(); i++)
        if (entry.kind != TMY_ENV)
            names.push_back(reference(operands_of(entry.kind)[i], entry.operands[i], type));
    for (const std::string& token : entry.conditions) {
        const Condition condition = parse_condition(token);
        const bool text = condition.left == "exec.realpath" || condition.left == "symlink.target";
        const bool quoted =
            condition.left.starts_with("exec.argv") || condition.left.starts_with("exec.envp");
        if (!quoted && !condition.right.empty())
            names.push_back(reference(text ? Operand::name : Operand::number, condition.right, type));
    }
    std::erase(names, "");
    return names;
}

// "P from D", what is missing being "any" (6.1).
std::string canonical_directive(const std::string& word, const std::string& text) {
    if (text.find(" from ") != std::string::npos)
        return text;
    return word.ends_with("keep_domain") ? "any from " + text : text + " from any";
}

} // namespace

// ---- Namespaces and groups ------------------------------------------------------------------------------

const Namespace* Policy::find_space(const std::string& name) const {
    for (const Namespace& space : namespaces_)
        if (space.name == name)
            return &space;
    return nullptr;
}

Namespace& Policy::space(const std::string& name) {
    if (const Namespace* found = find_space(name))
        return const_cast<Namespace&>(*found);
    namespaces_.push_back({name, {}, {}, {}, {}, {}});
    return namespaces_.back();
}

const Namespace& Policy::namespace_of(size_t domain) const {
    return *find_space(first_word(domains_[domain].name));
}

// The namespace a line starts with, which is taken off (1.11).
Namespace& Policy::take_space(std::string& line) {
    if (line[0] != '<')
        return space("<kernel>");
    const std::string name = first_word(line);
    skip(line, name + " ");
    return space(name);
}

Group& Policy::group(Namespace& space, GroupType type, const std::string& name) {
    for (Group& group : space.groups[type])
        if (group.name == name)
            return group;
    space.groups[type].push_back({name, {}});
    return space.groups[type].back();
}

void Policy::refer(Namespace& space, const Entry& entry) {
    for (const GroupType type : {path_group, number_group, address_group})
        for (const std::string& name : references(entry, type))
            group(space, type, name);
}

// ---- Lists ----------------------------------------------------------------------------------------------

int Policy::apply_text(Strings& list, const std::string& line, bool remove) {
    const auto found = std::find(list.begin(), list.end(), line);
    if (remove) {
        if (found == list.end())
            return -ENOENT;
        list.erase(found);
    } else if (found == list.end()) {
        list.push_back(line);
    }
    return 0;
}

int Policy::apply_entry(std::vector<Entry>& list, const std::string& line, bool remove) {
    const Entry entry = parse_entry(line);
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Entry& other) { return entry.same(other); });
    if (!remove) {
        if (found == list.end())
            list.push_back(entry);
        else
            found->operations |= entry.operations;
        return 0;
    }
    if (found == list.end())
        return -ENOENT;
    const bool hit = found->operations & entry.operations;
    found->operations &= ~entry.operations;
    if (!found->operations)
        list.erase(found);
    return hit ? 0 : unspecified;
}

// ---- Domain policy --------------------------------------------------------------------------------------

size_t Policy::find_domain(const std::string& name) const {
    for (size_t i = 0; i < domains_.size(); i++)
        if (domains_[i].name == name && !domains_[i].deleted)
            return i;
    return none;
}

size_t Policy::create_domain(const std::string& name) {
    space(first_word(name));
    domains_.push_back({name, 0, {}, false, false, false, {}});
    return domains_.size() - 1;
}

int Policy::apply_attribute(Domain& domain, const std::string& line, bool remove) {
    const std::string word = first_word(line);
    const unsigned long number = decimal(line.substr(word.size()));
    if (word == "quota_exceeded") {
        domain.quota_exceeded = !remove;
    } else if (word == "transition_failed") {
        domain.transition_failed = !remove;
    } else if (number >= 256) {
        return -EINVAL;
    } else if (word == "use_group") {
        if (remove)
            domain.groups.erase(static_cast<unsigned>(number));
        else
            domain.groups.insert(static_cast<unsigned>(number));
    } else {
        const auto& profiles = find_space(first_word(domain.name))->profiles;
        if (remove || (active_ && !profiles.contains(static_cast<unsigned>(number))))
            return unspecified;
        domain.profile = static_cast<unsigned>(number);
    }
    return 0;
}

int Policy::apply_domain(size_t& cursor, std::string line, bool remove) {
    static const Strings attributes = {"use_profile", "use_group", "quota_exceeded", "transition_failed"};
    const bool select = skip(line, "select ");
    if (line[0] == '<') {
        cursor = find_domain(line);
        if (remove) {
            const size_t domain = std::exchange(cursor, none);
            if (domain != none && domain != 0)
                domains_[domain].deleted = true;
            return line == "<kernel>" ? unspecified : 0;
        }
        if (cursor == none && !select)
            cursor = create_domain(line);
        return select ? unspecified : 0;
    }
    if (cursor == none)
        return -ENOENT;
    Domain& domain = domains_[cursor];
    if (std::find(attributes.begin(), attributes.end(), first_word(line)) != attributes.end())
        return apply_attribute(domain, line, remove);
    if (!remove)
        refer(space(first_word(domain.name)), parse_entry(line));
    return apply_entry(domain.acl, line, remove);
}

std::string Policy::domain_text(size_t number, bool transition_only) const {
    const Domain& domain = domains_[number];
    std::string text = domain.name + "\nuse_profile " + std::to_string(domain.profile) + "\n";
    if (domain.quota_exceeded)
        text += "quota_exceeded\n";
    if (domain.transition_failed)
        text += "transition_failed\n";
    for (const unsigned group : domain.groups)
        text += "use_group " + std::to_string(group) + "\n";
    text += "\n";
    for (Entry entry : domain.acl) {
        if (transition_only && entry.kind == TMY_PATH)
            entry.operations &= 1U << TMY_EXECUTE;
        else if (transition_only && entry.kind != TMY_TRANSITION)
            continue;
        if (entry.operations)
            text += print_entry(entry) + "\n";
    }
    return text + "\n";
}

// ---- Exception policy -----------------------------------------------------------------------------------

int Policy::apply_group(Namespace& space, GroupType type, const std::string& line, bool remove) {
    const std::string name = first_word(line), member = line.substr(name.size() + 1);
    const auto& groups = space.groups[type];
    if (remove &&
        std::none_of(groups.begin(), groups.end(), [&](const Group& group) { return group.name == name; }))
        return -ENOENT;
    return apply_text(group(space, type, name).members,
                      type == path_group     ? member
                      : type == number_group ? canonical_number(member)
                                             : canonical_address(member),
                      remove);
}

int Policy::apply_exception(std::string line, bool remove) {
    Namespace& space = take_space(line);
    const std::string word = first_word(line);
    skip(line, word + " ");
    for (const GroupType type : {path_group, number_group, address_group})
        if (word == group_words[type])
            return apply_group(space, type, line, remove);
    if (word == "aggregator")
        return apply_text(space.aggregators, line, remove);
    if (word != "acl_group")
        return apply_text(space.directives, word + " " + canonical_directive(word, line), remove);
    const std::string number = first_word(line);
    skip(line, number + " ");
    if (!remove)
        refer(space, parse_entry(line));
    return apply_entry(space.acl_groups[decimal(number)], line, remove);
}

std::string Policy::exception_text() const {
    std::string text;
    for (const Namespace& space : namespaces_) {
        const auto put = [&](const std::string& line) {
            text += (namespaces_.size() > 1 ? space.name + " " : "") + line + "\n";
        };
        for (const std::string& directive : space.directives)
            put(directive);
        for (const std::string& aggregator : space.aggregators)
            put("aggregator " + aggregator);
        for (const GroupType type : {path_group, number_group, address_group})
            for (const Group& group : space.groups[type])
                for (const std::string& member : group.members)
                    put(group_words[type] + (" " + group.name) + " " + member);
        for (size_t number = 0; number < space.acl_groups.size(); number++)
            for (const Entry& entry : space.acl_groups[number])
                put("acl_group " + std::to_string(number) + " " + print_entry(entry));
    }
    return text;
}

// ---- Profiles and managers ------------------------------------------------------------------------------

namespace {

// The yes or no of a log flag, if the line has it.
void set_flag(const std::string& line, const std::string& key, bool& flag) {
    if (line.find(key + "=yes") != std::string::npos)
        flag = true;
    else if (line.find(key + "=no") != std::string::npos)
        flag = false;
}

void set_config(Profile& profile, const std::string& item, const std::string& value) {
    if (value.find("use_default") != std::string::npos) {
        if (!item.empty())
            profile.items.erase(item);
        return;
    }
    const Strings modes = {"disabled", "learning", "permissive", "enforcing"};
    size_t mode = modes.size();
    for (size_t i = 0; i < modes.size(); i++)
        if (value.find("mode=" + modes[i]) != std::string::npos)
            mode = i;
    if (mode == modes.size() && !profile.items.contains(item))
        return;
    Config& config = profile.items[item];
    if (mode < modes.size())
        config.mode = static_cast<tmy_mode>(mode);
    set_flag(value, "grant_log", config.grant_log);
    set_flag(value, "reject_log", config.reject_log);
}

} // namespace

void Policy::mention(const std::string& name, const std::string& profile) {
    Namespace& mentioned = space(name);
    if (!profile.empty())
        mentioned.profiles[static_cast<unsigned>(decimal(profile))];
}

int Policy::apply_profile(std::string line) {
    Namespace& space = take_space(line);
    if (line.starts_with("PROFILE_VERSION="))
        return 0;
    const std::string number = line.substr(0, line.find('-'));
    Profile& profile = space.profiles[static_cast<unsigned>(decimal(number))];
    skip(line, number + "-");
    const std::string key = line.substr(0, line.find('=')), value = line.substr(key.size() + 1);
    const std::string limit = "max_learning_entry=";
    if (key == "PREFERENCE" && value.find(limit) != std::string::npos)
        profile.max_learning_entry = decimal(value.substr(value.find(limit) + limit.size()));
    else if (key == "CONFIG")
        set_config(profile, "", value);
    else if (key.starts_with("CONFIG::"))
        set_config(profile, key.substr(8), value);
    return 0;
}

int Policy::apply_manager(const std::string& line, bool remove) {
    return line == "manage_by_non_root" ? 0 : apply_text(managers_, line, remove);
}

bool Policy::is_manager(const std::string& name) const {
    return std::find(managers_.begin(), managers_.end(), name) != managers_.end();
}

// ---- Files ----------------------------------------------------------------------------------------------

int Policy::apply(tmy_file file, size_t& cursor, std::string line) {
    if (file == TMY_FILE_DOMAIN_POLICY && line == "reset") {
        cursor = none;
        return unspecified;
    }
    if (file == TMY_FILE_DOMAIN_POLICY && skip(line, "select domain=")) {
        cursor = find_domain(line);
        return unspecified;
    }
    const bool remove = skip(line, "delete ");
    switch (file) {
    case TMY_FILE_DOMAIN_POLICY:
        return apply_domain(cursor, line, remove);
    case TMY_FILE_EXCEPTION_POLICY:
        return apply_exception(line, remove);
    case TMY_FILE_PROFILE:
        return apply_profile(line);
    case TMY_FILE_MANAGER:
        return apply_manager(line, remove);
    default:
        return unspecified;
    }
}

std::string Policy::text(tmy_file file) const {
    std::string text;
    if (file == TMY_FILE_DOMAIN_POLICY)
        for (size_t i = 0; i < domains_.size(); i++)
            text += domains_[i].deleted ? "" : domain_text(i, false);
    if (file == TMY_FILE_EXCEPTION_POLICY)
        text = exception_text();
    if (file == TMY_FILE_MANAGER)
        for (const std::string& manager : managers_)
            text += manager + "\n";
    return text;
}

} // namespace model
