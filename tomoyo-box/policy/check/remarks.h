// SPDX-License-Identifier: GPL-2.0-only
// Remarks: what is doubtful about a line that the kernel takes.
#pragma once

#include "tomoyo-box/policy/check/advice.h"
#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>

namespace policy {

struct Remark {
    bool error;    // the line can never have the effect it is written for
    size_t column; // of the normalized line, from 1
    std::string text;
    Advice advice;
};

// The first thing there is to say about LINE, of which PARSED is what it says. STRICT: also about what is
// often meant that way.
std::optional<Remark> remark_on(Language language, std::string_view line, const Line& parsed, bool strict);

} // namespace policy
