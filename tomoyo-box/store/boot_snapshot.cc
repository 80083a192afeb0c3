// SPDX-License-Identifier: GPL-2.0-only
// BootSnapshot: names and the time since the boot.
#include "tomoyo-box/store/boot_snapshot.h"

#include "tomoyo-box/store/stamp.h"

#include <ctime>
#include <dirent.h>
#include <memory>

namespace store {

std::optional<std::string> boot_snapshot(const std::string& directory) {
    timespec since_boot = {};
    if (clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0)
        return std::nullopt;
    const int64_t booted = local_time() - since_boot.tv_sec;
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(opendir((directory + "/policy").c_str()), closedir);
    if (!stream)
        return std::nullopt;
    std::optional<std::string> newest;
    int64_t newest_time = 0;
    while (const dirent* entry = readdir(stream.get())) {
        const auto time = stamp_time(entry->d_name);
        if (!time || *time > booted || (newest && *time <= newest_time))
            continue;
        newest = entry->d_name;
        newest_time = *time;
    }
    return newest;
}

} // namespace store
