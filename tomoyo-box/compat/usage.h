// SPDX-License-Identifier: GPL-2.0-only
// Usage: what the programs of tomoyo-tools 2.6.1 print for a wrong command line.
#pragma once

#include "tomoyo-box/applet.h"

#include <string>

namespace compat {

struct Usage {
    std::string text; // without its last newline; empty: that program does not exist, or has no such message
    bool to_stdout;
    int code;
};

// NAME: how the program was called.
Usage usage_of(const Applet& applet, const std::string& name);

} // namespace compat
