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

} // namespace store
