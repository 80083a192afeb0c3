// SPDX-License-Identifier: GPL-2.0-only
// applet: selectpolicy
// path: /usr/sbin/tomoyo-selectpolicy
// also:
// summary: print the part of a domain policy that is about some domains
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/sets/filter.h"

namespace {

struct Wish {
    std::vector<std::string> names; // normalized operands
    std::string used;               // a byte for each: has a domain been found?
    bool recursive = false;
    bool pattern = false;
    bool compat = false;
};

bool wanted(std::string_view domain, Wish& wish) {
    bool any = false;
    for (size_t i = 0; i < wish.names.size(); i++) {
        const auto match = wish.pattern ? policy::domain_matches_pattern : policy::domain_matches;
        if (match(domain, wish.names[i], wish.recursive))
            wish.used[i] = any = true;
    }
    return any;
}

void select(Input& input, Wish& wish) {
    policy::PolicyReader reader = input.lines();
    Progress progress("reading " + reader.name(), input.size());
    bool selected = false;
    for (std::string_view line; policy::next_line(reader, wish.compat, line);) {
        progress.at(reader.offset());
        if (policy::starts_domain(line))
            selected = wanted(line, wish);
        if (!selected)
            continue;
        out().write(line);
        out().write("\n");
    }
}

// tomoyo-tools 2.6.1 knows -r, as the first word; every other word is a domain.
Wish compatible_wish(const Call& call) {
    Wish wish;
    wish.compat = true;
    wish.names = call.args;
    if (!wish.names.empty() && wish.names.front() == "-r") {
        wish.recursive = true;
        wish.names.erase(wish.names.begin());
    }
    if (call.args.empty())
        throw Error(exit_trouble, "wrong usage")
            .legacy(fmt::format("{} [-r] domainname [domainname ...] < domain_policy", call.name), exit_ok);
    return wish;
}

int run(Wish& wish, const std::vector<std::string>& files, bool strict) {
    for (std::string& name : wish.names)
        name = policy::normalize(name);
    wish.used.resize(wish.names.size());
    for (const std::string& file : files) {
        Input input = policy_input(file);
        select(input, wish);
    }
    if (wish.compat)
        return exit_ok;
    int code = exit_ok;
    for (size_t i = 0; i < wish.names.size(); i++) {
        if (wish.used[i])
            continue;
        warn("no domain {} '{}'", wish.pattern ? "matches" : "is named", wish.names[i]);
        if (strict)
            code = exit_negative;
    }
    return code;
}

} // namespace

namespace applet {

int selectpolicy(const Call& call) {
    if (call.compat) {
        Wish wish = compatible_wish(call);
        return run(wish, {"-"}, false);
    }
    Command command(call,
                    "Prints what a domain policy on standard input says about each DOMAIN, in the order and "
                    "the form\nin which it is written there.");
    Wish wish;
    std::vector<std::string> files;
    bool strict = false;
    command.flag("-r,--recursive", wish.recursive, "also all domains below the named ones");
    command.flag("-p,--pattern", wish.pattern,
                 "DOMAIN is a pattern of the policy language, for whole names or their last words");
    command.option("-f,--file", "FILE", files, "read FILE, not standard input; may be given again");
    command.flag("-s,--strict", strict, "exit with 1 when there is no such domain as one of DOMAIN");
    command.operands("DOMAIN", wish.names, "the name of a domain, as one argument: '<kernel> /usr/sbin/sshd'",
                     1);
    command.example("tomoyo-savepolicy -d | tomoyo-selectpolicy -r '<kernel> /usr/sbin/sshd'",
                    "sshd and what it starts");
    command.example("tomoyo-selectpolicy -f domain_policy.conf -p /bin/sh",
                    "every shell, whoever started it");
    command.example("tomoyo-selectpolicy -s -f old.conf '<kernel> /gone' >/dev/null || echo no such domain",
                    "ask whether there is a domain");
    if (const auto code = command.parse())
        return *code;
    if (files.empty())
        files = {"-"};
    return run(wish, files, strict);
}

} // namespace applet
