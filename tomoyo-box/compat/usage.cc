// SPDX-License-Identifier: GPL-2.0-only
// Usage: the messages.
#include "tomoyo-box/compat/usage.h"

#include "tomoyo-box/compat/savepolicy.h"

namespace compat {

namespace {

// "@" stands for the name of the program.
constexpr struct {
    std::string_view applet, text;
    bool to_stdout;
    int code;
} usages[] = {
    {"audit-exec-param", "FATAL: I'm not execute_handler.", false, 1},
    {"checkpolicy", "@ e|d < policy_to_check", false, 0},
    {"convert-audit-log", "Usage: @ < grant_log or reject_log", false, 0},
    {"convert-exec-param", "Usage: @ < /sys/kernel/security/tomoyo/audit", false, 0},
    {"diffpolicy", "@ old_domain_policy new_domain_policy\n- : Read policy from stdin.", true, 0},
    {"domainmatch", "@ string_to_find\n", true, 0},
    {"findtemp", "@ < domain_policy\n", true, 0},
    {"pstree", "Usage: @ [-a] [remote_ip:remote_port]", false, 0},
    {"setprofile", "@ [-r] profile domainname [domainname ...]", false, 0},
};

} // namespace

Usage usage_of(const Applet& applet, const std::string& name) {
    if (applet.name == "savepolicy")
        return {usage_of_savepolicy(name), true, 1};
    for (const auto& usage : usages) {
        if (usage.applet != applet.name)
            continue;
        std::string text(usage.text);
        if (const size_t at = text.find('@'); at != std::string::npos)
            text.replace(at, 1, name);
        return {std::move(text), usage.to_stdout, usage.code};
    }
    return {};
}

} // namespace compat
