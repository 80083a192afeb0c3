// SPDX-License-Identifier: GPL-2.0-only
// BootMounts: proc, sysfs and securityfs for a program that runs before anything is mounted.
#pragma once

#include "tomoyo-box/base/fd.h"

#include <optional>
#include <string>
#include <vector>

// A file system of TYPE that is mounted nowhere, for openat(2); empty and errno when the kernel refuses.
// It needs no mount point, so it works on a read-only root without directories.
[[nodiscard]] Fd detached_mount(const char* type);

class BootMounts {
public:
    // Mounts what is missing of /proc, /sys and /sys/kernel/security, as tomoyo-tools do. Where the policy
    // interface cannot be mounted in its place it is mounted detached; then the working directory changes,
    // and TOMOYO_INTERFACE is set to reach it.
    BootMounts();
    BootMounts(const BootMounts&) = delete;
    BootMounts& operator=(const BootMounts&) = delete;
    ~BootMounts(); // undoes the mounts

    // The kernel's command line; nothing when even a detached proc cannot be had.
    std::optional<std::string> command_line() const;

private:
    void mount_at(const char* type, const char* directory);

    std::vector<const char*> mounted_;
    Fd securityfs_; // keeps the detached one alive
};
