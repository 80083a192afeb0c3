// SPDX-License-Identifier: GPL-2.0-only
// applet: selectpolicy
// path: /usr/sbin/tomoyo-selectpolicy
// also:
// summary: print the part of a domain policy that is about some domains
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/sets/filter.h"

#include <utility>

namespace {

struct Options {
    std::vector<std::string> names; // normalized operands
    std::string used;               // a byte for each: has a domain been found?
    bool recursive = false;
    bool pattern = false;
    bool compat = false;
    bool json = false;
};

// Prints what is selected, as it is written or as an array of domains, each with its lines.
class Selection {
public:
    explicit Selection(bool json) : json_(json) {
        if (json_)
            text_.array();
    }

    void domain(std::string_view line) {
        end_domain();
        if (json_)
            text_.object().key("domain").value(line).key("lines").array();
        else
            print(line);
        open_ = true;
    }

    void line(std::string_view line) {
        if (!json_)
            print(line);
        else if (!line.empty())
            text_.value(line);
    }

    void finish() {
        end_domain();
        if (json_)
            out().write(text_.end().text());
    }

private:
    void end_domain() {
        if (json_ && std::exchange(open_, false)) {
            text_.end().end();
            out().write(text_.take());
        }
    }
    static void print(std::string_view line) {
        out().write(line);
        out().write("\n");
    }

    Json text_;
    bool json_, open_ = false;
};

bool wanted(std::string_view domain, Options& options) {
    bool any = false;
    for (size_t i = 0; i < options.names.size(); i++) {
        const auto match = options.pattern ? policy::domain_matches_pattern : policy::domain_matches;
        if (match(domain, options.names[i], options.recursive))
            options.used[i] = any = true;
    }
    return any;
}

void select(Input& input, Options& options, Selection& selection) {
    policy::PolicyReader reader = input.lines();
    Progress progress("reading " + reader.name(), input.size());
    bool selected = false;
    for (std::string_view line; policy::next_line(reader, options.compat, shown_warnings(), line);) {
        progress.at(reader.offset());
        if (policy::starts_domain(line)) {
            selected = wanted(line, options);
            if (selected)
                selection.domain(line);
        } else if (selected) {
            selection.line(line);
        }
    }
}

// tomoyo-tools 2.6.1 knows -r, as the first word; every other word is a domain.
Options compatible_wish(const Call& call) {
    Options options;
    options.compat = true;
    options.names = call.args;
    if (!options.names.empty() && options.names.front() == "-r") {
        options.recursive = true;
        options.names.erase(options.names.begin());
    }
    if (call.args.empty())
        throw Error(exit_trouble, "wrong usage")
            .legacy(fmt::format("{} [-r] domainname [domainname ...] < domain_policy", call.name), exit_ok);
    return options;
}

int run(Options& options, const std::vector<std::string>& files, bool strict) {
    for (std::string& name : options.names)
        name = policy::normalize(name);
    options.used.resize(options.names.size());
    Selection selection(options.json);
    for (const std::string& file : files) {
        Input input = policy_input(file);
        select(input, options, selection);
    }
    selection.finish();
    if (options.compat)
        return exit_ok;
    int code = options.used.find('\1') == std::string::npos ? exit_negative : exit_ok;
    for (size_t i = 0; i < options.names.size(); i++) {
        if (options.used[i])
            continue;
        warn("no domain {} '{}'", options.pattern ? "matches" : "is named", options.names[i]);
        if (strict)
            code = exit_negative;
    }
    return code;
}

} // namespace

namespace applet {

int selectpolicy(const Call& call) {
    if (call.compat) {
        Options options = compatible_wish(call);
        return run(options, {"-"}, false);
    }
    Command command(call,
                    "Prints what a domain policy on standard input says about each DOMAIN, in the order and "
                    "the form\nin which it is written there. Exits with 1 when it says nothing about any.");
    Options options;
    std::vector<std::string> files;
    bool strict = false;
    command.flag("-r,--recursive", options.recursive, "also all domains below the named ones");
    command.flag("-p,--pattern", options.pattern,
                 "DOMAIN is a pattern of the policy language, for whole names or their last words");
    command.option("-f,--file", "FILE", files, "read FILE, not standard input; may be given again");
    command.flag("-s,--strict", strict, "exit with 1 even when only one of several DOMAINs is missing");
    command.flag("--json", options.json, "an array of domains with their lines, for programs");
    command.operands("DOMAIN", options.names,
                     "the name of a domain, as one argument: '<kernel> /usr/sbin/sshd'", 1);
    command.example("tomoyo-savepolicy -d |\n  tomoyo-selectpolicy -r '<kernel> /usr/sbin/sshd'",
                    "sshd and what it starts");
    command.example("tomoyo-selectpolicy -f domain_policy.conf -p /bin/sh",
                    "every shell, whoever started it");
    command.example(
        "tomoyo-selectpolicy -s -f old.conf '<kernel> /gone' >/dev/null ||\n  echo no such domain",
        "ask whether there is a domain");
    if (const auto code = command.parse())
        return *code;
    if (files.empty())
        files = {"-"};
    return run(options, files, strict);
}

} // namespace applet
