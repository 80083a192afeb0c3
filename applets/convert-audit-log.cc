// SPDX-License-Identifier: GPL-2.0-only
// applet: convert-audit-log
// path: /usr/lib/tomoyo/convert-audit-log
// also:
// summary: turn audit logs into policy with all their conditions
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/cli/audit_filter.h"
#include "tomoyo-box/policy/audit/conditions.h"

namespace {

// Notes about the profile of a new domain, not about a request.
bool is_note(std::string_view line) {
    return line.starts_with("use_profile ") || line.starts_with("use_group ");
}

void convert(const policy::AuditRecord& record, bool compat) {
    if (is_note(record.line))
        return;
    out().write(record.domain);
    out().write("\n");
    out().write(record.line);
    out().write(policy::conditions(record.header, compat).append("\n"));
}

} // namespace

namespace applet {

int convert_audit_log(const Call& call) {
    Command command(
        call, "Prints for each record of an audit log the domain and the line of policy that would grant the "
              "request, with what the record says about task, paths and program as conditions. Take away "
              "the conditions that you do not need.");
    command.example("/usr/lib/tomoyo/convert-audit-log /var/log/tomoyo/reject_003.log",
                    "what has been denied, as policy");
    command.example("cat /sys/kernel/security/tomoyo/audit | /usr/lib/tomoyo/convert-audit-log",
                    "what the kernel has not handed out yet");
    return run_audit_filter(call, command, {false, convert});
}

} // namespace applet
