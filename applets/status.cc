// SPDX-License-Identifier: GPL-2.0-only
// applet: status
// path: /usr/sbin/tomoyo-status
// also:
// summary: say whether TOMOYO protects this machine, and what to do next
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/text.h"
#include "tomoyo-box/cli/boot_evidence.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/status_report.h"
#include "tomoyo-box/kernel/domain_reader.h"
#include "tomoyo-box/kernel/presence.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/policy_directory.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace {

// The kernel parameter that adds TOMOYO to the modules that run now.
std::string enabling_parameter(const std::string& lsm) {
    std::string_view list = lsm;
    if (list.empty())
        return "security=tomoyo";
    strip(list, "lockdown,");
    strip(list, "capability");
    strip(list, ",");
    const std::string others = (lsm.starts_with("lockdown,") ? "lockdown," : "") + std::string(list);
    return fmt::format("lsm={}{}tomoyo", others, others.empty() || others.ends_with(',') ? "" : ",");
}

// Everything is there, yet the kernel has not called the loader: it does so when it starts its trigger.
Step missed_trigger() {
    const std::string trigger = kernel_parameter("TOMOYO_trigger").value_or("/sbin/init");
    const std::string first = kernel_parameter("init").value_or(kernel_parameter("rdinit").value_or(trigger));
    if (first == trigger)
        return {"reboot",
                fmt::format("the policy is loaded when {} is started; if this system starts another program "
                            "first, boot with TOMOYO_trigger=PATH, its path",
                            trigger)};
    return {"TOMOYO_trigger=" + first,
            fmt::format("add this to the kernel command line and reboot: the policy is "
                        "loaded when {} is started, but this system starts {}",
                        trigger, first)};
}

// Steps towards an active TOMOYO.
void steps_to_activate(const StatusReport& report, std::vector<Step>& steps) {
    const Presence& presence = report.presence;
    if (presence.compiled_in.answer == Answer::no) {
        steps.push_back({"", "boot a kernel that was built with CONFIG_SECURITY_TOMOYO=y"});
        return;
    }
    if (report.has_policy == Answer::no)
        steps.push_back({"tomoyo-box init-policy", "make a policy to start from"});
    if (report.has_loader == Answer::no)
        steps.push_back({fmt::format("ln -s {} {}", "/usr/sbin/tomoyo-box", report.loader),
                         "give the kernel the program that loads the policy at boot"});
    if (presence.enabled.answer == Answer::no)
        steps.push_back({enabling_parameter(presence.lsm), "add this to the kernel command line and reboot"});
    else if (presence.enabled.answer == Answer::unknown)
        steps.push_back({"", "run this as root, with securityfs mounted, to learn more"});
    else if (report.has_loader == Answer::yes && report.has_policy == Answer::yes)
        steps.push_back(missed_trigger());
}

// Steps on the way from no policy to enforcing.
void steps_to_enforce(const StatusReport& report, std::vector<Step>& steps) {
    const bool checks =
        report.policy.uses("learning") || report.policy.uses("permissive") || report.policy.uses("enforcing");
    if (report.has_policy == Answer::no) {
        steps.push_back(
            {"tomoyo-init-policy", "make a policy to start from, and reboot: it is loaded at boot"});
        // All else waits for it: managers and profiles come from there.
        if (!checks)
            return;
    }
    if (report.policy.full)
        steps.push_back(
            {"tomoyo-setlevel 'N-PREFERENCE={ max_learning_entry=4096 }'",
             fmt::format("{} domains have stopped learning (quota_exceeded): let them learn more, or use "
                         "patterns in their entries",
                         report.policy.full)});
    if (report.policy.uses("permissive") || report.policy.uses("enforcing"))
        steps.push_back({fmt::format("cat {}/audit", report.presence.directory),
                         "see what the policy does not allow; each read takes one record away"});
    if (report.policy.uses("learning")) {
        steps.push_back({"tomoyo-savepolicy", "keep what has been learned for the next boot"});
        steps.push_back(
            {"tomoyo-setprofile -r -f 1 2 '<kernel>'",
             "when nothing new is learned any more: from learning (profile 1) to permissive (2)"});
    }
    if (!report.not_seen_at_boot.empty())
        steps.push_back({"tomoyo-setprofile 2 DOMAIN && tomoyo-savepolicy",
                         report.not_seen_at_boot + "; let it run through a boot in permissive mode first"});
    if (report.policy.readable && !checks)
        steps.push_back({"tomoyo-setprofile -r 1 '<kernel>'",
                         "no domain is checked yet: begin to learn what the programs do"});
    if (report.presence.manager.answer == Answer::no && geteuid() == 0)
        steps.push_back(
            {"tomoyo-box help managers", "let tomoyo-loadpolicy and tomoyo-setprofile change the policy"});
}

std::vector<Step> next_steps(const StatusReport& report) {
    std::vector<Step> steps;
    if (report.active())
        steps_to_enforce(report, steps);
    else if (report.presence.directory.empty() || report.presence.real)
        steps_to_activate(report, steps);
    for (const std::string& file : report.hiding)
        steps.push_back(
            {fmt::format("ln -sf policy/current/{} {}", file_name(file), file),
             "that is a file, and no link: the next boot loads it, and not what tomoyo-savepolicy has "
             "saved; what shall stay of it, load first"});
    if (!report.policy.unseen.empty() && geteuid() != 0)
        steps.push_back({"sudo tomoyo-status", "see what only root may see"});
    return steps;
}

// The policy directory is for root only.
Answer is_there(const std::string& path) {
    if (exists(path))
        return Answer::yes;
    return errno == EACCES ? Answer::unknown : Answer::no;
}

// The sentence about domains that enforce without having been seen starting from boot; empty: there are none.
std::string enforced_unseen(const StatusReport& report) {
    if (!report.policy.readable || !report.policy.uses("enforcing"))
        return {};
    const std::string path =
        report.presence.directory + '/' + policy::kind_of(policy::Language::domains).kernel_file;
    const Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        return {};
    const BootEvidence evidence(store::default_directory);
    std::vector<std::string> unseen;
    DomainReader reader(fd.get(), path);
    for (DomainSummary domain; reader.next(domain);) {
        const auto profile =
            report.policy.profiles.find({domain.name.substr(0, domain.name.find(' ')), domain.profile});
        if (profile != report.policy.profiles.end() && profile->second.has_mode("enforcing") &&
            !evidence.has_seen(domain.name))
            unseen.push_back(domain.name);
    }
    return unseen.empty() ? "" : not_seen_at_boot(unseen, evidence);
}

// BRIEF: without the policy, which may be large.
StatusReport make_report(bool brief) {
    StatusReport report;
    report.presence = find_presence();
    report.loader = kernel_parameter("TOMOYO_loader").value_or("/sbin/tomoyo-init");
    report.has_loader = is_there(report.loader);
    report.has_policy = is_there(std::string(store::default_directory) + '/' +
                                 policy::kind_of(policy::Language::profiles).file);
    report.hiding = store::files_in_place_of_links(store::default_directory);
    if (!report.presence.directory.empty() && !brief)
        read_policy_summary(report.presence, report.policy);
    report.not_seen_at_boot = enforced_unseen(report);
    report.next = next_steps(report);
    return report;
}

int verdict(const StatusReport& report, const std::string& mode) {
    if (report.presence.activated.answer == Answer::unknown)
        return exit_trouble;
    if (!report.active())
        return exit_negative;
    if (mode.empty())
        return exit_ok;
    if (!report.policy.readable)
        return exit_trouble;
    return report.policy.uses(mode) ? exit_ok : exit_negative;
}

} // namespace

namespace applet {

int status(const Call& call) {
    Command command(
        call, "Says whether TOMOYO is compiled into this kernel, enabled, initialised and activated, and "
              "how we know; shows policy, memory and violations, and what to do next. Changes nothing. "
              "Exits with 0 when TOMOYO is active, 1 when it is not, 2 when that cannot be found out.");
    bool quiet = false, json = false;
    std::string mode;
    command.flag("-q,--quiet", quiet, "print nothing; the exit status says it");
    command.flag("--json", json, "the report as one object, for programs");
    command.option("--require", "learning|permissive|enforcing", mode,
                   "exit with 0 only when a domain is in this mode as well");
    command.example("tomoyo-status", "the report");
    command.example("tomoyo-status -q && tomoyo-savepolicy", "in a script: only where TOMOYO is active");
    command.example("tomoyo-status -q --require enforcing || echo 'nothing is enforced'",
                    "a check for monitoring");
    if (const auto code = command.parse())
        return *code;

    const StatusReport report = make_report(quiet && !json && mode.empty());
    if (json)
        report.print_json();
    else if (!quiet)
        report.print_text();
    return verdict(report, mode);
}

} // namespace applet
