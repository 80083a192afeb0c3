// SPDX-License-Identifier: GPL-2.0-only
// What an audit record knows about a request, as conditions to be written behind its line of policy.
#pragma once

#include "tomoyo-box/policy/audit/record.h"

#include <cstdint>
#include <string>

namespace policy {

enum class Conditions : uint8_t {
    none,
    owner,  // the users and groups of the task, of the paths and of their directories
    exec,   // the program, its arguments and its environment
    all,    // also what names one process or one file: task.pid, path1.ino, path1.major...
    legacy, // the same, as tomoyo-tools do it: without variables when the kernel has shortened the arguments
            // in front of them, and with those that have no name, which the kernel does not take
};

// What the header says of those, in its order, each with a blank in front.
std::string conditions(const AuditHeader& header, Conditions which);

// The program and what it was called with, argc and argv in front of envc and envp, without the variables
// that have no name or no value. Empty when the header does not say all of it.
std::string exec_conditions(const AuditHeader& header);

} // namespace policy
