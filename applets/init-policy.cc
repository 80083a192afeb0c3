// SPDX-License-Identifier: GPL-2.0-only
// applet: init-policy
// path: /usr/lib/tomoyo/init_policy
// also: /usr/sbin/tomoyo-init-policy
// summary: make the first policy and configuration of a system
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/root_path.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/compat/loose_options.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/template/template.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/missing_files.h"

#include <algorithm>
#include <fcntl.h>
#include <set>

namespace {

using policy::Language;
using store::MissingFile;

struct Settings {
    std::string root = "/";
    std::string directory = store::default_directory;
    std::string base = "auto";
    std::string manager = "auto";
    std::string tools;
    unsigned profile = 0;
    std::set<unsigned> groups;
    policy::ProfileOptions profiles;
    bool learn_environment = false;
};

constexpr std::string_view flags = "file-only-profile full-profile learn-env";
constexpr std::string_view settings_with_value =
    "root policy-dir use-profile use-group grant-log reject-log max-audit-log "
    "max-learning-entry template manager tools-dir";

std::string yes_or_no(const Call& call, const LooseOption& option) {
    return call.compat ? option.value : option_choice(option, "yes no");
}

void apply(const Call& call, const LooseOption& option, Settings& settings) {
    const std::string& name = option.name;
    if (name == "root") {
        settings.root = option.value;
    } else if (name == "policy-dir") {
        settings.directory = option.value;
    } else if (name == "template") {
        settings.base = option_choice(option, "auto busybox distribution");
    } else if (name == "manager") {
        settings.manager = option_choice(option, "auto paths domains box");
    } else if (name == "tools-dir") {
        settings.tools = option.value;
    } else if (name == "use-profile") {
        settings.profile = option_number(call, option, policy::template_profiles - 1);
    } else if (name == "use-group") {
        settings.groups.insert(option_number(call, option, 255));
    } else if (name == "grant-log") {
        settings.profiles.grant_log = yes_or_no(call, option);
    } else if (name == "reject-log") {
        settings.profiles.reject_log = yes_or_no(call, option);
    } else if (name == "max-audit-log") {
        set_option_limit(call, option, settings.profiles.max_audit_log);
    } else if (name == "max-learning-entry") {
        set_option_limit(call, option, settings.profiles.max_learning_entry);
    } else if (name == "learn-env") {
        settings.learn_environment = true;
    } else {
        settings.profiles.file_only = name == "file-only-profile";
    }
}

// Help and version are the core's business; it learns all options for that.
int show_help(const Call& call, const std::string& help) {
    Call asked = call;
    asked.args = {help};
    asked.compat = false;
    Command command(
        asked,
        "Makes the first policy and configuration below /etc/tomoyo from what is installed. Files that "
        "exist are left\nas they are. The dashes before an option may be omitted.");
    bool flag = false;
    std::string text;
    command.option("--root", "DIR", text,
                   "make the policy of the system in DIR (no chroot, nothing in DIR is run)");
    command.option("--policy-dir", "DIR", text, "where to put the files; default /etc/tomoyo");
    command.option("--template", "auto|busybox|distribution", text,
                   "what kind of system; auto (default): what the root looks like");
    command.option("--use-profile", "0|1|2|3", text,
                   "profile of <kernel>: 0 disabled (default), 1 learning, 2 permissive, "
                   "3 enforcing");
    command.option("--use-group", "N", text, "acl_group that <kernel> uses, 0..255; repeatable; default 0");
    command.flag("--file-only-profile", flag, "profiles restrict access to files only");
    command.flag("--full-profile", flag, "profiles restrict everything (default)");
    command.flag("--learn-env", flag,
                 "learn the names of environment variables; default: all are granted (acl_group 0)");
    command.option("--grant-log", "yes|no", text, "log granted requests; default no");
    command.option("--reject-log", "yes|no", text, "log rejected requests; default yes");
    command.option("--max-audit-log", "N", text, "audit logs kept in the kernel; default 1024");
    command.option("--max-learning-entry", "N", text, "entries learned per domain; default 2048");
    command.option("--manager", "auto|paths|domains|box", text,
                   "how manager.conf names the tools; default auto");
    command.option("--tools-dir", "DIR", text,
                   "where the tools are in the root; default: searched, else /usr/sbin");
    command.example("tomoyo-init-policy", "make what is missing below /etc/tomoyo");
    command.example("tomoyo-init-policy --use-profile=1",
                    "start every program in learning mode at the next boot");
    command.example("tomoyo-init-policy --root=rootfs --template=busybox",
                    "make the policy of an image on the build host");
    return command.parse().value_or(exit_ok);
}
const char* file_of(Language language) { return policy::kind_of(language).file; }

// The texts of a first policy, for what is missing.
class Builder {
public:
    Builder(const Call& call, const Settings& settings)
        : call_(call), settings_(settings), root_(settings.root), files_(root_, settings.directory) {}

    void run() {
        // All text first: trouble in making it leaves no trace.
        std::vector<MissingFile> policy, others;
        const auto add = [&](const char* what, Language language, auto text) {
            if (files_.missing(file_of(language)))
                policy.push_back({what, file_of(language), text()});
        };
        add("exception policy", Language::exceptions, [&] { return exceptions(); });
        add("domain policy", Language::domains, [&] { return domains(); });
        add("manager policy", Language::managers, [&] { return manager_list(); });
        add("default profile", Language::profiles,
            [&] { return policy::profile_template(settings_.profiles); });
        const auto other = [&](const char* what, const char* file, std::string_view text) {
            if (files_.missing(file))
                others.push_back({what, file, std::string(text), true});
        };
        if (const char* const quotas = file_of(Language::quotas); files_.missing(quotas))
            others.push_back({"stat policy", quotas, std::string(policy::stat_template)});
        other("configuration file for tomoyo-editpolicy ", "tools/editpolicy.conf",
              policy::editpolicy_template);
        other("configuration file for tomoyo-auditd ", "tools/auditd.conf", policy::auditd_template);
        other("configuration file for tomoyo-patternize ", "tools/patternize.conf",
              policy::patternize_template());
        other("configuration file for tomoyo-notifyd ", "tools/notifyd.conf", policy::notifyd_template);
        files_.create(policy, others);
        warn_of(policy);
    }

private:
    const policy::Managers& managers() {
        if (managers_.entries.empty()) {
            using Style = policy::ManagerStyle;
            const Style style = settings_.manager == "paths"     ? Style::paths
                                : settings_.manager == "domains" ? Style::domains
                                : settings_.manager == "box"     ? Style::box
                                                                 : Style::automatic;
            managers_ = policy::manager_template(root_, style, settings_.tools);
            if (style == Style::automatic && !will_have(managers_.rules))
                managers_ = policy::manager_template(root_, Style::box, settings_.tools);
        }
        return managers_;
    }

    // Managers by domain are worth nothing without their rules, which an exception policy that stays may
    // lack.
    bool will_have(const std::vector<std::string>& rules) const {
        if (files_.missing(file_of(Language::exceptions)))
            return true;
        std::set<std::string> present;
        for_each_policy_line(Language::exceptions, [&](std::string_view line) {
            policy::ExceptionLine parsed;
            if (!parse(line, parsed))
                present.insert(canonical(parsed));
        });
        return std::all_of(rules.begin(), rules.end(), [&](const std::string& rule) {
            policy::ExceptionLine parsed;
            return !parse(rule, parsed) && present.contains(canonical(parsed));
        });
    }

    std::string exceptions() {
        const policy::Base base = settings_.base == "busybox"        ? policy::Base::busybox
                                  : settings_.base == "distribution" ? policy::Base::distribution
                                                                     : policy::detect_base(root_);
        return policy::exception_template(
            root_, {.base = base, .any_environment = !settings_.learn_environment, .as_2_6_1 = call_.compat},
            managers().rules);
    }

    std::string manager_list() {
        std::string text;
        for (const std::string& entry : managers().entries)
            text += entry + '\n';
        return text;
    }

    // A profile.conf that stays may not define what the new domain is to use: the kernel would panic.
    void check_profile() const {
        const char* const file = file_of(Language::profiles);
        if (call_.compat || files_.missing(file))
            return;
        policy::Profiles profiles;
        for_each_policy_line(Language::profiles, [&](std::string_view line) { profiles.add(line); });
        if (profiles.find(policy::kernel_space, settings_.profile))
            return;
        throw Error(exit_trouble,
                    fmt::format("{} does not define profile {}", files_.shown(file), settings_.profile),
                    "choose another with use_profile=N, or remove that file to get the default profiles");
    }

    std::string domains() const {
        check_profile();
        return policy::domain_template(settings_.profile, settings_.groups);
    }

    template <typename Visit> void for_each_policy_line(Language language, Visit visit) const {
        const std::string path = files_.outside(file_of(language));
        const Fd fd = open_fd(path, O_RDONLY);
        if (!fd)
            throw system_trouble("open " + path);
        policy::PolicyReader reader(fd.get(), path);
        for (std::string_view line; reader.next_normalized(line);)
            visit(line);
    }

    void warn_of(const std::vector<MissingFile>& made) const {
        if (call_.compat)
            return;
        const bool made_managers = std::any_of(made.begin(), made.end(), [](const MissingFile& file) {
            return std::string_view(file.path) == file_of(Language::managers);
        });
        if (made_managers && !managers_.found)
            warn("no TOMOYO tool found in {}; manager.conf names the tools in {}, change that with "
                 "--tools-dir=DIR",
                 settings_.tools.empty() ? root_.outside("/") : root_.outside(managers_.directory),
                 managers_.directory);
        if (made.empty())
            return;
        // Together with files that were there before, or with use_profile=3.
        const auto path = [&](Language language) { return files_.outside(file_of(language)); };
        const policy::BootCheck boot = policy::check_boot(
            {path(Language::profiles), path(Language::exceptions), path(Language::domains)});
        for (const policy::BootProblem& problem : boot.problems())
            if (problem.fatal)
                warn("{}: {}; the next boot with this policy fails", problem.where, problem.text);
    }

    const Call& call_;
    const Settings& settings_;
    Root root_;
    store::MissingFiles files_;
    policy::Managers managers_;
};

} // namespace

namespace applet {

int init_policy(const Call& call) {
    std::string help;
    const std::vector<LooseOption> options = read_loose_options(call, flags, settings_with_value, help);
    if (!help.empty())
        return show_help(call, help);
    Settings settings;
    for (const LooseOption& option : options)
        apply(call, option, settings);
    if (settings.groups.empty())
        settings.groups.insert(0);

    if (!settings.directory.starts_with('/'))
        throw Error(exit_trouble, fmt::format("policy_dir '{}' is not an absolute path", settings.directory))
            .legacy("Creating policy directory... failed.");
    if (!settings.tools.empty() && !settings.tools.starts_with('/'))
        throw Error(exit_trouble, fmt::format("tools-dir '{}' is not an absolute path", settings.tools));
    if (!is_directory(settings.root)) {
        const std::string message =
            fmt::format("Can't chroot to '{}'", settings.root); // tools look for these words
        throw Error(exit_trouble, message + ": there is no such directory").legacy(message);
    }
    Builder builder(call, settings);
    try {
        builder.run();
    } catch (Error& error) {
        error.legacy(""); // the old tool said no more than which work failed
        throw;
    }
    return exit_ok;
}

} // namespace applet
