// SPDX-License-Identifier: GPL-2.0-only
// LooseOptions: the command line of tomoyo-init_policy, where every option may lack its dashes, has '_' or
// '-' between its words, and '=' or a blank in front of its value. Of an option that is given twice the later
// counts.
#pragma once

#include "tomoyo-box/applet.h"
#include "tomoyo-box/base/error.h"

#include <string>
#include <string_view>
#include <vector>

struct LooseOption {
    std::string typed; // as the user wrote it
    std::string name;  // "use-profile"
    std::string value; // empty: it is a flag
};

// The options of CALL. FLAGS and SETTINGS, which have a value, are known names, with blanks between them.
// HELP becomes the one that asks for the help or the version; then nothing else counts. Throws Error.
std::vector<LooseOption> read_loose_options(const Call& call, std::string_view flags,
                                            std::string_view settings, std::string& help);

// The number that is the value: from 0 to MAX, or modulo 256 as the old tool took it. Throws Error.
unsigned option_number(const Call& call, const LooseOption& option, unsigned max);

// The same for a number of any size; an old tool leaves LIMIT as it is when there is no number.
void set_option_limit(const Call& call, const LooseOption& option, unsigned& limit);

// The value, which must be one of the words of ALLOWED. Throws Error.
std::string option_choice(const LooseOption& option, std::string_view allowed);
