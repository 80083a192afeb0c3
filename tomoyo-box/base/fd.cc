// SPDX-License-Identifier: GPL-2.0-only
// Fd: whole reads and writes.
#include "tomoyo-box/base/fd.h"

#include "tomoyo-box/base/error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

Fd::~Fd() {
    if (fd_ >= 0)
        ::close(fd_);
}

Fd open_fd(const std::string& path, int flags, unsigned mode) {
    return Fd(::open(path.c_str(), flags | O_CLOEXEC, mode));
}

ssize_t read_some(int fd, char* to, size_t room) {
    ssize_t got;
    do {
        got = ::read(fd, to, room);
    } while (got < 0 && errno == EINTR);
    return got;
}

bool write_all(int fd, std::string_view data) {
    while (!data.empty()) {
        const ssize_t put = ::write(fd, data.data(), data.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            if (put == 0)
                errno = EIO; // a write that makes no progress would loop for ever
            return false;
        }
        data.remove_prefix(static_cast<size_t>(put));
    }
    return true;
}

bool sync_fd(const Fd& fd) { return fsync(fd.get()) == 0 || errno == EINVAL; }

std::string read_all(int fd, const std::string& name) {
    std::string all;
    char chunk[16384];
    for (;;) {
        const ssize_t got = read_some(fd, chunk, sizeof chunk);
        if (got < 0)
            throw system_trouble("read " + name);
        if (got == 0)
            return all;
        all.append(chunk, static_cast<size_t>(got));
    }
}

Fd memory_file(std::string_view text) {
    Fd fd(memfd_create("text", MFD_CLOEXEC));
    if (!fd || !write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        throw system_trouble("keep text in memory");
    return fd;
}

std::string read_file(const std::string& path) {
    const Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        throw system_trouble("open " + path);
    return read_all(fd.get(), path);
}
