// SPDX-License-Identifier: GPL-2.0-only
// What the files in /etc/tomoyo/tools have in common: a directive per line, and comments between them.
#pragma once

#include "tomoyo-box/policy/language/engine.h"
#include "tomoyo-box/policy/language/policy_reader.h"

#include <optional>
#include <string_view>
#include <vector>

namespace policy {

// Hands every line that is neither blank nor a comment to CONFIG.add(); returns what that did not understand.
template <typename Config> std::vector<Refusal> read_config(PolicyReader& reader, Config& config) {
    std::vector<Refusal> refused;
    std::string_view line;
    while (reader.next_normalized(line)) {
        if (line.empty() || line.front() == '#')
            continue;
        if (const std::optional<Problem> problem = config.add(line))
            refused.push_back({reader.number(), *problem});
    }
    return refused;
}

} // namespace policy
