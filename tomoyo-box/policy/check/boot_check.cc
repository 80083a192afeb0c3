// SPDX-License-Identifier: GPL-2.0-only
// BootCheck: reads a policy as the kernel would, as far as starting depends on it.
#include "tomoyo-box/policy/check/boot_check.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace policy {

namespace {

constexpr std::string_view kernel = kernel_space;
constexpr unsigned long old_version = 20110903; // the kernel upgrades it by itself
constexpr unsigned most_remarks = 100;          // a file of nonsense shall not fill the memory

std::string_view namespace_of(std::string_view domain) { return domain.substr(0, domain.find(' ')); }

bool allows_execute(const tmy_entry& entry) {
    return entry.kind == TMY_PATH && (entry.operations & 1U << TMY_EXECUTE) != 0;
}

// Is it an entry, or a wrong one? Most lines are: they are told by their first word.
bool begins_entry(std::string_view line) {
    return line.starts_with("file ") || line.starts_with("network ") || line.starts_with("misc ") ||
           line.starts_with("task ");
}

// The mode of file::execute.
unsigned mode_of_execute(const Profile& profile) {
    return profile.values.resolved[TMY_ITEM_FILE_EXECUTE] & TMY_CONFIG_MODE;
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

void BootCheck::missing(const std::string& file, std::string text) {
    found_.push_back({true, file, std::move(text)});
}

void BootCheck::remark(std::string where, std::string text) {
    if (remarks_++ < most_remarks)
        found_.push_back({false, std::move(where), std::move(text)});
}

BootCheck::Namespace& BootCheck::space(std::string_view name) {
    const auto at = namespaces_.find(name);
    return at != namespaces_.end() ? at->second
                                   : namespaces_.emplace(std::string(name), Namespace()).first->second;
}

void BootCheck::profile_line(std::string_view line, const PolicyReader& reader) {
    if (line.empty() || line.front() == '#')
        return;
    ProfileLine parsed;
    const auto problem = parse(line, parsed);
    profiles_.add(parsed);
    Namespace& name_space = space(parsed.space);
    if (!problem && parsed.setting.type == TMY_PROFILE_LINE_VERSION)
        name_space.version_where = reader.where();
    if (!problem && parsed.setting.type == TMY_PROFILE_LINE_CONFIG && parsed.setting.item == TMY_ITEM_CONFIG)
        configured_.emplace(parsed.space, parsed.setting.profile);
    if (reader.has_newline())
        return;
    // The last line, without a newline: is there more missing than that?
    const std::string_view value = view(parsed.setting.value);
    const bool open = parsed.setting.type == TMY_PROFILE_LINE_CONFIG &&
                      (value.empty() || (value.starts_with('{') && value.find('}') == value.npos));
    const bool unfinished =
        parsed.names_profile && !configured_.contains({std::string(parsed.space), parsed.setting.profile});
    if (problem || open || unfinished)
        found_.push_back({true, reader.where(), "the file ends in the middle of this line"});
}

void BootCheck::read(Language language, PolicyReader& reader) {
    if (language == Language::profiles)
        read_profile(reader);
    else if (language == Language::exceptions)
        read_exception_policy(reader);
    else
        read_domain_policy(reader);
}

void BootCheck::read_profile(PolicyReader& reader) {
    profile_name_ = reader.name();
    profile_read_ = true;
    std::string_view line;
    while (reader.next_normalized(line))
        profile_line(line, reader);
}

void BootCheck::read_exception_policy(PolicyReader& reader) {
    std::string_view line;
    while (reader.next_normalized(line)) {
        ExceptionLine parsed;
        if (parse(line, parsed) || parsed.remove || parsed.space != kernel)
            continue;
        const tmy_exception& exception = parsed.exception;
        if (exception.type == TMY_ACL_GROUP && allows_execute(exception.entry))
            executing_groups_.set(exception.acl_group);
    }
}

void BootCheck::end_section(Section& section) {
    if (section.domain == kernel) {
        if (section.profile_given)
            kernel_profile_ = section.profile, kernel_where_ = section.where;
    } else if (section.profile_given || section.created) {
        space(namespace_of(section.domain))
            .uses.try_emplace(section.profile, Use{section.domain, section.where});
    }
    section = {};
}

// A line that is understood.
void BootCheck::domain_line(Section& section, const DomainLine& line, const PolicyReader& reader) {
    switch (line.type) {
    case TMY_LINE_DOMAIN:
    case TMY_LINE_SELECT:
    case TMY_LINE_SELECT_DOMAIN:
        end_section(section);
        if (line.remove)
            return;
        section.domain = view(line.name);
        section.created = line.type == TMY_LINE_DOMAIN;
        section.where = reader.where();
        domains_ += section.created;
        return;
    case TMY_LINE_SELECT_PID:
    case TMY_LINE_SELECT_GLOBAL_PID:
    case TMY_LINE_SELECT_QUERY:
    case TMY_LINE_RESET:
        end_section(section);
        return;
    default:
        break;
    }
    if (section.domain.empty() || line.remove)
        return;
    if (line.type == TMY_LINE_PROFILE) {
        section.profile = static_cast<unsigned>(line.number);
        section.profile_given = true;
        section.where = reader.where();
    } else if (section.domain == kernel && line.type == TMY_LINE_GROUP) {
        kernel_groups_.set(line.number);
    } else if (section.domain == kernel && line.type == TMY_LINE_ENTRY) {
        kernel_executes_ |= allows_execute(line.entry);
    }
}

void BootCheck::read_domain_policy(PolicyReader& reader) {
    Section section;
    std::string_view line;
    while (reader.next_normalized(line)) {
        if (line.empty())
            continue;
        // Whether a kernel starts depends on the entries of <kernel> alone.
        if (section.domain != kernel && begins_entry(line)) {
            entries_++;
            continue;
        }
        DomainLine parsed;
        const auto problem = parse(line, parsed);
        if (parsed.type != TMY_LINE_DOMAIN && parsed.type != TMY_LINE_PROFILE &&
            parsed.type != TMY_LINE_GROUP)
            entries_++;
        if (!problem) {
            domain_line(section, parsed, reader);
        } else if (parsed.type == TMY_LINE_DOMAIN && !parsed.remove) {
            remark(reader.where(problem->column),
                   fmt::format("{}: the kernel drops the domain", problem->reason));
            if (starts_domain(view(parsed.name))) // else the lines below go to the domain above
                end_section(section);
        } else if (parsed.type == TMY_LINE_PROFILE && !parsed.remove && !section.domain.empty()) {
            remark(reader.where(problem->column),
                   fmt::format("{}: the kernel ignores the line", problem->reason));
        }
    }
    if (reader.number() > 0 && !reader.has_newline())
        remark(reader.where(), "the last line has no newline: is the file complete?");
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
        if (!profiles_.find(name, number))
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
    for (const auto& [name, space] : namespaces_) {
        const unsigned long version = profiles_.version(name);
        if ((name == kernel || !space.uses.empty()) && version != TMY_PROFILE_VERSION &&
            version != old_version)
            list.push_back({name, version, space.version_where});
    }
    return list;
}

std::vector<std::string> BootCheck::old_versions() const {
    std::vector<std::string> list;
    for (const auto& [name, space] : namespaces_)
        if (profiles_.version(name) == old_version)
            list.push_back(name);
    return list;
}

std::optional<BootCheck::Lockout> BootCheck::lockout() const {
    if (kernel_executes_ || (kernel_groups_ & executing_groups_).any())
        return std::nullopt;
    const Profile* const own = profiles_.find(kernel, kernel_profile_);
    if (!own || mode_of_execute(*own) != TMY_ENFORCING)
        return std::nullopt;
    for (const unsigned wanted : {TMY_PERMISSIVE, TMY_DISABLED})
        for (const auto& [key, profile] : profiles_.all())
            if (key.first == kernel && mode_of_execute(profile) == wanted)
                return Lockout{kernel_profile_, key.second, true, kernel_where_};
    unsigned unused = 0;
    while (unused < 255 && profiles_.find(kernel, unused))
        unused++;
    return Lockout{kernel_profile_, unused, false, kernel_where_};
}

std::vector<BootProblem> BootCheck::problems() const {
    std::vector<BootProblem> list = found_;
    for (const auto& version : unsupported_versions())
        list.push_back({true, version.where,
                        fmt::format("PROFILE_VERSION={} is not supported by the kernel", version.number)});
    if (profile_read_) {
        const auto& all = profiles_.all();
        const bool none =
            std::ranges::none_of(all, [](const auto& one) { return one.first.first == kernel; });
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
    struct stat status = {};
    if (!fd || fstat(fd.get(), &status) != 0)
        return {};
    if (S_ISREG(status.st_mode))
        return fd;
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return {};
}

// Not inline: each of them is long.
BootCheck::BootCheck() = default;
BootCheck::BootCheck(BootCheck&&) noexcept = default;
BootCheck& BootCheck::operator=(BootCheck&&) noexcept = default;
BootCheck::~BootCheck() = default;

BootFiles boot_files_in(const std::string& directory) {
    const auto path = [&](Language language) { return directory + '/' + kind_of(language).file; };
    return {path(Language::profiles), path(Language::exceptions), path(Language::domains)};
}

BootCheck check_boot(const BootFiles& files) {
    BootCheck check;
    const auto read = [&](const std::string& path, Language language) {
        if (path.empty())
            return;
        const Fd fd = open_policy_file(path);
        if (!fd) {
            if (language != Language::exceptions || errno != ENOENT)
                check.missing(path, "it cannot be opened: " + errno_text(errno));
            return;
        }
        PolicyReader reader(fd.get(), path);
        try {
            check.read(language, reader);
        } catch (const Error& error) {
            check.missing(path, error.message());
        }
    };
    read(files.profile, Language::profiles);
    read(files.exception_policy, Language::exceptions);
    read(files.domain_policy, Language::domains);
    return check;
}

} // namespace policy
