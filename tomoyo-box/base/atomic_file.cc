// SPDX-License-Identifier: GPL-2.0-only
// AtomicFile: temporary file, fsync, rename, fsync of the directory.
#include "tomoyo-box/base/atomic_file.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

AtomicFile::AtomicFile(std::string path, unsigned mode) : path_(std::move(path)) {
    // Names left behind by a crashed process of the same number are stepped over.
    for (unsigned attempt = 0; !fd_; attempt++) {
        temporary_ = fmt::format("{}.{}.{}.tmp", path_, getpid(), attempt);
        fd_ = open_fd(temporary_, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
        if (!fd_ && errno != EEXIST) {
            temporary_.clear();
            throw system_trouble("write " + path_);
        }
    }
}

AtomicFile::~AtomicFile() {
    if (!temporary_.empty())
        unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view data) {
    if (!write_all(fd_.get(), data))
        throw system_trouble("write " + path_);
}

void AtomicFile::finish() {
    // close(2) may be the first to report that the disk is full (NFS).
    if (!sync_fd(fd_) || ::close(fd_.release()) != 0)
        throw system_trouble("write " + path_);
}

void AtomicFile::replace() {
    finish();
    if (rename(temporary_.c_str(), path_.c_str()) != 0)
        throw system_trouble("write " + path_);
    temporary_.clear();
    sync_directory(parent_directory(path_));
}

bool AtomicFile::create() {
    finish();
    // rename(2) would overwrite what another process has just made.
    if (link(temporary_.c_str(), path_.c_str()) != 0) {
        if (errno == EEXIST)
            return false;
        throw system_trouble("write " + path_);
    }
    unlink(temporary_.c_str());
    temporary_.clear();
    sync_directory(parent_directory(path_));
    return true;
}

void sync_directory(const std::string& path) {
    const Fd fd = open_fd(path, O_RDONLY | O_DIRECTORY);
    if (!fd || !sync_fd(fd))
        throw system_trouble("write directory " + path);
}
