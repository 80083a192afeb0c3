// SPDX-License-Identifier: GPL-2.0-only
// The layout of a policy directory (userspace specification 3.1).
//
//   /etc/tomoyo/NAME.conf       -> policy/current/NAME.conf
//   /etc/tomoyo/policy/STAMP/      one snapshot: the four files
//   /etc/tomoyo/policy/current  -> STAMP/      the snapshot in force at the next boot
//   /etc/tomoyo/policy/previous -> STAMP/      the one before it
#pragma once

namespace store {

constexpr const char* default_directory = "/etc/tomoyo";

struct PolicyFile {
    const char* kernel; // name in the kernel interface
    const char* file;   // name in a snapshot
};

// What is referred to comes before what refers to it.
constexpr PolicyFile policy_files[] = {
    {"profile", "profile.conf"},
    {"manager", "manager.conf"},
    {"exception_policy", "exception_policy.conf"},
    {"domain_policy", "domain_policy.conf"},
};

} // namespace store
