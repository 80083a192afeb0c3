// SPDX-License-Identifier: GPL-2.0-only
// applet: setprofile
// path: /usr/sbin/tomoyo-setprofile
// also:
// summary: give domains another profile
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/domain_reader.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/profiles.h"
#include "tomoyo-box/policy/language/words.h"

#include <fcntl.h>
#include <set>
#include <unordered_map>

namespace {

struct Options {
    unsigned profile = 0;
    std::vector<std::string> names; // normalized operands
    bool recursive = false;
    bool pattern = false;
    std::optional<unsigned> present; // only domains that have this profile now
};

bool matches(const DomainSummary& domain, const std::string& name, const Options& options) {
    if (options.present && domain.profile != *options.present)
        return false;
    return options.pattern ? policy::domain_matches_pattern(domain.name, name, options.recursive)
                           : policy::domain_matches(domain.name, name, options.recursive);
}

// Calls VISIT(domain) for every domain of the kernel.
template <typename Visit> void for_each_domain(const Interface& interface, const char* what, Visit visit) {
    const Fd fd = interface.open("domain_policy", O_RDONLY);
    DomainReader reader(fd.get(), interface.path("domain_policy"));
    Progress progress(what, 0);
    DomainSummary domain;
    for (uint64_t count = 0; reader.next(domain); progress.at(++count))
        visit(domain);
}

// The matching domains and the profiles they have, in the kernel's order. A name that matches none is
// reported, and makes COMPLETE false.
std::vector<DomainSummary> select_domains(const Interface& interface, const Options& options, bool silent,
                                          bool& complete) {
    std::vector<DomainSummary> selected;
    std::vector<bool> used(options.names.size());
    for_each_domain(interface, "reading domains", [&](const DomainSummary& domain) {
        bool wanted = false;
        for (size_t i = 0; i < options.names.size(); i++)
            if (matches(domain, options.names[i], options))
                wanted = used[i] = true;
        if (wanted)
            selected.push_back(domain);
    });
    for (size_t i = 0; i < used.size(); i++) {
        if (used[i])
            continue;
        complete = false;
        const std::string limit = options.present ? fmt::format(" and has profile {}", *options.present) : "";
        if (!silent)
            warn("no domain {} '{}'{}", options.pattern ? "matches" : "is named", options.names[i], limit);
    }
    return selected;
}

// An undefined profile would be refused by an active kernel, and panics an inactive one as soon as it is
// activated.
void require_profile(const Interface& interface, unsigned profile,
                     const std::vector<DomainSummary>& domains) {
    policy::Profiles profiles;
    const Fd fd = interface.open("profile", O_RDONLY);
    policy::PolicyReader reader(fd.get(), interface.path("profile"));
    std::string_view line;
    while (reader.next_normalized(line))
        profiles.add(line);
    for (const DomainSummary& domain : domains) {
        std::string_view rest = domain.name;
        const std::string_view space = take_word(rest);
        if (profiles.find(space, profile))
            continue;
        throw Error(
            exit_negative, fmt::format("namespace {} has no profile {}; nothing was changed", space, profile),
            fmt::format(
                "see 'tomoyo-setlevel'; define it with: tomoyo-setlevel '{} {}-CONFIG={{ mode=... }}'", space,
                profile));
    }
}

void write_profile(const Interface& interface, unsigned profile, const std::vector<DomainSummary>& domains) {
    PolicyWriter writer(interface, "domain_policy");
    const std::string setting = fmt::format("use_profile {}", profile);
    Progress progress("setting profiles", domains.size());
    uint64_t done = 0;
    for (const DomainSummary& domain : domains) {
        writer.line("select " + domain.name);
        writer.line(setting);
        progress.at(++done);
    }
    writer.flush();
}

// Prints what is in force now. Returns whether it is what was wanted; says so on stderr where it is not.
bool report(const Interface& interface, unsigned profile, const std::vector<DomainSummary>& domains) {
    std::unordered_map<std::string_view, bool> open; // name -> not seen yet
    for (const DomainSummary& domain : domains)
        open.emplace(domain.name, true);
    bool good = true;
    for_each_domain(interface, "verifying", [&](const DomainSummary& domain) {
        const auto at = open.find(domain.name);
        if (at == open.end())
            return;
        at->second = false;
        out().print("{} {}\n", domain.profile, domain.name);
        if (domain.profile == profile)
            return;
        good = false;
        warn("'{}' still has profile {}: the kernel did not take {}", domain.name, domain.profile, profile);
    });
    for (const DomainSummary& domain : domains)
        if (open[domain.name]) {
            good = false;
            warn("'{}' has been deleted meanwhile", domain.name);
        }
    return good;
}

// tomoyo-tools 2.6.1: no judgement of any answer of the kernel.
int legacy_setprofile(const Interface& interface, const Options& options) {
    bool complete = true;
    const std::vector<DomainSummary> domains = select_domains(interface, options, true, complete);
    try {
        write_profile(interface, options.profile, domains);
    } catch (const Error&) {
        // A refused write was not noticed.
    }
    std::set<std::string_view> names;
    for (const DomainSummary& domain : domains)
        names.insert(domain.name);
    for_each_domain(interface, "verifying", [&](const DomainSummary& domain) {
        if (names.contains(domain.name))
            out().print("{} {}\n", domain.profile, domain.name);
    });
    return exit_ok;
}

} // namespace

namespace applet {

int setprofile(const Call& call) {
    Command command(call,
                    "Gives each DOMAIN another PROFILE (0 to 255), and prints 'PROFILE DOMAIN' with the "
                    "profile that is in force afterwards.");
    Options options;
    std::string number;
    bool dry_run = false;
    command.flag("-r,--recursive", options.recursive, "also all domains below the named ones");
    command.flag("-p,--pattern", options.pattern,
                 "DOMAIN is a pattern of the policy language, for whole names or their last words");
    command.number("-f,--from", "PROFILE", options.present, 0, 255,
                   "only domains that have this profile now");
    command.flag("-n,--dry-run", dry_run, "change nothing; print what matches and the profile it has");
    command.operand("PROFILE", number, "the new profile, 0 to 255", true);
    command.operands("DOMAIN", options.names,
                     "the name of a domain, as one argument: '<kernel> /usr/sbin/sshd'", 1);
    command.example("tomoyo-setprofile 1 '<kernel> /usr/sbin/sshd'", "learn what sshd does");
    command.example("tomoyo-setprofile -r 1 '<kernel> /usr/sbin/sshd'",
                    "and what everything does that it starts");
    command.example("tomoyo-setprofile -p 3 /usr/sbin/httpd", "enforce for httpd, whoever started it");
    command.example("tomoyo-setprofile -p 1 '<kernel> /usr/sbin/\\*'",
                    "learn what each of these daemons does");
    command.example("tomoyo-setprofile -r -f 1 2 '<kernel>'",
                    "from learning to permissive, wherever it is learning");
    command.legacy_usage(fmt::format("{} [-r] profile domainname [domainname ...]", call.name), false,
                         exit_ok);
    // tomoyo-tools 2.6.1 knows no option but the first word, and a number may begin with '-'.
    if (call.compat && !call.args.empty()) {
        auto word = call.args.begin();
        options.recursive = *word == "-r";
        word += options.recursive;
        if (word != call.args.end())
            number = *word++;
        options.names.assign(word, call.args.end());
        if (options.names.empty())
            throw command.usage_error("DOMAIN is required");
    } else if (const auto code = command.parse()) {
        return *code;
    }

    const auto profile = call.compat ? policy::scanned_number(number) : policy::number_to_255(number);
    if (!profile)
        throw command.usage_error(fmt::format("'{}' is not a profile: a number from 0 to 255", number));
    options.profile = *profile;
    for (std::string& name : options.names)
        name = policy::normalize(name);

    constexpr const char* no_kernel = "You can't run this command for this kernel.";
    try {
        const Interface interface;
        if (call.compat)
            return legacy_setprofile(interface, options);

        bool complete = true;
        const std::vector<DomainSummary> domains = select_domains(interface, options, false, complete);
        require_profile(interface, options.profile, domains);
        if (dry_run) {
            for (const DomainSummary& domain : domains)
                out().print("{} {}\n", domain.profile, domain.name);
            return complete ? exit_ok : exit_negative;
        }
        write_profile(interface, options.profile, domains);
        return report(interface, options.profile, domains) && complete ? exit_ok : exit_negative;
    } catch (Error& error) {
        throw error.legacy(no_kernel);
    }
}

} // namespace applet
