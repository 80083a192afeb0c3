// SPDX-License-Identifier: GPL-2.0-only
// applet: sortpolicy
// path: /usr/sbin/tomoyo-sortpolicy
// also:
// summary: print domain policy sorted, each line once
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/policy/sets/domain_set.h"

namespace {

void print(const policy::DomainSet& set) {
    Output& to = out();
    for (const auto& domain : set.domains()) {
        to.write(set.name(domain));
        if (domain.profile >= 0)
            to.print("\nuse_profile {}\n", domain.profile);
        else
            to.write("\n");
        to.write("\n");
        for (const auto line : set.lines(domain)) {
            to.write(set.text(line));
            to.write("\n");
        }
        to.write("\n");
    }
}

} // namespace

namespace applet {

int sortpolicy(const Call& call) {
    Command command(
        call, "Prints domain policy in a form that is the same for all policies that mean the same lines:\n"
              "domains by name, then their lines, each with one operation, and each once.");
    std::vector<std::string> files;
    command.operands("FILE", files, "domain policy; '-' or none: standard input", 0);
    command.example("tomoyo-savepolicy -d | tomoyo-sortpolicy", "the policy in force, to be read");
    command.example("tomoyo-sortpolicy a.conf b.conf >both.conf", "two policies become one");
    command.example("git config diff.tomoyo.textconv tomoyo-sortpolicy",
                    "git diff shows lines that are new or gone, whatever their order");
    if (!call.compat) // which ignores all arguments
        if (const auto code = command.parse())
            return *code;
    if (files.empty())
        files = {"-"};

    policy::DomainSet set(call.compat);
    for (const std::string& file : files) {
        Input input = policy_input(file);
        read_domains(set, input);
    }
    set.sort();
    print(set);
    return exit_ok;
}

} // namespace applet
