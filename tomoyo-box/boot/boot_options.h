// SPDX-License-Identifier: GPL-2.0-only
// BootOptions: the words about TOMOYO on the kernel's command line, which tomoyo-init takes as arguments,
// too.
#pragma once

#include <string>
#include <string_view>

struct BootOptions {
    std::string profile;         // TOMOYO=NAME; empty: not given
    bool load_domains = true;    // false: TOMOYO_NOLOAD
    bool keep_enforcing = false; // TOMOYO_KEEP_ENFORCING
    unsigned timeout = 10;       // TOMOYO_TIMEOUT=SECONDS, for one answer

    // False when WORD is none of these.
    bool add(std::string_view word);

    // The same for each word of a line; others are passed over.
    void add_all(std::string_view line);
};
