// SPDX-License-Identifier: GPL-2.0-only
// Patterns against names: one entry `file symlink /s symlink.target="PATTERN"`, and symbolic links to many
// names.
#ifndef TESTS_DIFFERENTIAL_PATTERNS_H
#define TESTS_DIFFERENTIAL_PATTERNS_H

#include <cstdio>
#include <string>
#include <vector>

namespace differential {

struct Pattern {
    std::string word;
    std::vector<std::string> names; // as programs know them: any bytes but NUL
};

void generate_patterns(FILE* to, size_t pairs, size_t seed);
bool read_pattern(FILE* from, Pattern& pattern);

// They write a line for each pattern, with '+' or '-' for each name.
void patterns_on_kernel(FILE* script, FILE* outcomes);
void patterns_on_engine(FILE* script, FILE* outcomes);

// Prints TAP. Returns whether the outcomes are the same.
bool compare_patterns(FILE* script, FILE* kernel, FILE* other);

} // namespace differential

#endif
