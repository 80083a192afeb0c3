// SPDX-License-Identifier: GPL-2.0-only
// BootLoader: files, and lines that repair what was read back (kernel ABI specification 6.5).
#include "tomoyo-box/boot/boot_loader.h"

#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/policy_reader.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace {

using policy::Language;

void define_disabled(std::vector<std::string>& lines, std::string_view space, unsigned profile) {
    lines.push_back(fmt::format("{} {}-COMMENT=disabled", space, profile));
    lines.push_back(
        fmt::format("{} {}-CONFIG={{ mode=disabled grant_log=no reject_log=yes }}", space, profile));
}

} // namespace

void BootLoader::copy(const std::string& file, Language language) try {
    const Fd from = policy::open_policy_file(file);
    if (!from) {
        if (errno != ENOENT)
            console_.warn(fmt::format("cannot open {}: {}", file, errno_text(errno)));
        return;
    }
    const Fd target = interface_.open(policy::kind_of(language).kernel_file, O_WRONLY);
    std::string buffer(65536, '\0');
    char last = '\n';
    for (;;) {
        const ssize_t got = read_some(from.get(), buffer.data(), buffer.size());
        if (got < 0) {
            console_.warn(
                fmt::format("cannot read {}: {}; the rest of it is not loaded", file, errno_text(errno)));
            as_asked_ = false;
        }
        if (got <= 0)
            break;
        const std::string_view piece(buffer.data(), static_cast<size_t>(got));
        if (!write_all(target.get(), piece)) {
            console_.warn(
                fmt::format("cannot load {}: {}; the rest of it is not loaded", file, errno_text(errno)));
            as_asked_ = false;
            return;
        }
        last = piece.back();
    }
    // The kernel would drop a last line that lacks its newline.
    if (last != '\n')
        (void)write_all(target.get(), "\n");
} catch (const Error& error) {
    // The other files, and the repair, are needed all the more.
    console_.warn(fmt::format("cannot load {}: {}", file, error.message()));
    as_asked_ = false;
}

void BootLoader::load(const BootChooser& chosen) {
    for (const Language language :
         {Language::managers, Language::exceptions, Language::domains, Language::profiles})
        if (const std::string file = chosen.file(language); !file.empty())
            copy(file, language);
}

void BootLoader::load_quotas(const std::string& directory) {
    copy(directory + '/' + policy::kind_of(Language::quotas).file, Language::quotas);
}

void BootLoader::write(Language language, const std::vector<std::string>& lines) const {
    PolicyWriter writer(interface_, policy::kind_of(language).kernel_file);
    for (const auto& line : lines)
        writer.line(line);
    writer.flush();
}

policy::BootCheck BootLoader::check() const {
    policy::BootCheck check;
    for (const Language language : {Language::profiles, Language::exceptions, Language::domains}) {
        const char* const file = policy::kind_of(language).kernel_file;
        const Fd fd = interface_.open(file, O_RDONLY);
        policy::PolicyReader reader(fd.get(), file);
        check.read(language, reader);
    }
    return check;
}

bool BootLoader::repair(const policy::BootCheck& check) {
    std::vector<std::string> lines;
    for (const auto& name : check.old_versions())
        lines.push_back(name + " PROFILE_VERSION=20150505");
    const auto versions = check.unsupported_versions();
    for (const auto& version : versions)
        lines.push_back(version.name_space + " PROFILE_VERSION=20150505");
    console_.warn_each(versions, [](const auto& version) {
        return fmt::format("PROFILE_VERSION={} of {} would stop the kernel: changed to 20150505",
                           version.number, version.name_space);
    });
    const auto undefined = check.undefined_profiles();
    for (const auto& missing : undefined) {
        define_disabled(lines, missing.name_space, missing.profile);
    }
    console_.warn_each(undefined, [](const auto& missing) {
        return fmt::format(
            "profile {} (used by '{}') is not defined and would stop the kernel: defined it as disabled",
            missing.profile, missing.domain);
    });
    if (!versions.empty() || !undefined.empty())
        as_asked_ = false;
    if (!lines.empty())
        write(Language::profiles, lines);

    const auto locked = check.lockout();
    if (locked && keep_enforcing_)
        console_.warn(
            fmt::format("'<kernel>' enforces profile {} and may execute nothing: /sbin/init cannot start "
                        "(kept so by TOMOYO_KEEP_ENFORCING)",
                        locked->profile));
    if (locked && !keep_enforcing_)
        replace_locked(*locked);
    return !lines.empty() || (locked && !keep_enforcing_);
}

void BootLoader::replace_locked(const policy::BootCheck::Lockout& locked) {
    as_asked_ = false;
    const unsigned profile = locked.replacement;
    if (!locked.replacement_defined) {
        std::vector<std::string> lines;
        define_disabled(lines, policy::kernel_space, profile);
        write(Language::profiles, lines);
    }
    write(Language::domains, {"<kernel>", fmt::format("use_profile {}", profile)});
    console_.warn(
        fmt::format("'<kernel>' enforces profile {} and may execute nothing, /sbin/init could not start: "
                    "gave it profile {}; allow 'file execute /sbin/init', "
                    "or boot with TOMOYO_KEEP_ENFORCING to have it as it is",
                    locked.profile, profile));
}

void BootLoader::disable_profiles(const policy::BootCheck& check) {
    std::vector<std::string> lines;
    for (const auto& [name, numbers] : check.used_profiles())
        for (unsigned number = 0; number < numbers.size(); number++)
            if (numbers.test(number))
                lines.push_back(fmt::format("{} {}-COMMENT=disabled", name, number));
    write(Language::profiles, lines);
    lines.clear();
    const Fd fd = interface_.open(policy::kind_of(Language::profiles).kernel_file, O_RDONLY);
    policy::PolicyReader reader(fd.get(), "profile");
    std::string_view line;
    while (reader.next(line)) {
        policy::ProfileLine setting;
        if (parse(line, setting) || setting.setting.type != TMY_PROFILE_LINE_CONFIG)
            continue;
        const std::string_view value = policy::view(setting.setting.value);
        lines.push_back(fmt::format("{}{{ mode=disabled }}", line.substr(0, line.size() - value.size())));
    }
    write(Language::profiles, lines);
}

void BootLoader::summarize(const policy::BootCheck& check) const {
    unsigned long bytes = 0;
    const std::string stat = interface_.read("stat");
    if (const size_t at = stat.find("Memory used by policy:"); at != stat.npos)
        std::sscanf(stat.c_str() + at + 22, "%lu", &bytes);
    console_.say(fmt::format("{} domain{}. {} ACL entr{}.", check.domains(), check.domains() > 1 ? "s" : "",
                             check.entries(), check.entries() > 1 ? "ies" : "y"));
    console_.say(fmt::format("{} KB used by policy.", (bytes + 1023) / 1024));
}

bool BootLoader::loaded_before() const try {
    const std::string domain = interface_.own_domain(); // afterwards no program is in <kernel>
    return (!domain.empty() && domain != "<kernel>") || !interface_.is_manager();
} catch (Error& error) {
    throw error.legacy("Fatal error while loading policy.");
}
