// SPDX-License-Identifier: GPL-2.0-only
// AtomicFile: a file that appears complete and on the disk, or not at all.
#pragma once

#include "tomoyo-box/base/fd.h"

#include <string>
#include <string_view>

class AtomicFile {
public:
    // Opens a temporary file in PATH's directory; the umask applies to MODE. Throws Error.
    explicit AtomicFile(std::string path, unsigned mode = 0666);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    // Without commit the temporary file goes, and PATH is as it was.
    ~AtomicFile();

    int fd() const { return fd_.get(); }
    void write(std::string_view data); // throws Error

    // Puts the file in place of what PATH was, if anything. Throws Error; PATH is then as it was.
    void replace();

    // Puts the file at PATH; false when there is something already, which stays. Throws Error.
    [[nodiscard]] bool create();

private:
    void finish(); // data to the disk, descriptor closed

    std::string path_;
    std::string temporary_; // empty once it has gone
    Fd fd_;
};

// Makes names that came and went in a directory survive a power failure. Throws Error.
void sync_directory(const std::string& path);
