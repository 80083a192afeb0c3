// SPDX-License-Identifier: GPL-2.0-only
// StatusReport: text and JSON.
#include "tomoyo-box/cli/status_report.h"

#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/store/layout.h"

#include <unistd.h>

namespace {

std::string_view word_for(Answer answer) {
    return answer == Answer::yes ? "yes" : answer == Answer::no ? "no" : "unknown";
}

struct Text {
    bool color = use_color(STDOUT_FILENO);

    std::string paint(Answer answer, std::string_view word) const {
        if (!color)
            return std::string(word);
        const char* code = answer == Answer::yes  ? ansi::green
                           : answer == Answer::no ? ansi::red
                                                  : ansi::yellow;
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

std::string headline(const StatusReport& report) {
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

std::string mode_name(const ProfileUse& profile) {
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

void print_profiles(const StatusReport& report) {
    size_t name_width = 7, mode_width = 10;
    for (const auto& [key, profile] : report.policy.profiles) {
        name_width = std::max(name_width, profile_name(key).size());
        mode_width = std::max(mode_width, mode_name(profile).size());
    }
    out().print("\n{:<{}}  {:<{}}  {:>7}  {:>9}  comment\n", "Profile", name_width + 2, "mode", mode_width,
                "domains", "processes");
    for (const auto& [key, profile] : report.policy.profiles) {
        const std::string processes =
            report.policy.has_processes ? fmt::format("{}", profile.processes) : "?";
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

void json_policy(Json& json, const StatusReport& report) {
    json.key("policy").object();
    json.key("domains").value(report.policy.domains).key("quota_exceeded").value(report.policy.full);
    json.key("transition_failed").value(report.policy.failed).key("entries").value(report.policy.entries);
    json.key("exceptions")
        .value(report.policy.exceptions)
        .key("managers")
        .value(report.policy.managers)
        .end();
    json.key("profiles").array();
    for (const auto& [key, profile] : report.policy.profiles) {
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
        if (report.policy.has_processes)
            json.value(profile.processes);
        else
            json.null();
        json.end();
    }
    json.end();
}

} // namespace

void StatusReport::print_text() const {
    const Text text;
    out().print("{}\n\n", text.paint(presence.activated.answer, headline(*this)));
    text.finding("compiled in", presence.compiled_in);
    text.finding("enabled", presence.enabled);
    text.finding("initialised", presence.initialised);
    text.finding("activated", presence.activated);
    text.finding("policy loader", has_loader, loader);
    text.finding("policy on disk", has_policy, store::default_directory);
    if (!presence.directory.empty())
        text.finding("manager", presence.manager);

    if (policy.readable) {
        out().print("\nPolicy\n");
        out().print("  {:<37} {:>12}\n", "domains", policy.domains);
        if (policy.full)
            out().print("  {:<37} {:>12}\n", "  that stopped learning (quota)", policy.full);
        if (policy.failed)
            out().print("  {:<37} {:>12}\n", "  with a failed transition", policy.failed);
        out().print("  {:<37} {:>12}\n", "entries in domains", policy.entries);
        out().print("  {:<37} {:>12}\n", "lines of exception policy", policy.exceptions);
        out().print("  {:<37} {:>12}\n", "managers", policy.managers);
        print_profiles(*this);
    }
    print_counters("Events", policy.events);
    print_counters("Memory in bytes", policy.memory);
    if (!policy.features.empty())
        out().print("\nBeyond 2.6\n");
    for (const Feature& feature : policy.features)
        print_trimmed(fmt::format("  {:<24} {:<12} {}", feature.name, feature.state, feature.reason));

    if (!policy.unseen.empty())
        out().print("\nNot seen\n");
    for (const std::string& what : policy.unseen)
        out().print("  {}\n", what);

    if (!next.empty())
        out().print("\nWhat next\n");
    for (const Step& step : next) {
        if (!step.command.empty())
            out().print("  {}\n    ", step.command);
        out().print("  {}\n", step.meaning);
    }
}

void StatusReport::print_json() const {
    Json json;
    json.object().key("version").value(presence.version).key("interface").value(presence.directory);
    json.key("lsm").value(presence.lsm);
    json_finding(json, "compiled_in", presence.compiled_in);
    json_finding(json, "enabled", presence.enabled);
    json_finding(json, "initialised", presence.initialised);
    json_finding(json, "activated", presence.activated);
    json_finding(json, "manager", presence.manager);
    json.key("loader").object().key("path").value(loader);
    json_answer(json, "exists", has_loader);
    json.end();
    json_answer(json, "policy_on_disk", has_policy);
    json.key("hidden_by").array();
    for (const std::string& file : hiding)
        json.value(file);
    json.end().key("not_seen_at_boot").value(not_seen_at_boot);
    if (policy.readable)
        json_policy(json, *this);
    json_counters(json, "events", policy.events);
    json_counters(json, "memory", policy.memory);
    json.key("features").array();
    for (const Feature& feature : policy.features)
        json.object()
            .key("name")
            .value(feature.name)
            .key("state")
            .value(feature.state)
            .key("reason")
            .value(feature.reason)
            .end();
    json.end().key("not_seen").array();
    for (const std::string& what : policy.unseen)
        json.value(what);
    json.end().key("next").array();
    for (const Step& step : next)
        json.object().key("command").value(step.command).key("meaning").value(step.meaning).end();
    out().write(json.end().end().text());
}
