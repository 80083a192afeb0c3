// SPDX-License-Identifier: GPL-2.0-only
// Statements: the kernel's way of reading domain policy, exception policy and managers, as far as it decides
// what a line is about. What a line grants, and whether it is correct, is left to the kernel.
#include "tomoyo-box/policy/statement.h"

#include "tomoyo-box/policy/hash.h"
#include "tomoyo-box/policy/operations.h"
#include "tomoyo-box/policy/words.h"

namespace policy {

namespace {

constexpr std::string_view select_domain = "select domain=";
constexpr uint64_t profile_salt = 0x70726f66696c65;

} // namespace

Statement Follower::next(std::string_view line) {
    if (line.empty() || line.front() == '#')
        return {};
    // Most lines are entries of a domain; one look tells.
    const char first = line.front();
    if (language_ == Language::domains && (first == 'f' || first == 'n' || first == 'm') &&
        !selection_.empty())
        return entry(line, false);
    if (line == "reset") {
        selection_.clear();
        return {.kind = Statement::command};
    }
    switch (language_) {
    case Language::domains:
        return domain_line(line);
    case Language::exceptions:
        return exception_line(line);
    case Language::managers:
        break;
    }
    if (line.ends_with("manage_by_non_root"))
        return {.kind = Statement::command}; // a switch that is not shown
    const bool deletes = strip(line, "delete ");
    return {.kind = Statement::entry, .deletes = deletes, .key = hash(line, seed_)};
}

std::string_view Follower::domain_name() const {
    std::string_view name = selection_;
    return strip(name, select_domain) ? name : std::string_view();
}

bool Follower::superseded_in(const Follower& last) const {
    return !domain_name().empty() && context_ != last.context_of(name_);
}

uint64_t Follower::context_of(uint64_t name) const {
    const auto found = generations_.empty() ? generations_.end() : generations_.find(name);
    return found == generations_.end() ? name : name + found->second * 0x9e3779b97f4a7c15;
}

void Follower::choose(std::string_view name) {
    selection_ = select_domain;
    selection_ += name;
    name_ = hash(name, seed_);
    context_ = context_of(name_);
}

Statement Follower::wrong(const char* reason) { return {.kind = Statement::wrong, .reason = reason}; }

Statement Follower::command_or_selection(std::string_view line) {
    std::string_view target = line;
    strip(target, "select ");
    if (target == "transition_only")
        return {.kind = Statement::command};
    if (target.starts_with("pid=") || target.starts_with("global-pid=") || target.starts_with("Q=")) {
        // Nobody but the kernel knows which domain that is.
        selection_ = line;
        context_ = ~hash(line, seed_);
        return {.kind = Statement::command};
    }
    strip(target, "domain=");
    if (!starts_domain(target))
        return wrong("there is nothing of that kind to select");
    choose(target);
    return {.kind = Statement::command};
}

Statement Follower::domain_line(std::string_view line) {
    if (line.starts_with("select "))
        return command_or_selection(line);
    const bool deletes = strip(line, "delete ");
    if (line.starts_with('<')) {
        if (!starts_domain(line)) {
            // The kernel would ignore it and give the lines below to the domain above.
            selection_.clear();
            return wrong("it is not a domain name");
        }
        choose(line);
        if (deletes) {
            generations_[name_]++;
            context_ = context_of(name_);
            selection_.clear();
        }
        return {.kind = Statement::domain, .deletes = deletes, .key = context_};
    }
    if (selection_.empty())
        return wrong("no domain is selected");
    if (!deletes && strip(line, "use_profile ")) {
        const auto number = number_to_255(line);
        if (!number)
            return wrong("the number of a profile is 0 to 255");
        return {.kind = Statement::profile,
                .operations = static_cast<uint16_t>(*number),
                .key = context_ ^ profile_salt};
    }
    return entry(line, deletes);
}

Statement Follower::exception_line(std::string_view line) {
    if (line.starts_with("select ")) {
        if (line == "select transition_only")
            return {.kind = Statement::command};
        return wrong("an exception policy has nothing to select");
    }
    const bool deletes = strip(line, "delete ");
    std::string_view name = "<kernel>";
    if (line.starts_with('<') && starts_domain(line))
        name = take_word(line);
    context_ = hash(name, seed_);
    const std::string completed = depth_ == parts ? complete_transition(line) : std::string();
    return entry(completed.empty() ? line : completed, deletes);
}

Statement Follower::entry(std::string_view line, bool deletes) const {
    OperationList list;
    if (depth_ == lines || !find_operations(line, list))
        return {.kind = Statement::entry, .deletes = deletes, .key = hash(line, context_)};
    return {.kind = Statement::entry,
            .deletes = deletes,
            .operations = list.bits,
            .key = hash(list.tail, hash(list.head, context_ + list.kind + 1))};
}

std::string complete_transition(std::string_view line) {
    // Most lines are something else; say so after one look.
    if (line.empty() || std::string_view("nirk").find(line.front()) == std::string_view::npos)
        return {};
    std::string_view rest = line;
    std::string_view word = take_word(rest);
    const std::string_view directive = word;
    strip(word, "no_");
    const bool keep = word == "keep_domain";
    if (rest.empty() || (!keep && word != "initialize_domain" && word != "reset_domain"))
        return {};
    if (rest.find(" from ") != std::string_view::npos)
        return {};
    std::string text(directive);
    text += keep ? " any from " : " ";
    text += rest;
    if (!keep)
        text += " from any";
    return text;
}

} // namespace policy
