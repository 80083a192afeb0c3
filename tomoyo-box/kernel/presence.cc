// SPDX-License-Identifier: GPL-2.0-only
// Presence: the evidence, the strongest first.
#include "tomoyo-box/kernel/presence.h"

#include "tomoyo-box/base/line_reader.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/text.h"
#include "tomoyo-box/kernel/managers.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace {

constexpr const char* securityfs = "/sys/kernel/security";
constexpr long securityfs_magic = 0x73636673;
constexpr const char* directory_of_1_8 = "/proc/ccs";

bool is_securityfs(const std::string& directory) {
    struct statfs status = {};
    return statfs(directory.c_str(), &status) == 0 && status.f_type == securityfs_magic;
}

// A small file; nothing when it cannot be opened or read.
std::optional<std::string> peek(const std::string& path) {
    const Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        return std::nullopt;
    try {
        return read_all(fd.get(), path);
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

bool listed(std::string_view list, std::string_view name) {
    for (;;) {
        const size_t comma = std::min(list.find(','), list.size());
        if (list.substr(0, comma) == name)
            return true;
        if (comma == list.size())
            return false;
        list.remove_prefix(comma + 1);
    }
}

// Does a line of the file contain one of TEXTS, or with WHOLE is it one? Nothing when it cannot be read, or
// is empty.
std::optional<bool> file_has_line(const std::string& path, std::initializer_list<std::string_view> texts,
                                  bool whole) {
    const Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        return std::nullopt;
    LineReader reader(fd.get(), path);
    std::string_view line;
    try {
        while (reader.next(line))
            for (const std::string_view text : texts)
                if (whole ? line == text : line.find(text) != std::string_view::npos)
                    return true;
    } catch (const Error&) {
        return std::nullopt;
    }
    return reader.number() ? std::optional(false) : std::nullopt;
}

Finding find_compiled_in(const Presence& presence) {
    if (presence.enabled.answer == Answer::yes)
        return {Answer::yes, "it runs"};
    struct utsname kernel = {};
    if (uname(&kernel) == 0) {
        constexpr std::string_view option = "CONFIG_SECURITY_TOMOYO=y";
        for (const std::string& path : {std::string("/boot/config-") + kernel.release,
                                        std::string("/lib/modules/") + kernel.release + "/config"})
            if (const auto found = file_has_line(path, {option}, true))
                return {*found ? Answer::yes : Answer::no,
                        fmt::format("{} {} {}", path, *found ? "has" : "lacks", option)};
    }
    // Addresses may be hidden, the names are there for everyone: mainline's, and those of our own kernel
    // side.
    if (const auto found = file_has_line("/proc/kallsyms", {"tomoyo", "tmy_check"}, false))
        return {*found ? Answer::yes : Answer::no,
                fmt::format("/proc/kallsyms {} its functions", *found ? "names" : "does not name")};
    return {Answer::unknown, "neither /boot/config-RELEASE nor /proc/kallsyms can be read"};
}

Finding find_enabled(const Presence& presence) {
    if (!presence.lsm.empty())
        return {listed(presence.lsm, "tomoyo") ? Answer::yes : Answer::no,
                fmt::format("{}/lsm: {}", securityfs, presence.lsm)};
    if (presence.real)
        return {Answer::yes, "it has an interface"};
    for (const char* name : {"lsm", "security"}) // lsm= wins over security=
        if (const auto value = kernel_parameter(name); value && !listed(*value, "tomoyo"))
            return {Answer::no, fmt::format("kernel parameter {}={}", name, *value)};
    return {Answer::unknown, fmt::format("{}/lsm cannot be read", securityfs)};
}

Finding find_initialised(const Presence& presence) {
    if (presence.real)
        return {Answer::yes, presence.directory};
    if (!presence.directory.empty())
        return {Answer::unknown, presence.directory + " is not the kernel's interface"};
    if (is_securityfs(securityfs))
        return {Answer::no, fmt::format("{}/tomoyo does not exist", securityfs)};
    return {Answer::unknown, fmt::format("securityfs is not mounted on {}", securityfs)};
}

// The kernel's own words, while they are still in the buffer of its log. Nothing when they are not, but could
// have been.
std::optional<bool> activated_by_log() {
    const Fd log = open_fd("/dev/kmsg", O_RDONLY | O_NONBLOCK);
    if (!log)
        return std::nullopt;
    char record[8192];
    bool complete = false; // the buffer still has the first record of all
    for (bool first = true;; first = false) {
        const ssize_t got = read_some(log.get(), record, sizeof record);
        if (got < 0 && errno == EPIPE)
            continue; // overwritten just now
        if (got <= 0)
            return complete ? std::optional(false) : std::nullopt;
        // "PRIORITY,SEQUENCE,TIME,FLAGS;TEXT"; a priority below 8 is the kernel's own.
        const std::string_view text(record, static_cast<size_t>(got));
        if (first)
            complete = text.substr(text.find(',') + 1).starts_with("0,");
        const bool kernel = text.size() > 1 && text[1] == ',';
        if (kernel && text.find("Mandatory Access Control activated.") != std::string_view::npos)
            return true;
    }
}

// The domain of process 1; empty when the kernel does not say.
std::string first_domain(const std::string& directory) {
    const Fd status = open_fd(directory + "/.process_status", O_RDWR);
    char answer[8192];
    if (!status || !write_all(status.get(), "1\n"))
        return {};
    const ssize_t got = read_some(status.get(), answer, sizeof answer);
    const std::string_view text(answer, got > 0 ? static_cast<size_t>(got) : 0);
    return std::string(text.substr(std::min(text.find('<'), text.size())));
}

// A tool beside this program or in the usual place: its real path, and the one it is started by. Empty: there
// is none.
std::pair<std::string, std::string> find_tool(const std::string& name) {
    char real[PATH_MAX], directory[PATH_MAX];
    for (const std::string& place : {std::string("/usr/sbin"), parent_directory(own_executable())}) {
        const std::string path = fmt::format("{}/{}", place, name);
        if (realpath(path.c_str(), real) && realpath(place.c_str(), directory))
            return {real, fmt::format("{}/{}", directory, name)};
    }
    return {};
}

// An inactive kernel takes every write of root, and leaves processes in <kernel> when they start programs.
Finding find_activated(const Presence& presence, bool refused) {
    if (!presence.real && !presence.directory.empty())
        return {Answer::unknown, presence.initialised.because};
    if (!presence.real) {
        if (presence.compiled_in.answer == Answer::no)
            return {Answer::no, "it is not compiled in"};
        if (presence.enabled.answer == Answer::no)
            return {Answer::no, "it is not enabled"};
        if (presence.initialised.answer == Answer::no)
            return {Answer::no, "it is not initialised"};
        return {Answer::unknown, presence.initialised.because};
    }
    if (refused)
        return {Answer::yes, "the kernel refuses policy from this program"};
    const std::optional<bool> log = activated_by_log();
    if (log == true)
        return {Answer::yes, "the kernel log says so"};
    const std::string first = first_domain(presence.directory);
    const std::string own = peek(presence.directory + "/self_domain").value_or("");
    for (const std::string& domain : {first, own})
        if (domain.find(' ') != std::string::npos)
            return {Answer::yes, fmt::format("{} is in the domain {}",
                                             domain == first ? "process 1" : "this process", domain)};
    if (log == false)
        return {Answer::no, "the kernel log, from its start, does not mention it"};
    if (first.empty() && own.empty())
        return {Answer::unknown, "neither kernel log nor domains can be read"};
    return {Answer::no,
            fmt::format("probably: {} is in <kernel>", first.empty() ? "this process" : "process 1")};
}

// The kernel refuses this program. That is as it should be, where the tools that change the policy may.
Finding find_tools(const Presence& presence) {
    const auto manager = peek(presence.directory + "/manager"),
               exceptions = peek(presence.directory + "/exception_policy");
    std::string refused;
    bool any = false;
    if (manager && exceptions) {
        const Managers managers(*manager, *exceptions);
        for (const char* tool : {"tomoyo-loadpolicy", "tomoyo-setprofile"}) {
            const auto [real, called] = find_tool(tool);
            if (real.empty())
                continue;
            any = true;
            if (!managers.may_change(real, called))
                refused = fmt::format(
                    "{} may not change the policy: neither {} nor the domain '<kernel> {}' is a manager",
                    tool, real, called);
        }
    }
    if (!refused.empty())
        return {Answer::no, refused};
    if (any)
        return {Answer::yes,
                "tomoyo-loadpolicy and tomoyo-setprofile may change the policy; this program need not"};
    return {Answer::no, presence.interface->not_a_manager().message()};
}

// REFUSED: the write failed for want of a manager, which happens on an active kernel only.
Finding find_manager(const Presence& presence, bool& refused) {
    if (!presence.interface || !presence.real)
        return {Answer::unknown, "there is no kernel to ask"};
    try {
        refused = !presence.interface->is_manager();
        if (refused)
            return find_tools(presence);
        return {Answer::yes, "the kernel takes policy from this program"};
    } catch (const Error& error) {
        if (error.code() == exit_negative)
            return {Answer::no, error.message()};
        return {Answer::unknown, error.message()};
    }
}

// The file itself is for root only; but later versions have other files.
std::string find_version(const std::string& directory) {
    if (const auto version = peek(directory + "/version"); version && !version->empty())
        return first_line(*version);
    if (directory == directory_of_1_8)
        return "1.8";
    return exists(directory + "/meminfo") ? "2.2 or 2.3" : exists(directory + "/stat") ? "2.4 or later" : "";
}

} // namespace

std::optional<std::string> kernel_parameter(std::string_view name) {
    const std::string line = first_line(peek("/proc/cmdline").value_or(""));
    std::string_view rest = line;
    std::optional<std::string> value;
    while (!rest.empty()) {
        std::string_view word = take_word(rest);
        if (strip(word, name) && strip(word, "="))
            value = word;
    }
    return value;
}

Presence find_presence() {
    Presence presence;
    try {
        presence.interface.emplace();
        presence.directory = presence.interface->directory();
        presence.real = is_securityfs(presence.directory);
    } catch (const Error& error) {
        if (error.code() == exit_trouble)
            throw;
        if (is_directory(directory_of_1_8)) {
            presence.directory = directory_of_1_8;
            presence.real = true;
        }
    }
    presence.lsm = first_line(peek(std::string(securityfs) + "/lsm").value_or(""));
    if (presence.directory == directory_of_1_8)
        presence.lsm.clear(); // it is no LSM
    if (!presence.directory.empty())
        presence.version = find_version(presence.directory);
    presence.enabled = find_enabled(presence);
    presence.compiled_in = find_compiled_in(presence);
    presence.initialised = find_initialised(presence);
    bool refused = false;
    presence.manager = find_manager(presence, refused);
    presence.activated = find_activated(presence, refused);
    return presence;
}
