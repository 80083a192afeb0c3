// SPDX-License-Identifier: GPL-2.0-only
// The first profiles and the first domain.
#include "tomoyo-box/policy/template/template.h"

#include <fmt/core.h>

namespace policy {

std::string profile_template(const ProfileOptions& options) {
    struct Mode {
        const char* title;
        const char* word;
    };
    constexpr Mode modes[] = {{"Disabled", "disabled"},
                              {"Learning", "learning"},
                              {"Permissive", "permissive"},
                              {"Enforcing", "enforcing"}};
    static_assert(std::size(modes) == template_profiles);

    std::string text = "PROFILE_VERSION=20150505\n";
    for (unsigned number = 0; number < template_profiles; number++)
        text += fmt::format("{0}-COMMENT=-----{1} Mode-----\n"
                            "{0}-PREFERENCE={{ max_audit_log={2} max_learning_entry={3} }}\n"
                            "{0}-CONFIG{4}={{ mode={5} grant_log={6} reject_log={7} }}\n",
                            number, modes[number].title, options.max_audit_log, options.max_learning_entry,
                            options.file_only ? "::file" : "", modes[number].word, options.grant_log,
                            options.reject_log);
    return text;
}

std::string domain_template(unsigned profile, const std::set<unsigned>& groups) {
    std::string text = fmt::format("<kernel>\nuse_profile {}\n", profile);
    for (const unsigned group : groups)
        text += fmt::format("use_group {}\n", group);
    return text;
}

} // namespace policy
