// SPDX-License-Identifier: GPL-2.0-only
// BootCheck: reads a policy as the kernel would, as far as starting depends on it.
#include "tomoyo-box/policy/boot_check.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>

namespace policy {

namespace {

constexpr std::string_view kernel = "<kernel>";
constexpr std::string_view current_version = "20150505";
constexpr unsigned most_remarks = 100;               // a file of nonsense shall not fill the memory
constexpr std::string_view old_version = "20110903"; // the kernel upgrades it by itself

// A decimal number at the front of TEXT, which becomes the rest. The kernel stops at the first other
// character.
std::optional<unsigned long> take_number(std::string_view& text) {
    unsigned long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc())
        return std::nullopt;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    return value;
}

std::string_view namespace_of(std::string_view domain) { return domain.substr(0, domain.find(' ')); }

bool contains(std::string_view text, std::string_view what) {
    return text.find(what) != std::string_view::npos;
}

// "file execute /x" or "file read/execute /x". The kernel looks for the word anywhere in the list of
// operations.
bool allows_execute(std::string_view entry) {
    if (!strip(entry, "file "))
        return false;
    return contains(take_word(entry), "execute");
}

// "<ns> LINE" -> "<ns>", LINE; without a namespace it is <kernel>.
std::string_view take_namespace(std::string_view& line) {
    return starts_domain(line) ? take_word(line) : kernel;
}

} // namespace

// A domain while its lines are being read.
struct BootCheck::Section {
    std::string domain; // empty: lines belong to none
    bool created = false;
    bool profile_given = false;
    unsigned profile = 0;
    std::string where;
};

BootCheck::Mode BootCheck::Profile::effective() const {
    if (execute != Mode::use_default)
        return execute;
    return file != Mode::use_default ? file : config;
}

void BootCheck::missing(const std::string& file, std::string text) {
    found_.push_back({true, file, std::move(text)});
}

void BootCheck::remark(const LineReader& reader, std::string text) {
    if (remarks_++ < most_remarks)
        found_.push_back({false, reader.where(), std::move(text)});
}

void BootCheck::profile_line(std::string_view line, const LineReader& reader) {
    const bool last_word = !reader.has_newline();
    const auto cut_off = [&] {
        found_.push_back({true, reader.where(), "the file ends in the middle of this line"});
    };
    strip(line, "delete "); // which the kernel ignores here
    const std::string_view name = take_namespace(line);
    if (line.empty() || line.front() == '#')
        return;
    auto at = namespaces_.find(name);
    if (at == namespaces_.end())
        at = namespaces_.emplace(std::string(name), Namespace()).first;
    Namespace& space = at->second;

    if (strip(line, "PROFILE_VERSION=")) {
        std::string_view rest = line;
        if (take_number(rest) || !line.empty()) {
            space.version = line.substr(0, line.size() - rest.size());
            if (space.version.empty())
                space.version = line;
            space.version_where = reader.where();
        } else if (last_word) {
            cut_off();
        }
        return;
    }
    const auto number = take_number(line);
    if (!number || *number > 255 || !strip(line, "-")) {
        if (last_word)
            cut_off();
        return;
    }
    Profile& profile = space.profiles[static_cast<unsigned>(*number)];
    const size_t equals = line.find('=');
    const std::string_view key = line.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? "" : line.substr(equals + 1);
    if (key == "CONFIG")
        profile.configured = true;
    if (last_word && (equals == std::string_view::npos || (value.starts_with('{') && !contains(value, "}")) ||
                      !profile.configured)) {
        cut_off();
        return;
    }
    Mode* const mode = key == "CONFIG"                  ? &profile.config
                       : key == "CONFIG::file"          ? &profile.file
                       : key == "CONFIG::file::execute" ? &profile.execute
                                                        : nullptr;
    if (!mode)
        return;
    if (contains(value, "use_default")) {
        if (key != "CONFIG")
            *mode = Mode::use_default;
        return;
    }
    // The strongest word that occurs anywhere wins (kernel ABI specification 5.2).
    static constexpr std::pair<std::string_view, Mode> words[] = {
        {"disabled", Mode::disabled},
        {"learning", Mode::learning},
        {"permissive", Mode::permissive},
        {"enforcing", Mode::enforcing},
    };
    for (const auto& [word, meaning] : words)
        if (contains(value, word))
            *mode = meaning;
}

void BootCheck::read_profile(LineReader& reader) {
    profile_name_ = reader.name();
    profile_read_ = true;
    std::string_view line;
    while (reader.next_normalized(line))
        profile_line(line, reader);
}

void BootCheck::read_exception_policy(LineReader& reader) {
    std::string_view line;
    while (reader.next_normalized(line)) {
        if (take_namespace(line) != kernel || !strip(line, "acl_group "))
            continue;
        const auto group = take_number(line);
        if (group && *group <= 255 && strip(line, " ") && allows_execute(line))
            executing_groups_.set(*group);
    }
}

void BootCheck::end_section(Section& section) {
    if (section.domain == kernel) {
        if (section.profile_given)
            kernel_profile_ = section.profile, kernel_where_ = section.where;
    } else if (section.profile_given || section.created) {
        const std::string_view name = namespace_of(section.domain);
        auto at = namespaces_.find(name);
        if (at == namespaces_.end())
            at = namespaces_.emplace(std::string(name), Namespace()).first;
        at->second.uses.try_emplace(section.profile, Use{section.domain, section.where});
    }
    section = {};
}

void BootCheck::read_domain_policy(LineReader& reader) {
    Section section;
    std::string_view line;
    while (reader.next_normalized(line)) {
        if (line.empty())
            continue;
        if (line.front() != '<' && !line.starts_with("use_"))
            entries_++;
        std::string_view rest = line;
        const bool deleting = strip(rest, "delete ");
        const bool selecting = !deleting && strip(rest, "select ");
        if (starts_domain(rest)) {
            end_section(section);
            if (deleting || !correct_domain(rest) || rest.size() > TMY_DOMAIN_MAX_LENGTH) {
                if (!deleting)
                    remark(reader, "this is no correct domain name: the kernel drops the domain");
                continue;
            }
            section.domain = rest;
            section.created = !selecting;
            section.where = reader.where();
            domains_ += !selecting;
        } else if (section.domain.empty() || deleting) {
            continue;
        } else if (strip(rest, "use_profile ")) {
            const std::string word(rest);
            const auto number = take_number(rest);
            if (number && *number <= 255) {
                section.profile = static_cast<unsigned>(*number);
                section.profile_given = true;
                section.where = reader.where();
            } else {
                remark(
                    reader,
                    fmt::format("'{}' is no profile number (0 to 255): the kernel ignores the line", word));
            }
        } else if (section.domain == kernel) {
            if (strip(rest, "use_group ")) {
                const auto group = take_number(rest);
                if (group && *group <= 255)
                    kernel_groups_.set(*group);
            } else if (allows_execute(rest)) {
                kernel_executes_ = true;
            }
        }
    }
    if (reader.number() > 0 && !reader.has_newline())
        remark(reader, "the last line has no newline: is the file complete?");
    end_section(section);
    if (domains_ == 0)
        missing(reader.name(), "it holds no domain");
}

std::map<std::string, std::bitset<256>> BootCheck::used_profiles() const {
    std::map<std::string, std::bitset<256>> used;
    used[std::string(kernel)].set(kernel_profile_);
    for (const auto& [name, space] : namespaces_)
        for (const auto& [number, use] : space.uses)
            used[name].set(number);
    return used;
}

std::vector<BootCheck::Undefined> BootCheck::undefined_profiles() const {
    std::vector<Undefined> list;
    const auto add = [&](const std::string& name, unsigned number, const Use& use) {
        const auto at = namespaces_.find(name);
        if (at == namespaces_.end() || !at->second.profiles.contains(number))
            list.push_back({name, number, use.domain, use.where});
    };
    add(std::string(kernel), kernel_profile_, {std::string(kernel), kernel_where_});
    for (const auto& [name, space] : namespaces_)
        for (const auto& [number, use] : space.uses)
            if (name != kernel || number != kernel_profile_)
                add(name, number, use);
    return list;
}

std::vector<BootCheck::Version> BootCheck::unsupported_versions() const {
    std::vector<Version> list;
    for (const auto& [name, space] : namespaces_)
        if ((name == kernel || !space.uses.empty()) && space.version != current_version &&
            space.version != old_version)
            list.push_back({name, space.version, space.version_where});
    return list;
}

std::vector<std::string> BootCheck::old_versions() const {
    std::vector<std::string> list;
    for (const auto& [name, space] : namespaces_)
        if (space.version == old_version)
            list.push_back(name);
    return list;
}

std::optional<BootCheck::Lockout> BootCheck::lockout() const {
    if (kernel_executes_ || (kernel_groups_ & executing_groups_).any())
        return std::nullopt;
    const auto space = namespaces_.find(kernel);
    if (space == namespaces_.end())
        return std::nullopt;
    const auto& profiles = space->second.profiles;
    const auto own = profiles.find(kernel_profile_);
    if (own == profiles.end() || own->second.effective() != Mode::enforcing)
        return std::nullopt;
    for (const Mode wanted : {Mode::permissive, Mode::disabled})
        for (const auto& [number, profile] : profiles)
            if (profile.effective() == wanted)
                return Lockout{kernel_profile_, number, true, kernel_where_};
    unsigned unused = 0;
    while (unused < 255 && profiles.contains(unused))
        unused++;
    return Lockout{kernel_profile_, unused, false, kernel_where_};
}

std::vector<BootProblem> BootCheck::problems() const {
    std::vector<BootProblem> list = found_;
    for (const auto& version : unsupported_versions())
        list.push_back({true, version.where,
                        fmt::format("PROFILE_VERSION={} is not supported by the kernel", version.number)});
    if (profile_read_) {
        const auto space = namespaces_.find(kernel);
        const bool none = space == namespaces_.end() || space->second.profiles.empty();
        if (none)
            list.push_back({true, profile_name_, "it defines no profile"});
        for (const auto& missing : undefined_profiles())
            if (!none || missing.name_space != kernel)
                list.push_back({true, missing.where.empty() ? profile_name_ : missing.where,
                                fmt::format("profile {} (used by '{}') is not defined", missing.profile,
                                            missing.domain)});
    }
    if (const auto locked = lockout())
        list.push_back(
            {true, locked->where,
             fmt::format("'<kernel>' enforces profile {} and may execute nothing: no init could start",
                         locked->profile)});
    std::stable_partition(list.begin(), list.end(), [](const BootProblem& problem) { return problem.fatal; });
    return list;
}

bool BootCheck::fatal() const {
    const auto list = problems();
    return !list.empty() && list.front().fatal;
}

Fd open_policy_file(const std::string& path) {
    Fd fd = open_fd(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    struct stat status {};
    if (!fd || fstat(fd.get(), &status) != 0)
        return {};
    if (S_ISREG(status.st_mode))
        return fd;
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return {};
}

BootCheck check_boot(const BootFiles& files) {
    BootCheck check;
    const auto read = [&](const std::string& path, void (BootCheck::*how)(LineReader&), bool needed) {
        if (path.empty())
            return;
        const Fd fd = open_policy_file(path);
        if (!fd) {
            if (needed || errno != ENOENT)
                check.missing(path, "it cannot be opened: " + errno_text(errno));
            return;
        }
        LineReader reader(fd.get(), path);
        try {
            (check.*how)(reader);
        } catch (const Error& error) {
            check.missing(path, error.message());
        }
    };
    read(files.profile, &BootCheck::read_profile, true);
    read(files.exception_policy, &BootCheck::read_exception_policy, false);
    read(files.domain_policy, &BootCheck::read_domain_policy, true);
    return check;
}

} // namespace policy
