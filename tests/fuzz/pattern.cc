// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: the matcher against a plain backtracking one.
#include "lsm/engine/pattern.h"
#include "lsm/engine/word.h"
#include "tests/model/naive_match.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    // The name, a newline, the pattern; letters are folded to few, so that matches happen.
    std::string text(reinterpret_cast<const char*>(data), size);
    for (char& c : text)
        if (c >= 'e' && c <= 'w')
            c = static_cast<char>('a' + c % 3);
    const size_t newline = text.find('\n');
    if (newline == std::string::npos || size > 2000)
        return 0;
    const std::string name = text.substr(0, newline), pattern = text.substr(newline + 1);
    if (!tmy_correct_word(pattern.data(), pattern.size()))
        return 0;

    std::vector<unsigned long> scratch(TMY_MATCH_SCRATCH(name.size()), ~0UL);
    const bool got = tmy_match(name.data(), name.size(), pattern.data(), pattern.size(), scratch.data());
    naive::budget = 100000;
    const bool expected = naive::match(name, pattern);
    if (naive::budget >= 0 && got != expected)
        abort();
    return 0;
}
