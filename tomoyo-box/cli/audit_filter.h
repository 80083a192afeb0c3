// SPDX-License-Identifier: GPL-2.0-only
// The frame of a filter that reads audit logs: operands, records that are wrong, exit codes.
#pragma once

#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/audit/record.h"

#include <functional>

struct AuditFilter {
    bool legacy_aborts; // tomoyo-tools stop at a record that is wrong; else they say nothing
    // Writes to out(). It sees requests only, no notes on new domains.
    std::function<void(const policy::AuditRecord& record, bool compat)> convert;
};

// Parses the command line and converts every record. COMMAND has its description and its examples.
int run_audit_filter(const Call& call, Command& command, const AuditFilter& filter);
