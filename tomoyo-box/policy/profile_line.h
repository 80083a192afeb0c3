// SPDX-License-Identifier: GPL-2.0-only
// ProfileLine: the parts of one line of a profile file (kernel ABI specification 5.1).
#pragma once

#include <optional>
#include <string_view>

namespace policy {

// All views point into the line.
struct ProfileLine {
    std::string_view space = "<kernel>"; // the namespace; <kernel> when the line does not say
    std::optional<unsigned> profile;     // 0..255; nothing for PROFILE_VERSION, or when there is no number
    std::string_view key;                // "COMMENT", "CONFIG::file", "PROFILE_VERSION"; as far as it goes
    bool has_value = false;              // there is a '='
    std::string_view value;              // what follows it
};

// Takes LINE, in canonical blanks, apart. Whatever fits nowhere is in key.
ProfileLine parse_profile_line(std::string_view line);

} // namespace policy
