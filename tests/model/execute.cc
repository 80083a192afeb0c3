// SPDX-License-Identifier: GPL-2.0-only
// Where an execution leads in the model (2.7 - 2.11).
#include "lsm/engine/word.h"
#include "tests/model/model.h"
#include "tests/model/naive_match.h"

#include <cstdlib>

namespace model {

std::string Policy::aggregate(size_t domain, const std::string& name) const {
    for (const std::string& aggregator : namespace_of(domain).aggregators) {
        const Strings words = split(aggregator, ' ');
        naive::budget = 10'000'000;
        const bool matched = naive::match(name, words[0]);
        if (naive::budget < 0)
            abort();
        if (matched)
            return words[1];
    }
    return name;
}

bool Policy::directive(size_t domain, const std::string& word, const std::string& candidate) const {
    const std::string& name = domains_[domain].name;
    for (std::string line : namespace_of(domain).directives) {
        if (!skip(line, word + " "))
            continue;
        const size_t from = line.find(" from ");
        const std::string program = line.substr(0, from), place = line.substr(from + 6);
        if (program != "any" && program != candidate)
            continue;
        if (place == "any" || place == name || place == split(name, ' ').back())
            return true;
    }
    return false;
}

// The name of the domain it leads to; false when the task stays.
bool Policy::target(size_t domain, const Transition& transition, std::string& target, bool& strict) const {
    const std::string &name = domains_[domain].name, &candidate = transition.candidate;
    const std::string& argument = transition.decision.entry.transition;
    const std::string child = name + " " + candidate, initial = first_word(name) + " " + candidate;
    strict = !argument.empty();
    if (strict) {
        target = argument == "child"        ? child
                 : argument == "initialize" ? initial
                 : argument == "reset"      ? "<" + candidate + ">"
                 : argument == "parent"     ? name.substr(0, name.rfind(' '))
                 : argument[0] == '<'       ? argument
                                            : name + " " + argument;
        return argument != "keep";
    }
    if (!directive(domain, "no_reset_domain", candidate) && directive(domain, "reset_domain", candidate)) {
        target = "<" + candidate + ">";
        strict = true;
        return true;
    }
    if (!directive(domain, "no_initialize_domain", candidate) &&
        directive(domain, "initialize_domain", candidate)) {
        target = initial;
        return true;
    }
    if (!directive(domain, "no_keep_domain", candidate) && directive(domain, "keep_domain", candidate))
        return false;
    target = child;
    return active_ || name != "<kernel>";
}

size_t Policy::find_or_create(size_t from, const std::string& name, bool& created) {
    if (const size_t found = find_domain(name); found != none) {
        const auto& profiles = namespace_of(found).profiles;
        return active_ && !profiles.contains(domains_[found].profile) ? none : found;
    }
    if (!tmy_correct_domain(name.data(), name.size()) || name.size() > TMY_DOMAIN_MAX_LENGTH ||
        first_word(name) != first_word(domains_[from].name))
        return none;
    const size_t domain = create_domain(name);
    domains_[domain].profile = domains_[from].profile;
    domains_[domain].groups = domains_[from].groups;
    created = true;
    return domain;
}

Transition Policy::execute(size_t domain, const std::string& name, const Facts& facts) {
    Transition result;
    const tmy_mode mode = config(domain, "file::execute").mode;
    Request request;
    request.facts = facts;
    result.candidate = aggregate(domain, name);
    request.what.operations = 1U << TMY_EXECUTE;
    request.what.operands = {result.candidate};
    result.decision = decide(domain, request);
    result.domain = domain;
    if (result.decision.granted) {
        result.candidate = result.decision.matched;
    } else if (mode == TMY_ENFORCING) {
        result.outcome = Transition::Outcome::denied;
        return result;
    }
    std::string to;
    bool strict;
    if (!target(domain, result, to, strict))
        return result;
    const size_t found = find_or_create(domain, to, result.created);
    if (found != none) {
        result.domain = found;
    } else if (strict || mode == TMY_ENFORCING) {
        result.outcome = Transition::Outcome::fatal;
    } else {
        result.outcome = Transition::Outcome::failed;
        domains_[domain].transition_failed = true;
    }
    return result;
}

} // namespace model
