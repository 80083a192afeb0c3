// SPDX-License-Identifier: GPL-2.0-only
// Interface: the client of securityfs.
#include "tomoyo-box/kernel/interface.h"

#include "tomoyo-box/base/path.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace {

constexpr const char* securityfs = "/sys/kernel/security";
constexpr const char* usual_directory = "/sys/kernel/security/tomoyo";
constexpr size_t piece = 65536; // bytes per write(2); larger gains nothing measurable

void mount_privately() {
    if (unshare(CLONE_NEWNS) != 0)
        return;
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return;
    (void)mount("securityfs", securityfs, "securityfs", 0, nullptr); // found out by the access() that follows
}

std::string find_directory(std::string_view legacy) {
    if (std::string given = interface_directory(); given != usual_directory) {
        if (is_directory(given))
            return given;
        throw trouble("TOMOYO_INTERFACE={} is not a directory", given);
    }
    if (access(usual_directory, X_OK) != 0 && geteuid() == 0)
        mount_privately();
    if (access(usual_directory, X_OK) == 0)
        return usual_directory;
    Error error(exit_negative,
                fmt::format("this kernel offers no TOMOYO ({} does not exist)", usual_directory),
                is_directory("/sys/kernel")
                    ? "boot with 'security=tomoyo' or 'lsm=...,tomoyo'; see 'tomoyo-box status'"
                    : "mount sysfs on /sys first");
    throw error.legacy(std::string(legacy));
}

} // namespace

std::string interface_directory() {
    const char* given = std::getenv("TOMOYO_INTERFACE");
    return given && *given ? given : usual_directory;
}

Interface::Interface(std::string_view legacy) : directory_(find_directory(legacy)) {}

Fd Interface::open(std::string_view file, int flags) const {
    const std::string name = path(file);
    Fd fd = open_fd(name, flags);
    if (fd)
        return fd;
    const bool permission = errno == EACCES || errno == EPERM;
    const bool writing = (flags & O_ACCMODE) != O_RDONLY;
    Error error(permission ? exit_negative : exit_trouble,
                fmt::format("cannot open {}{}: {}", name, writing ? " for writing" : "", errno_text(errno)),
                permission ? "run as root" : "");
    throw error.legacy(fmt::format("Can't open {}{}", name, writing ? " for writing." : ""));
}

std::string Interface::read(std::string_view file) const {
    return read_all(open(file, O_RDONLY).get(), path(file));
}

std::string Interface::version() const {
    const Fd fd = open_fd(path("version"), O_RDONLY);
    return fd ? read_all(fd.get(), path("version")) : std::string();
}

std::string Interface::own_domain() const {
    const Fd fd = open_fd(path("self_domain"), O_RDONLY);
    return fd ? read_all(fd.get(), path("self_domain")) : std::string();
}

bool Interface::is_manager() const {
    const Fd fd = open("domain_policy", O_WRONLY);
    if (write_all(fd.get(), "\n"))
        return true;
    if (errno == EPERM)
        return false;
    throw write_error("domain_policy", errno);
}

Error Interface::not_a_manager() const {
    std::string program;
    try {
        program = own_executable();
    } catch (const Error&) {
        program = "this program";
    }
    if (geteuid() != 0 || getuid() != 0)
        return {exit_negative, "the kernel takes policy from root only", "run as root"};
    const std::string domain = own_domain();
    return {exit_negative,
            fmt::format("the kernel refused the write: neither {} nor the domain '{}' is a manager", program,
                        domain),
            "add one of them to /etc/tomoyo/manager.conf and reboot, or see 'tomoyo-box help managers'"};
}

Error Interface::write_error(std::string_view file, int number) const {
    if (number == EPERM)
        return not_a_manager();
    return system_trouble("write " + path(file), number);
}

PolicyWriter::PolicyWriter(const Interface& interface, std::string_view file)
    : interface_(interface), file_(file), fd_(interface.open(file, O_WRONLY)) {
    buffer_.reserve(piece);
}

void PolicyWriter::line(std::string_view line) {
    if (buffer_.size() + line.size() + 1 > piece)
        flush();
    buffer_ += line;
    buffer_ += '\n';
}

void PolicyWriter::flush() {
    const std::string data = std::exchange(buffer_, {});
    if (!write_all(fd_.get(), data))
        throw interface_.write_error(file_, errno);
    buffer_.reserve(piece);
}
