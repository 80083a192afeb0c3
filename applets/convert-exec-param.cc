// SPDX-License-Identifier: GPL-2.0-only
// applet: convert-exec-param
// path: /usr/lib/tomoyo/convert-exec-param
// also:
// summary: turn audit logs into policy for these very arguments
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/cli/audit_filter.h"
#include "tomoyo-box/policy/audit/conditions.h"

namespace {

void convert(const policy::AuditRecord& record, bool) {
    if (!record.line.starts_with("file execute "))
        return;
    const std::string conditions = policy::exec_conditions(record.header);
    if (!conditions.empty())
        out().print("{}\n{}{}\n\n", record.domain, record.line, conditions);
}

} // namespace

namespace applet {

int convert_exec_param(const Call& call) {
    Command command(call, "Prints for each execution in an audit log the domain and the line of policy that "
                          "would grant it with these very arguments and environment variables.");
    command.example("/usr/lib/tomoyo/convert-exec-param /var/log/tomoyo/reject_003.log",
                    "which programs were called how");
    command.example("cat /sys/kernel/security/tomoyo/audit | /usr/lib/tomoyo/convert-exec-param",
                    "what the kernel has not handed out yet");
    return run_audit_filter(call, command, {true, convert});
}

} // namespace applet
