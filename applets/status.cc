// SPDX-License-Identifier: GPL-2.0-only
// applet: status
// path: /usr/sbin/tomoyo-status
// also:
// summary: say whether TOMOYO protects this machine, and what to do next
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/domain_reader.h"
#include "tomoyo-box/kernel/presence.h"
#include "tomoyo-box/kernel/process.h"
#include "tomoyo-box/policy/language/profiles.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/store/layout.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <map>
#include <set>
#include <unistd.h>

namespace {

// One profile of one namespace, and who uses it.
struct Profile {
    bool defined = false;
    std::string mode = "disabled"; // of CONFIG
    std::set<std::string> also;    // other modes, of CONFIG::...
    std::string comment;
    uint64_t domains = 0;
    uint64_t processes = 0;

    bool has_mode(const std::string& wanted) const { return mode == wanted || also.contains(wanted); }
};

// "Policy violation in enforcing mode:  3 (Last: ...)"
struct Counter {
    std::string title;
    uint64_t value = 0;
    std::string note; // what is in the parentheses
};

struct Feature {
    std::string name, state, reason;
};

struct Report {
    Presence presence;
    std::string loader; // path
    Answer has_loader = Answer::unknown;
    Answer has_policy = Answer::unknown; // a policy directory to load from
    bool readable = false;               // the policy in the kernel; what follows is known
    uint64_t domains = 0, entries = 0, full = 0, failed = 0, exceptions = 0, managers = 0;
    std::map<std::pair<std::string, unsigned>, Profile> profiles; // by namespace and number
    bool has_processes = false;
    std::vector<Counter> memory, events;
    std::vector<Feature> features;   // of a kernel that can do more than 2.6
    std::vector<std::string> unseen; // what could not be read, and why

    bool active() const { return presence.activated.answer == Answer::yes; }
    bool uses(const std::string& mode) const {
        for (const auto& [key, profile] : profiles)
            if (profile.domains && profile.has_mode(mode))
                return true;
        return false;
    }
};

// Opens a file of the interface; when that fails, says so in the report.
Fd open_part(Report& report, std::string_view file) {
    const std::string path = report.presence.directory + "/" + std::string(file);
    Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        report.unseen.push_back(fmt::format("{}: {}", path, errno_text(errno)));
    return fd;
}

// Calls VISIT(line) for every line of a file of the interface that is not empty; false when it cannot be
// read.
template <typename Visit> bool for_each_line(Report& report, std::string_view file, Visit visit) {
    const Fd fd = open_part(report, file);
    if (!fd)
        return false;
    policy::PolicyReader reader(fd.get(), report.presence.directory + "/" + std::string(file));
    std::string_view line;
    while (reader.next_normalized(line))
        if (!line.empty())
            visit(line);
    return true;
}

Profile& profile_of(Report& report, const std::string& domain, unsigned number) {
    return report.profiles[{domain.substr(0, domain.find(' ')), number}];
}

std::string mode_word(unsigned config) {
    return std::string(policy::view(tmy_mode_word(static_cast<tmy_mode>(config & TMY_CONFIG_MODE))));
}

void read_profiles(Report& report) {
    policy::Profiles profiles;
    for_each_line(report, "profile", [&](std::string_view line) { profiles.add(line); });
    for (const auto& [key, defined] : profiles.all()) {
        Profile& profile = report.profiles[key];
        profile.defined = true;
        profile.comment = defined.comment;
        profile.mode = mode_word(defined.values.config[TMY_ITEM_CONFIG]);
        for (unsigned item = 0; item < TMY_ITEM_CONFIG; item++)
            if (const unsigned config = defined.values.config[item]; config != TMY_CONFIG_USE_DEFAULT)
                profile.also.insert(mode_word(config));
    }
}

void read_domain_policy(Report& report) {
    const Fd fd = open_part(report, "domain_policy");
    if (!fd)
        return;
    report.readable = true;
    DomainReader reader(fd.get(), report.presence.directory + "/domain_policy");
    Progress progress("reading domains", 0);
    DomainSummary domain;
    while (reader.next(domain)) {
        progress.at(++report.domains);
        report.entries += domain.entries;
        report.full += domain.quota_exceeded;
        report.failed += domain.transition_failed;
        profile_of(report, domain.name, domain.profile).domains++;
    }
}

// "TITLE: NUMBER (NOTE)": the lines of stat, and of meminfo in the versions that had it instead.
void read_counter(Report& report, std::string_view line) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    Counter counter{std::string(line.substr(0, colon)), 0, {}};
    std::string_view rest = line.substr(colon + 1);
    strip(rest, " ");
    std::from_chars(rest.data(), rest.data() + rest.size(), counter.value);
    take_word(rest);
    if (strip(rest, "(") && rest.ends_with(')'))
        counter.note = policy::normalize(rest.substr(0, rest.size() - 1));
    (counter.title.starts_with("Policy ") ? report.events : report.memory).push_back(std::move(counter));
}

void read_processes_of(Report& report) {
    if (!report.presence.interface || !report.presence.real)
        return;
    try {
        for (const Process& process : read_processes(*report.presence.interface))
            if (!process.domain.empty())
                profile_of(report, process.domain, static_cast<unsigned>(process.profile)).processes++;
        report.has_processes = true;
    } catch (const Error& error) {
        report.unseen.push_back(error.message());
    }
}

void read_policy(Report& report) {
    read_profiles(report);
    for_each_line(report, "exception_policy", [&](std::string_view) { report.exceptions++; });
    for_each_line(report, "manager", [&](std::string_view) { report.managers++; });
    read_domain_policy(report);
    const bool old =
        !exists(report.presence.directory + "/stat") && exists(report.presence.directory + "/meminfo");
    for_each_line(report, old ? "meminfo" : "stat",
                  [&](std::string_view line) { read_counter(report, line); });
    if (exists(report.presence.directory + "/features"))
        for_each_line(report, "features", [&](std::string_view line) {
            Feature feature;
            feature.name = take_word(line);
            feature.state = take_word(line);
            feature.reason = line;
            report.features.push_back(std::move(feature));
        });
    read_processes_of(report);
}

// The policy directory is for root only.
Answer is_there(const std::string& path) {
    if (exists(path))
        return Answer::yes;
    return errno == EACCES ? Answer::unknown : Answer::no;
}

// BRIEF: without the policy, which may be large.
Report make_report(bool brief) {
    Report report;
    report.presence = find_presence();
    report.loader = kernel_parameter("TOMOYO_loader").value_or("/sbin/tomoyo-init");
    report.has_loader = is_there(report.loader);
    report.has_policy = is_there(std::string(store::default_directory) + "/profile.conf");
    if (!report.presence.directory.empty() && !brief)
        read_policy(report);
    return report;
}

// --- What next
// -------------------------------------------------------------------------------------------------------

struct Step {
    std::string command; // may be empty
    std::string meaning;
};

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
void steps_to_activate(const Report& report, std::vector<Step>& steps) {
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

// Steps on the way from learning to enforcing.
void steps_to_enforce(const Report& report, std::vector<Step>& steps) {
    if (report.full)
        steps.push_back(
            {"tomoyo-setlevel 'N-PREFERENCE={ max_learning_entry=4096 }'",
             fmt::format("{} domains have stopped learning (quota_exceeded): let them learn more, or use "
                         "patterns in their entries",
                         report.full)});
    if (report.uses("permissive") || report.uses("enforcing"))
        steps.push_back({fmt::format("cat {}/audit", report.presence.directory),
                         "see what the policy does not allow; each read takes one record away"});
    if (report.uses("learning")) {
        steps.push_back({"tomoyo-savepolicy", "keep what has been learned for the next boot"});
        steps.push_back(
            {"tomoyo-setprofile -r -f 1 2 '<kernel>'",
             "when nothing new is learned any more: from learning (profile 1) to permissive (2)"});
    }
    if (report.readable && !report.uses("learning") && !report.uses("permissive") &&
        !report.uses("enforcing"))
        steps.push_back({"tomoyo-setprofile -r 1 '<kernel>'",
                         "no domain is checked yet: begin to learn what the programs do"});
    if (report.presence.manager.answer == Answer::no && geteuid() == 0)
        steps.push_back({"tomoyo-box help managers", "let this program change the policy"});
}

std::vector<Step> next_steps(const Report& report) {
    std::vector<Step> steps;
    if (report.active())
        steps_to_enforce(report, steps);
    else if (report.presence.directory.empty() || report.presence.real)
        steps_to_activate(report, steps);
    if (!report.unseen.empty() && geteuid() != 0)
        steps.push_back({"sudo tomoyo-status", "see what only root may see"});
    return steps;
}

// --- Text
// ------------------------------------------------------------------------------------------------------------

std::string_view word_for(Answer answer) {
    return answer == Answer::yes ? "yes" : answer == Answer::no ? "no" : "unknown";
}

struct Text {
    bool color = use_color(STDOUT_FILENO);

    std::string paint(Answer answer, std::string_view word) const {
        if (!color)
            return std::string(word);
        const char* code = answer == Answer::yes ? ansi::green : answer == Answer::no ? ansi::red : ansi::yellow;
        return fmt::format("{}{}{}", code, word, ansi::off);
    }
    void finding(const char* name, Answer answer, std::string_view because) const {
        out().print("  {:<15} {}  {}\n", name, paint(answer, fmt::format("{:<7}", word_for(answer))),
                    because);
    }
    void finding(const char* name, const Finding& finding) const {
        this->finding(name, finding.answer, finding.because);
    }
};

std::string headline(const Report& report) {
    const Presence& presence = report.presence;
    const std::string name = presence.version.empty() ? "TOMOYO" : "TOMOYO " + presence.version;
    if (report.active())
        return name + " is active";
    if (presence.activated.answer == Answer::unknown)
        return name + " may or may not be active";
    if (presence.initialised.answer == Answer::yes)
        return name + " is not active: no policy has been loaded";
    if (presence.compiled_in.answer == Answer::no)
        return name + " is not active: this kernel was built without it";
    return name + " is not active: it was not enabled at boot";
}

std::string profile_name(const std::pair<std::string, unsigned>& key) {
    return key.first == "<kernel>" ? fmt::format("{}", key.second)
                                   : fmt::format("{} {}", key.first, key.second);
}

std::string mode_name(const Profile& profile) {
    if (!profile.defined)
        return "(undefined)";
    std::string others;
    for (const std::string& mode : profile.also)
        if (mode != profile.mode)
            others += (others.empty() ? "" : ", ") + mode;
    return others.empty() ? profile.mode : fmt::format("{} (also {})", profile.mode, others);
}

// Without the blanks that an empty last column leaves.
void print_trimmed(std::string_view line) {
    out().print("{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
}

void print_profiles(const Report& report) {
    size_t name_width = 7, mode_width = 10;
    for (const auto& [key, profile] : report.profiles) {
        name_width = std::max(name_width, profile_name(key).size());
        mode_width = std::max(mode_width, mode_name(profile).size());
    }
    out().print("\n{:<{}}  {:<{}}  {:>7}  {:>9}  comment\n", "Profile", name_width + 2, "mode", mode_width,
                "domains", "processes");
    for (const auto& [key, profile] : report.profiles) {
        const std::string processes = report.has_processes ? fmt::format("{}", profile.processes) : "?";
        const std::string line =
            fmt::format("  {:<{}}  {:<{}}  {:>7}  {:>9}  {}", profile_name(key), name_width,
                        mode_name(profile), mode_width, profile.domains, processes, profile.comment);
        print_trimmed(line);
    }
}

void print_counters(const char* title, const std::vector<Counter>& counters) {
    if (counters.empty())
        return;
    out().print("\n{}\n", title);
    for (const Counter& counter : counters)
        out().print("  {:<37} {:>12}{}\n", counter.title, counter.value,
                    counter.note.empty() ? "" : "  (" + counter.note + ")");
}

void print_text(const Report& report) {
    const Text text;
    const Presence& presence = report.presence;
    out().print("{}\n\n", text.paint(presence.activated.answer, headline(report)));
    text.finding("compiled in", presence.compiled_in);
    text.finding("enabled", presence.enabled);
    text.finding("initialised", presence.initialised);
    text.finding("activated", presence.activated);
    text.finding("policy loader", report.has_loader, report.loader);
    text.finding("policy on disk", report.has_policy, store::default_directory);
    if (!presence.directory.empty())
        text.finding("manager", presence.manager);

    if (report.readable) {
        out().print("\nPolicy\n");
        out().print("  {:<37} {:>12}\n", "domains", report.domains);
        if (report.full)
            out().print("  {:<37} {:>12}\n", "  that stopped learning (quota)", report.full);
        if (report.failed)
            out().print("  {:<37} {:>12}\n", "  with a failed transition", report.failed);
        out().print("  {:<37} {:>12}\n", "entries in domains", report.entries);
        out().print("  {:<37} {:>12}\n", "lines of exception policy", report.exceptions);
        out().print("  {:<37} {:>12}\n", "managers", report.managers);
        print_profiles(report);
    }
    print_counters("Events", report.events);
    print_counters("Memory in bytes", report.memory);
    if (!report.features.empty())
        out().print("\nBeyond 2.6\n");
    for (const Feature& feature : report.features)
        print_trimmed(fmt::format("  {:<24} {:<12} {}", feature.name, feature.state, feature.reason));

    if (!report.unseen.empty())
        out().print("\nNot seen\n");
    for (const std::string& what : report.unseen)
        out().print("  {}\n", what);

    const std::vector<Step> steps = next_steps(report);
    if (!steps.empty())
        out().print("\nWhat next\n");
    for (const Step& step : steps) {
        if (!step.command.empty())
            out().print("  {}\n    ", step.command);
        out().print("  {}\n", step.meaning);
    }
}

// --- JSON
// ------------------------------------------------------------------------------------------------------------

void json_answer(Json& json, const char* name, Answer answer) {
    json.key(name);
    if (answer == Answer::unknown)
        json.null();
    else
        json.value(answer == Answer::yes);
}

void json_finding(Json& json, const char* name, const Finding& finding) {
    json.key(name).object();
    json_answer(json, "answer", finding.answer);
    json.key("because").value(finding.because).end();
}

void json_counters(Json& json, const char* name, const std::vector<Counter>& counters) {
    json.key(name).array();
    for (const Counter& counter : counters)
        json.object()
            .key("title")
            .value(counter.title)
            .key("value")
            .value(counter.value)
            .key("note")
            .value(counter.note)
            .end();
    json.end();
}

void json_policy(Json& json, const Report& report) {
    json.key("policy").object();
    json.key("domains").value(report.domains).key("quota_exceeded").value(report.full);
    json.key("transition_failed").value(report.failed).key("entries").value(report.entries);
    json.key("exceptions").value(report.exceptions).key("managers").value(report.managers).end();
    json.key("profiles").array();
    for (const auto& [key, profile] : report.profiles) {
        json.object().key("namespace").value(key.first).key("profile").value(key.second);
        json.key("defined").value(profile.defined).key("mode").value(profile.mode).key("other_modes").array();
        for (const std::string& mode : profile.also)
            json.value(mode);
        json.end()
            .key("comment")
            .value(profile.comment)
            .key("domains")
            .value(profile.domains)
            .key("processes");
        if (report.has_processes)
            json.value(profile.processes);
        else
            json.null();
        json.end();
    }
    json.end();
}

void print_json(const Report& report) {
    const Presence& presence = report.presence;
    Json json;
    json.object().key("version").value(presence.version).key("interface").value(presence.directory);
    json.key("lsm").value(presence.lsm);
    json_finding(json, "compiled_in", presence.compiled_in);
    json_finding(json, "enabled", presence.enabled);
    json_finding(json, "initialised", presence.initialised);
    json_finding(json, "activated", presence.activated);
    json_finding(json, "manager", presence.manager);
    json.key("loader").object().key("path").value(report.loader);
    json_answer(json, "exists", report.has_loader);
    json.end();
    json_answer(json, "policy_on_disk", report.has_policy);
    if (report.readable)
        json_policy(json, report);
    json_counters(json, "events", report.events);
    json_counters(json, "memory", report.memory);
    json.key("features").array();
    for (const Feature& feature : report.features)
        json.object()
            .key("name")
            .value(feature.name)
            .key("state")
            .value(feature.state)
            .key("reason")
            .value(feature.reason)
            .end();
    json.end().key("not_seen").array();
    for (const std::string& what : report.unseen)
        json.value(what);
    json.end().key("next").array();
    for (const Step& step : next_steps(report))
        json.object().key("command").value(step.command).key("meaning").value(step.meaning).end();
    out().write(json.end().end().text());
}

int verdict(const Report& report, const std::string& mode) {
    if (report.presence.activated.answer == Answer::unknown)
        return exit_trouble;
    if (!report.active())
        return exit_negative;
    if (mode.empty())
        return exit_ok;
    if (!report.readable)
        return exit_trouble;
    return report.uses(mode) ? exit_ok : exit_negative;
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
    command.option("--require", "MODE", mode,
                   "exit with 0 only when a domain is in MODE as well: learning, permissive, enforcing");
    command.example("tomoyo-status", "the report");
    command.example("tomoyo-status -q && tomoyo-savepolicy", "in a script: only where TOMOYO is active");
    command.example("tomoyo-status -q --require enforcing || echo 'nothing is enforced'",
                    "a check for monitoring");
    if (const auto code = command.parse())
        return *code;
    if (!mode.empty() && mode != "learning" && mode != "permissive" && mode != "enforcing")
        throw command.usage_error(
            fmt::format("--require takes learning, permissive or enforcing, not '{}'", mode));

    const Report report = make_report(quiet && !json && mode.empty());
    if (json)
        print_json(report);
    else if (!quiet)
        print_text(report);
    return verdict(report, mode);
}

} // namespace applet
