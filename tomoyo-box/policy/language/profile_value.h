// SPDX-License-Identifier: GPL-2.0-only
// Profile value: the words behind the '=' of a profile's line. The kernel searches the value for those it
// knows, and passes over the rest.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>

namespace policy {

struct OddWord {
    std::string_view word; // in the line
    std::string meant;     // the word nearest to it; empty when none is near
    bool known_key;        // what stands in front of its '=' is known, its value is not
    bool taken;            // for something that is in it, as "mode=enforcing," for "mode=enforcing"

    // Something was meant that the kernel would not do.
    bool mistake() const { return !taken && (known_key || !meant.empty()); }
    std::string text() const; // "'mode=enforcng' means nothing; did you mean 'mode=enforcing'?"
};

// The first word that the kernel would pass over.
std::optional<OddWord> odd_word(const ProfileLine& line);

} // namespace policy
