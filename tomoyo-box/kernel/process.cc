// SPDX-License-Identifier: GPL-2.0-only
// Processes and the domains they are in.
#include "tomoyo-box/kernel/process.h"

#include "tomoyo-box/base/path.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>

namespace {

// Decodes what the kernel escapes in a "Name:" line: newline and backslash.
std::string unescape_name(std::string_view text) {
    std::string name;
    for (size_t i = 0; i < text.size(); i++) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == '\\'))
            name += text[++i] == 'n' ? '\n' : '\\';
        else
            name += text[i];
    }
    return name;
}

// The value behind "KEY:\t" in /proc/PID/status; empty when missing.
std::string_view field(std::string_view status, std::string_view key) {
    for (size_t at = 0; at < status.size();) {
        const size_t end = std::min(status.find('\n', at), status.size());
        std::string_view line = status.substr(at, end - at);
        if (line.starts_with(key) && line.substr(key.size()).starts_with(":\t"))
            return line.substr(key.size() + 2);
        at = end + 1;
    }
    return {};
}

int number(std::string_view text, int otherwise) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// "PID PROFILE DOMAIN"
void read_domain(const Fd& status, Process& process) {
    char answer[8192];
    if (!write_all(status.get(), fmt::format("{}\n", process.pid)))
        return;
    const ssize_t got = read_some(status.get(), answer, sizeof answer);
    if (got <= 0)
        return;
    std::string_view text(answer, static_cast<size_t>(got));
    for (int skip = 0; skip < 2; skip++) {
        const size_t blank = text.find(' ');
        if (blank == std::string_view::npos)
            return;
        if (skip == 1)
            process.profile = number(text.substr(0, blank), 0);
        text.remove_prefix(blank + 1);
    }
    process.domain = text.substr(0, text.find('\n'));
}

} // namespace

std::vector<Process> read_processes(const Interface& interface) {
    const std::unique_ptr<DIR, int (*)(DIR*)> proc(opendir("/proc"), closedir);
    if (!proc || !exists("/proc/self/stat"))
        throw Error(exit_trouble, "cannot read /proc", "mount proc on /proc first");
    const Fd status = interface.open(".process_status", O_RDWR);
    std::vector<Process> processes;
    while (const dirent* entry = readdir(proc.get())) {
        Process process;
        process.pid = number(entry->d_name, 0);
        if (process.pid <= 0)
            continue;
        const std::string directory = std::string("/proc/") + entry->d_name;
        const Fd fd = open_fd(directory + "/status", O_RDONLY);
        if (!fd)
            continue; // it has gone
        std::string text;
        try {
            text = read_all(fd.get(), directory + "/status");
        } catch (const Error&) {
            continue; // it went between open and read (ESRCH)
        }
        process.name = unescape_name(field(text, "Name"));
        if (process.name.empty())
            process.name = "<UNKNOWN>";
        process.parent = number(field(text, "PPid"), 1);
        process.zombie = field(text, "State").starts_with('Z');
        process.kernel_thread = !process.zombie && link_target(directory + "/exe").empty();
        read_domain(status, process);
        processes.push_back(std::move(process));
    }
    std::sort(processes.begin(), processes.end(),
              [](const Process& a, const Process& b) { return a.pid < b.pid; });
    return processes;
}
