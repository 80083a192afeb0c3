// SPDX-License-Identifier: GPL-2.0-only
// Parts: the pieces of a file's name that mean something by themselves, such as a date or a version. A part
// begins and ends where letters or digits meet other characters.
#pragma once

#include "lsm/engine/pattern.h"

#include <string_view>

namespace policy {

// The length in bytes of the encoded character in front, which may be an escape.
size_t character_length(std::string_view text);

// Where parts that begin at START, which is such a place itself, may end: from the nearest on, a few.
class PartEnds {
public:
    PartEnds(std::string_view component, size_t start) : component_(component), at_(start) {}
    size_t next(); // 0: there is none

private:
    static constexpr unsigned most = 16; // names with more separators are not looked at for long
    std::string_view component_;
    size_t at_;
    unsigned count_ = 0;
};

} // namespace policy
