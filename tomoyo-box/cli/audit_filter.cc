// SPDX-License-Identifier: GPL-2.0-only
// The frame of a filter that reads audit logs.
#include "tomoyo-box/cli/audit_filter.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"

namespace {

// A record that is wrong: reported, and left out.
void report(const policy::AuditProblem& problem, const Call& call, const AuditFilter& filter) {
    if (!call.compat)
        warn("{}: {}; the record is left out", problem.where, problem.reason);
    else if (filter.legacy_aborts)
        throw Error(exit_trouble, problem.reason)
            .legacy(fmt::format("{}: Broken log entry. Aborted.", problem.line));
}

// Returns whether all records were good.
bool convert(const std::string& file, const Call& call, const AuditFilter& filter) {
    Input input(file, false);
    LineReader lines = input.lines();
    policy::AuditReader reader(lines);
    policy::AuditRecord record;
    std::optional<policy::AuditProblem> problem;
    Progress progress("converting", input.size());
    bool good = true;
    for (; reader.next(record, problem); progress.at(lines.offset())) {
        if (!problem) {
            if (!record.is_note())
                filter.convert(record, call.compat);
            continue;
        }
        good = false;
        report(*problem, call, filter);
    }
    return good;
}

} // namespace

int run_audit_filter(const Call& call, Command& command, const AuditFilter& filter) {
    std::vector<std::string> files;
    command.operands("FILE", files, "an audit log; '-' or none: standard input", 0);
    if (const auto code = command.parse())
        return *code;
    if (call.compat && !files.empty())
        throw command.usage_error("unexpected argument");
    if (files.empty())
        files.emplace_back("-");
    bool good = true;
    for (const std::string& file : files)
        good &= convert(file, call, filter);
    return good || call.compat ? exit_ok : exit_trouble;
}
