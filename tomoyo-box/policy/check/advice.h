// SPDX-License-Identifier: GPL-2.0-only
// Advice: what would be right in the place of a line that is wrong.
//
// Nothing is offered that the engine does not accept: it is asked about each attempt.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <string>
#include <string_view>

namespace policy {

struct Advice {
    enum Kind : uint8_t {
        none,
        correction, // TEXT is a line that may have been meant
        example,    // TEXT is such a line with something added that was missing
        note,       // TEXT is a sentence
    };
    Kind kind = none;
    std::string text;
};

// LINE must be normalized. Time depends on its length, at most; a very long line gets none.
Advice advise(Language language, std::string_view line);

// "did you mean 'file read /a'?"; empty for none.
std::string phrase(const Advice& advice);

} // namespace policy
