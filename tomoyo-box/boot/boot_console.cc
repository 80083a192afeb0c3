// SPDX-License-Identifier: GPL-2.0-only
// BootConsole.
#include "tomoyo-box/boot/boot_console.h"

#include "tomoyo-box/base/output.h"
#include "tomoyo-box/boot/boot_mounts.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace {

constexpr int give_up_ms = 2000;
constexpr size_t longest_answer = 4096;

// Closed, or the /dev/null by which main() replaces a closed descriptor.
bool unused(int fd) {
    struct stat status = {};
    if (fstat(fd, &status) != 0)
        return true;
    return S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3);
}

// The first file opened must not become descriptor 0, 1 or 2.
void reserve_standard_descriptors() {
    int fd;
    while ((fd = open("/", O_PATH)) >= 0 && fd <= STDERR_FILENO) {
    }
    if (fd >= 0)
        close(fd);
}

int wait_for(int fd, short events, int limit_ms) {
    pollfd item{fd, events, 0};
    return poll(&item, 1, limit_ms);
}

} // namespace

BootConsole::BootConsole()
    : at_boot_(unused(STDIN_FILENO) && unused(STDOUT_FILENO) && unused(STDERR_FILENO)) {
    if (!at_boot_)
        return;
    reserve_standard_descriptors();
    log_ = open_device("kmsg", O_WRONLY | O_NONBLOCK);
    console_ = open_device("console", O_RDWR | O_NONBLOCK | O_NOCTTY);
    // For tomoyo-post-init: an open file of its own, which may wait.
    Fd standard = open_device("console", O_RDWR | O_NONBLOCK | O_NOCTTY);
    if (!standard || fcntl(standard.get(), F_SETFL, O_RDWR) != 0)
        standard = open_device("null", O_RDWR);
    if (!standard)
        return;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(standard.get(), fd);
}

Fd BootConsole::open_device(const char* name, int flags) {
    const auto device = [](Fd fd) {
        struct stat status = {};
        // A plain file called /dev/console would swallow every message.
        return fd && fstat(fd.get(), &status) == 0 && S_ISCHR(status.st_mode) ? std::move(fd) : Fd();
    };
    if (Fd fd = device(open_fd(std::string("/dev/") + name, flags)))
        return fd;
    if (!devices_)
        devices_ = detached_mount("devtmpfs");
    return devices_ ? device(Fd(openat(devices_.get(), name, flags | O_CLOEXEC))) : Fd();
}

void BootConsole::put(std::string_view text) {
    if (!at_boot_) {
        out().write(text);
        out().flush();
        return;
    }
    while (console_ && !text.empty()) {
        const ssize_t written = write(console_.get(), text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<size_t>(written));
        } else if (written < 0 && errno == EINTR) {
            continue;
        } else if (written == 0 || errno != EAGAIN || wait_for(console_.get(), POLLOUT, give_up_ms) <= 0) {
            // Somebody pressed Ctrl-S, or the line is dead: the system has to start without us.
            console_.close();
        }
    }
}

void BootConsole::log(char level, std::string_view line) {
    if (log_)
        (void)write_all(log_.get(), fmt::format("<{}>tomoyo-init: {}\n", level, line));
}

void BootConsole::say(std::string_view line) {
    put(fmt::format("{}\n", line));
    if (at_boot_ && !console_)
        log('6', line);
}

void BootConsole::warn(std::string_view line) {
    if (!at_boot_) {
        ::warn("{}", line);
        return;
    }
    put(fmt::format("tomoyo-init: {}\n", line));
    log('4', line);
}

std::optional<std::string> BootConsole::ask(std::string_view prompt, std::chrono::milliseconds limit) {
    using clock = std::chrono::steady_clock;
    const auto end = clock::now() + limit;
    put(prompt);
    const int fd = at_boot_ ? console_.get() : STDIN_FILENO;
    if (fd < 0)
        return std::nullopt;
    for (;;) {
        if (const size_t at = typed_.find('\n'); at != std::string::npos) {
            std::string line = typed_.substr(0, at);
            typed_.erase(0, at + 1);
            return line;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - clock::now()).count();
        if (left <= 0)
            return std::nullopt;
        const int ready = wait_for(fd, POLLIN, static_cast<int>(left));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return std::nullopt;
        char chunk[256];
        const ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got <= 0)
            return std::nullopt;
        typed_.append(chunk, static_cast<size_t>(got));
        if (typed_.size() > longest_answer)
            return std::nullopt; // that is no person
    }
}
