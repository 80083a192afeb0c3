// SPDX-License-Identifier: GPL-2.0-only
// applet: pstree
// path: /usr/sbin/tomoyo-pstree
// also:
// summary: show the processes as a tree, each with its domain and profile
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/profile_modes.h"
#include "tomoyo-box/kernel/process.h"
#include "tomoyo-box/policy/language/words.h"

#include <map>
#include <unistd.h>

namespace {

constexpr const char* no_kernel = "You can't use this command for this kernel.";

struct Row {
    const Process* process;
    size_t depth;
};

// Depth first from process 1, children in ascending order; then, flat, all that it does not reach: kernel
// threads, and everything where process 1 is not visible. With a stack of its own, since processes can be
// nested without end.
std::vector<Row> tree(const std::vector<Process>& processes) {
    std::multimap<int, const Process*> children; // equal keys stay in the order of insertion
    std::vector<bool> reached(
        processes.size()); // the list is no snapshot: what moved meanwhile may seem a loop
    std::vector<Row> rows, stack;
    for (const Process& process : processes) {
        children.emplace(process.parent, &process);
        if (process.pid == 1)
            stack.push_back({&process, 0});
    }
    while (!stack.empty()) {
        const Row row = stack.back();
        stack.pop_back();
        const auto index = static_cast<size_t>(row.process - processes.data());
        if (reached[index])
            continue;
        reached[index] = true;
        rows.push_back(row);
        const auto [first, last] = children.equal_range(row.process->pid);
        for (auto child = last; child != first;)
            stack.push_back({(--child)->second, row.depth + 1});
    }
    for (size_t i = 0; i < processes.size(); i++)
        if (!reached[i])
            rows.push_back({&processes[i], 0});
    return rows;
}

// On a terminal the profile has the colour of its mode.
void print_text(const std::vector<Row>& rows, const ProfileModes* modes, bool by_mode) {
    const bool color = modes && use_color(STDOUT_FILENO);
    for (const auto& [process, depth] : rows) {
        const std::string indent = depth ? std::string(4 * (depth - 1), ' ') + "  +-" : "";
        const std::string mode = !modes                    ? ""
                                 : process->domain.empty() ? "-"
                                                           : modes->mode(process->domain, process->profile);
        const std::string profile =
            by_mode ? fmt::format("{:10}", mode) : fmt::format("{:3}", process->profile);
        out().print("{}{} {} ({}) {}\n", color ? ProfileModes::paint(mode, profile) : profile, indent,
                    policy::encode(process->name), process->pid,
                    process->domain.empty() ? "<UNKNOWN>" : process->domain);
    }
}

void print_json(const std::vector<Row>& rows, const ProfileModes* modes) {
    Json json;
    json.array();
    for (const auto& [process, depth] : rows) {
        json.object()
            .key("pid")
            .value(process->pid)
            .key("ppid")
            .value(process->parent)
            .key("depth")
            .value(depth);
        json.key("name").value(process->name).key("kernel_thread").value(process->kernel_thread);
        json.key("zombie").value(process->zombie);
        if (process->domain.empty())
            json.key("profile").null().key("mode").null().key("domain").null();
        else
            json.key("profile")
                .value(process->profile)
                .key("mode")
                .value(modes ? modes->mode(process->domain, process->profile) : "")
                .key("domain")
                .value(process->domain);
        json.end();
    }
    out().write(json.end().text());
}

std::vector<Process> list_processes() {
    try {
        return read_processes(Interface());
    } catch (Error& error) {
        throw error.legacy(no_kernel);
    }
}

// Nothing when this process may not read the profiles: numbers are shown all the same.
std::optional<ProfileModes> known_modes() {
    try {
        return ProfileModes(read_profiles(Interface()));
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace

namespace applet {

int pstree(const Call& call) {
    Command command(
        call, "Shows the processes as a tree. Each line holds the profile of the process, its name, its "
              "number in parentheses, and its domain.");
    bool all = false, json = false, by_mode = false;
    command.flag("-a,--all", all, "also kernel threads and processes that have ended (zombies)");
    command.flag("-m,--modes", by_mode, "the mode of each profile in place of its number");
    command.flag("--json", json, "an array of objects in the order of the tree, for programs");
    command.example("tomoyo-pstree", "which program runs in which domain, under which profile");
    command.example("tomoyo-pstree -m", "the same, by the modes of the profiles");
    command.example("tomoyo-pstree | grep '^  3 '", "the processes under profile 3");
    if (const auto code = command.parse())
        return *code;

    std::vector<Process> processes = list_processes();
    if (!all)
        std::erase_if(processes,
                      [](const Process& process) { return process.kernel_thread || process.zombie; });
    std::optional<ProfileModes> modes;
    if (by_mode || json || (!call.compat && use_color(STDOUT_FILENO)))
        modes = known_modes();
    const ProfileModes* known = modes ? &*modes : nullptr;
    if (json)
        print_json(tree(processes), known);
    else
        print_text(tree(processes), known, known && by_mode);
    return exit_ok;
}

} // namespace applet
