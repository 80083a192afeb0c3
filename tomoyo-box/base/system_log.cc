// SPDX-License-Identifier: GPL-2.0-only
// SystemLog: datagrams to /dev/log.
#include "tomoyo-box/base/system_log.h"

#include <fmt/core.h>

#include <sys/socket.h>
#include <sys/un.h>

SystemLog::SystemLog(std::string name)
    : socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)), name_(std::move(name)) {
    constexpr sockaddr_un daemon{AF_UNIX, "/dev/log"};
    if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&daemon), sizeof daemon) != 0)
        socket_.close();
}

void SystemLog::write(int level, std::string_view text) const {
    if (!socket_)
        return;
    const std::string message = fmt::format("<{}>{}: {}", LOG_USER | level, name_, text);
    (void)send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL);
}
