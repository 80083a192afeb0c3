// SPDX-License-Identifier: GPL-2.0-only
// Runs a program on an input and keeps what it prints.
#ifndef TESTS_DIFFERENTIAL_TOOLS_PROGRAM_H
#define TESTS_DIFFERENTIAL_TOOLS_PROGRAM_H

#include "tests/differential/tools/input.h"

namespace differential {

struct Answer {
    std::string output; // standard output
    std::string status; // "exit 0", "signal 11", "hangs"
    std::string errors;

    bool operator==(const Answer& other) const { return output == other.output && status == other.status; }
};

// Puts INPUT where the programs expect it. The working directory should be in memory.
void place(const Input& input);
// PATH is run on what place() has put there.
Answer run(const std::string& path, const Input& input);

// TEXT to FILE, or the end.
void write_file(const std::string& file, const std::string& text);

} // namespace differential

#endif
