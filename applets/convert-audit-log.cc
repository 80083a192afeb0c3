// SPDX-License-Identifier: GPL-2.0-only
// applet: convert-audit-log
// path: /usr/lib/tomoyo/convert-audit-log
// also:
// summary: turn requests in audit logs into policy
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/cli/audit_filter.h"
#include "tomoyo-box/policy/audit/conditions.h"

namespace {

using policy::Conditions;

Conditions conditions_named(std::string_view word) {
    return word == "owner"  ? Conditions::owner
           : word == "exec" ? Conditions::exec
           : word == "all"  ? Conditions::all
                            : Conditions::none;
}

void convert(const policy::AuditRecord& record, Conditions which) {
    out().write(record.domain);
    out().write("\n");
    out().write(record.line);
    out().write(policy::conditions(record.header, which).append("\n"));
}

} // namespace

namespace applet {

int convert_audit_log(const Call& call) {
    Command command(
        call, "Prints for each request in an audit log the domain and the line of policy that grants it. "
              "What the record says about task, paths and program can be conditions. Notes on the "
              "profile and the groups of new domains are no requests, and are left out.");
    std::string which = "none";
    command.option("--conditions", "none|owner|exec|all", which,
                   "none (default); the users and groups of task and files; the program, its arguments and "
                   "environment; or all of it, with the numbers of the process and the files");
    command.example("/usr/lib/tomoyo/convert-audit-log /var/log/tomoyo/reject_003.log",
                    "what has been denied, as policy");
    command.example("cat /sys/kernel/security/tomoyo/audit | /usr/lib/tomoyo/convert-audit-log",
                    "what the kernel has not handed out yet");
    command.example("/usr/lib/tomoyo/convert-audit-log --conditions=owner reject_003.log",
                    "only for the same users");
    return run_audit_filter(call, command,
                            {false, [&](const policy::AuditRecord& record, bool compat) {
                                 convert(record, compat ? Conditions::legacy : conditions_named(which));
                             }});
}

} // namespace applet
