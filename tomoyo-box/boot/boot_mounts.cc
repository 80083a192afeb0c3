// SPDX-License-Identifier: GPL-2.0-only
// BootMounts.
#include "tomoyo-box/boot/boot_mounts.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

// From <linux/mount.h>, which cannot be included together with <sys/mount.h>.
constexpr unsigned close_on_exec = 1; // FSOPEN_CLOEXEC, FSMOUNT_CLOEXEC
constexpr unsigned create_it = 6;     // FSCONFIG_CMD_CREATE

} // namespace

Fd detached_mount(const char* type) {
    const Fd context(static_cast<int>(syscall(SYS_fsopen, type, close_on_exec)));
    if (!context || syscall(SYS_fsconfig, context.get(), create_it, nullptr, nullptr, 0) != 0)
        return {};
    return Fd(static_cast<int>(syscall(SYS_fsmount, context.get(), close_on_exec, 0)));
}

void BootMounts::mount_at(const char* type, const char* directory) {
    if (mount(type, directory, type, 0, nullptr) == 0)
        mounted_.push_back(directory);
}

BootMounts::BootMounts() {
    if (geteuid() != 0)
        return;
    if (!is_directory("/proc/self"))
        mount_at("proc", "/proc");
    if (std::getenv("TOMOYO_INTERFACE"))
        return;
    if (!is_directory("/sys/kernel/security"))
        mount_at("sysfs", "/sys");
    if (!is_directory("/sys/kernel/security/tomoyo"))
        mount_at("securityfs", "/sys/kernel/security");
    if (is_directory("/sys/kernel/security/tomoyo"))
        return;
    securityfs_ = detached_mount("securityfs");
    struct stat status = {};
    if (securityfs_ && fstatat(securityfs_.get(), "tomoyo", &status, 0) == 0 &&
        fchdir(securityfs_.get()) == 0)
        setenv("TOMOYO_INTERFACE", "tomoyo", 1);
}

BootMounts::~BootMounts() {
    if (securityfs_)
        (void)chdir("/");
    // Lazily: tomoyo-post-init may still be using them.
    for (; !mounted_.empty(); mounted_.pop_back())
        umount2(mounted_.back(), MNT_DETACH);
}

std::optional<std::string> BootMounts::command_line() const {
    Fd file = open_fd("/proc/cmdline", O_RDONLY);
    const Fd proc = file ? Fd() : detached_mount("proc");
    if (proc)
        file = Fd(openat(proc.get(), "cmdline", O_RDONLY | O_CLOEXEC));
    if (!file)
        return std::nullopt;
    return read_all(file.get(), "/proc/cmdline");
}
