// SPDX-License-Identifier: GPL-2.0-only
// BootOptions: words and their values.
#include "tomoyo-box/boot/boot_options.h"

#include "tomoyo-box/base/text.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>

namespace {

constexpr unsigned longest_timeout = 3600;

} // namespace

bool BootOptions::add(std::string_view word) {
    if (word == "TOMOYO_NOLOAD") {
        load_domains = false;
    } else if (word == "TOMOYO_KEEP_ENFORCING") {
        keep_enforcing = true;
    } else if (strip(word, "TOMOYO_TIMEOUT=")) {
        if (!is_number(word))
            return false;
        timeout = 0;
        for (const char digit : word)
            timeout = std::min(timeout * 10 + unsigned(digit - '0'), longest_timeout);
    } else if (strip(word, "TOMOYO=")) {
        profile = word;
    } else {
        return false;
    }
    return true;
}

void BootOptions::add_all(std::string_view line) {
    for_each_word(policy::normalize(line), [&](const std::string& word) { (void)add(word); });
}
