// SPDX-License-Identifier: GPL-2.0-only
// Input: a file as it is, or a copy of a pipe in memory.
#include "tomoyo-box/base/input.h"

#include "tomoyo-box/base/error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

Fd copy_to_memory(int from, const std::string& name) {
    Fd copy(memfd_create("tomoyo-input", MFD_CLOEXEC));
    if (!copy)
        throw system_trouble("keep " + name + " in memory");
    char piece[16384];
    for (ssize_t got; (got = read_some(from, piece, sizeof piece)) != 0;) {
        if (got < 0)
            throw system_trouble("read " + name);
        if (!write_all(copy.get(), {piece, static_cast<size_t>(got)}))
            throw system_trouble("keep " + name + " in memory");
    }
    return copy;
}

} // namespace

Input::Input(const std::string& path, bool again)
    : fd_(STDIN_FILENO), name_(path == "-" ? "standard input" : path) {
    if (path != "-") {
        own_ = open_fd(path, O_RDONLY);
        if (!own_)
            throw system_trouble("open " + path);
        fd_ = own_.get();
    }
    struct stat status = {};
    if (fstat(fd_, &status) != 0)
        throw system_trouble("read " + name_);
    if (S_ISDIR(status.st_mode))
        throw trouble("cannot read {}: {}", name_, errno_text(EISDIR));
    if (S_ISREG(status.st_mode) && status.st_size > 0) { // an empty "file" may be one of /proc
        begin_ = lseek(fd_, 0, SEEK_CUR);
        size_ = static_cast<uint64_t>(status.st_size);
    }
    if (begin_ >= 0 || !again)
        return;
    own_ = copy_to_memory(fd_, name_);
    fd_ = own_.get();
    begin_ = 0;
}

LineReader Input::lines() {
    if (begin_ >= 0 && lseek(fd_, begin_, SEEK_SET) < 0)
        throw system_trouble("read " + name_ + " again");
    return {fd_, name_};
}
