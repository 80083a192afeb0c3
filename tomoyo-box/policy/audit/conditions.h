// SPDX-License-Identifier: GPL-2.0-only
// What an audit record knows about a request, as conditions to be written behind its line of policy.
#pragma once

#include "tomoyo-box/policy/audit/record.h"

#include <string>

namespace policy {

// Everything there are conditions for, in the order of the header, each with a blank in front. LEGACY: as
// tomoyo-tools do it, without variables when the kernel has shortened the arguments in front of them, and
// with those that have no name, which the kernel does not take.
std::string conditions(const AuditHeader& header, bool legacy);

// The program and what it was called with, argc and argv in front of envc and envp, without the variables
// that have no name or no value. Empty when the header does not say all of it.
std::string exec_conditions(const AuditHeader& header);

} // namespace policy
