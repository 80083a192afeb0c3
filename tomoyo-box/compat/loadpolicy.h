// SPDX-License-Identifier: GPL-2.0-only
// The command lines of loadpolicy in tomoyo-tools: 2.6.1's, and the letters of 2.2 and 2.3.
#pragma once

#include "tomoyo-box/applet.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/language/kinds.h"

#include <string>
#include <vector>

namespace compat {

// One policy to load, and from where.
struct LoadJob {
    const policy::PolicyKind* kind;
    std::vector<std::string> files; // "-": standard input
};

// A word made of letters stands first; after it "-" for standard input, or a policy directory.
bool is_letters(const std::vector<std::string>& words);

// What such words ask for, in the order of a boot. 'f' sets REPLACE. Throws Error on wrong usage.
std::vector<LoadJob> jobs_of_letters(const Command& command, const std::vector<std::string>& words,
                                     bool& replace);

// 2.6.1 knows seven words, of which it takes one, and an agent.
struct LoadRequest {
    const policy::PolicyKind* kind;
    bool replace;
    std::string agent; // empty: none
};

// Prints that program's usage and throws Error on what it refuses.
LoadRequest load_request(const Call& call);

} // namespace compat
