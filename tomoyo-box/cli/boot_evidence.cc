// SPDX-License-Identifier: GPL-2.0-only
// BootEvidence: from a snapshot's profiles and domains.
#include "tomoyo-box/cli/boot_evidence.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/kernel/domain_reader.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/store/boot_snapshot.h"

#include <fcntl.h>

namespace {

using policy::Language;

bool has_mode(const policy::Profile& profile, bool (*wanted)(unsigned mode)) {
    for (const unsigned config : profile.values.config)
        if (config != TMY_CONFIG_USE_DEFAULT && wanted(config & TMY_CONFIG_MODE))
            return true;
    return false;
}

policy::Profiles profiles_in(const std::string& path) {
    policy::Profiles profiles;
    const Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        return profiles;
    policy::PolicyReader reader(fd.get(), path);
    for (std::string_view line; reader.next_normalized(line);)
        profiles.add(line);
    return profiles;
}

} // namespace

bool enforces(const policy::Profile& profile) {
    return has_mode(profile, [](unsigned mode) { return mode == TMY_ENFORCING; });
}

BootEvidence::BootEvidence(const std::string& directory)
    : snapshot_(store::boot_snapshot(directory).value_or("")) {
    if (snapshot_.empty())
        return;
    const auto path = [&](Language language) {
        return fmt::format("{}/policy/{}/{}", directory, snapshot_, policy::kind_of(language).file);
    };
    try {
        const policy::Profiles profiles = profiles_in(path(Language::profiles));
        const std::string domains = path(Language::domains);
        const Fd fd = open_fd(domains, O_RDONLY);
        if (!fd)
            return;
        DomainReader reader(fd.get(), domains);
        for (DomainSummary domain; reader.next(domain);) {
            std::string_view rest = domain.name;
            const policy::Profile* profile = profiles.find(take_word(rest), domain.profile);
            if (profile && has_mode(*profile, [](unsigned mode) { return mode != TMY_DISABLED; }))
                seen_.add(domain.name);
        }
    } catch (const Error&) {
        seen_ = {};
    }
}

std::string BootEvidence::because() const {
    if (snapshot_.empty())
        return "no policy had been saved before this boot";
    return fmt::format("the policy that this boot loaded, {}, does not have them in a profile that learns",
                       snapshot_);
}

std::string not_seen_at_boot(const std::vector<std::string>& domains, const BootEvidence& evidence) {
    const size_t count = domains.size();
    return fmt::format("{} enforcing and has not been seen starting from boot ({}): what only a boot does is "
                       "not in its policy, and the next one may fail",
                       count == 1 ? fmt::format("'{}' is", domains.front())
                                  : fmt::format("each of {} domains ('{}', ...) is", count, domains.front()),
                       evidence.because());
}
