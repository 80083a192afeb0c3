// SPDX-License-Identifier: GPL-2.0-only
// Fd: an open file descriptor with one owner, and whole reads and writes on it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd();

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }
    void close() { Fd(std::move(*this)); }

private:
    int fd_ = -1;
};

// open(2) with O_CLOEXEC; an empty Fd and errno on failure.
[[nodiscard]] Fd open_fd(const std::string& path, int flags, unsigned mode = 0666);

// read(2) that goes on after a signal: bytes read, 0 at the end, -1 and errno.
[[nodiscard]] ssize_t read_some(int fd, char* to, size_t room);

// Writes all of it; false and errno when it could not.
[[nodiscard]] bool write_all(int fd, std::string_view data);

// fsync(2); false and errno when it failed. File systems that have nothing to wait for (EINVAL) are no
// failure.
[[nodiscard]] bool sync_fd(const Fd& fd);

// Everything until end of file; throws Error naming NAME.
std::string read_all(int fd, const std::string& name);

// A file in memory that holds TEXT, to read from its beginning; throws Error.
Fd memory_file(std::string_view text);

// A whole file; throws Error when it cannot be opened or read.
std::string read_file(const std::string& path);
