// SPDX-License-Identifier: GPL-2.0-only
// BootSnapshot: the snapshot that this boot loaded, as far as the names of snapshots tell.
#pragma once

#include <optional>
#include <string>

namespace store {

// The name of the newest snapshot in DIRECTORY/policy that is older than the boot; nothing when there is
// none. Takes no lock and changes nothing.
std::optional<std::string> boot_snapshot(const std::string& directory);

} // namespace store
