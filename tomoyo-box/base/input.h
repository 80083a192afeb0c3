// SPDX-License-Identifier: GPL-2.0-only
// Input: text that can be read more than once, be it a file or a pipe.
#pragma once

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/line_reader.h"

#include <cstdint>
#include <string>

class Input {
public:
    // PATH "-" is standard input. What cannot be rewound is copied to a file in memory when AGAIN asks for
    // more than one reading. Throws Error.
    Input(const std::string& path, bool again);

    // Reads from where the input began; ends every earlier reading.
    LineReader lines();

    const std::string& name() const { return name_; }
    uint64_t size() const { return size_; } // in bytes; 0 when it is not known

private:
    Fd own_;
    int fd_;
    std::string name_;
    int64_t begin_ = -1; // -1: cannot be rewound
    uint64_t size_ = 0;
};
