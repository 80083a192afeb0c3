// SPDX-License-Identifier: GPL-2.0-only
// applet: setprofile
// path: /usr/sbin/tomoyo-setprofile
// also:
// summary: give domains another profile
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/boot_evidence.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/profile_modes.h"
#include "tomoyo-box/kernel/domain_reader.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/profiles.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/store/layout.h"

#include <fcntl.h>
#include <set>
#include <unistd.h>
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

std::string_view namespace_of(const DomainSummary& domain) {
    std::string_view rest = domain.name;
    return take_word(rest);
}

// An undefined profile would be refused by an active kernel, and panics an inactive one as soon as it is
// activated.
void require_profile(const policy::Profiles& profiles, unsigned profile,
                     const std::vector<DomainSummary>& domains) {
    for (const DomainSummary& domain : domains) {
        const std::string_view space = namespace_of(domain);
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

// Prints domains and their profiles, as text or JSON; on a terminal in the colour of the mode.
class DomainList {
public:
    DomainList(policy::Profiles profiles, bool json)
        : modes_(std::move(profiles)), json_(json), color_(!json && use_color(STDOUT_FILENO)) {
        if (json_)
            text_.array();
    }

    void add(const DomainSummary& domain) {
        const std::string mode = modes_.mode(domain.name, domain.profile);
        if (json_) {
            text_.object().key("domain").value(domain.name).key("profile").value(domain.profile);
            text_.key("mode").value(mode).end();
            out().write(text_.take());
        } else {
            const std::string number = fmt::format("{}", domain.profile);
            out().print("{} {}\n", color_ ? ProfileModes::paint(mode, number) : number, domain.name);
        }
    }

    void finish() {
        if (json_)
            out().write(text_.end().text());
    }

private:
    ProfileModes modes_;
    Json text_;
    bool json_, color_;
};

// Lists what is in force now. Returns whether it is what was wanted; says so on stderr where it is not.
bool report(const Interface& interface, unsigned profile, const std::vector<DomainSummary>& domains,
            DomainList& list) {
    std::unordered_map<std::string_view, bool> open; // name -> not seen yet
    for (const DomainSummary& domain : domains)
        open.emplace(domain.name, true);
    bool good = true;
    for_each_domain(interface, "verifying", [&](const DomainSummary& domain) {
        const auto at = open.find(domain.name);
        if (at == open.end())
            return;
        at->second = false;
        list.add(domain);
        if (domain.profile == profile)
            return;
        good = false;
        warn("'{}' still has profile {}: the kernel did not take {}", domain.name, domain.profile, profile);
    });
    list.finish();
    for (const DomainSummary& domain : domains)
        if (open[domain.name]) {
            good = false;
            warn("'{}' has been deleted meanwhile", domain.name);
        }
    return good;
}

// Enforcing what was learned from restarts alone makes the next boot fail.
void warn_of_next_boot(const policy::Profiles& profiles, unsigned profile,
                       const std::vector<DomainSummary>& domains) {
    std::vector<std::string> enforced;
    for (const DomainSummary& domain : domains)
        if (const policy::Profile* found = profiles.find(namespace_of(domain), profile);
            found && enforces(*found))
            enforced.push_back(domain.name);
    if (enforced.empty())
        return;
    const BootEvidence evidence(store::default_directory);
    std::erase_if(enforced, [&](const std::string& name) { return evidence.has_seen(name); });
    if (!enforced.empty())
        warn("warning: {}; let it run through a boot in a profile that learns or is permissive: "
             "'tomoyo-setprofile 2 DOMAIN', 'tomoyo-savepolicy', reboot",
             not_seen_at_boot(enforced, evidence));
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
    bool dry_run = false, json = false;
    command.flag("-r,--recursive", options.recursive, "also all domains below the named ones");
    command.flag("-p,--pattern", options.pattern,
                 "DOMAIN is a pattern of the policy language, for whole names or their last words");
    command.number("-f,--from", "PROFILE", options.present, 0, 255,
                   "only domains that have this profile now");
    command.flag("-n,--dry-run", dry_run, "change nothing; print what matches and the profile it has");
    command.flag("--json", json, "an array of objects, for programs: domain, profile, mode");
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
        const policy::Profiles profiles = read_profiles(interface);
        require_profile(profiles, options.profile, domains);
        DomainList list(profiles, json);
        if (dry_run) {
            for (const DomainSummary& domain : domains)
                list.add(domain);
            list.finish();
            return complete ? exit_ok : exit_negative;
        }
        write_profile(interface, options.profile, domains);
        const bool good = report(interface, options.profile, domains, list);
        warn_of_next_boot(profiles, options.profile, domains);
        return good && complete ? exit_ok : exit_negative;
    } catch (Error& error) {
        throw error.legacy(no_kernel);
    }
}

} // namespace applet
