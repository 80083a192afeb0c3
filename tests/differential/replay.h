// SPDX-License-Identifier: GPL-2.0-only
// Replays a script on a policy, be it a kernel's or the engine's.
#ifndef TESTS_DIFFERENTIAL_REPLAY_H
#define TESTS_DIFFERENTIAL_REPLAY_H

#include "tests/differential/script.h"

namespace differential {

// One policy with its files. Each file is open once for the script, from begin() to end().
class Policy {
public:
    virtual ~Policy() = default;
    virtual void begin() = 0;
    // Closes the files; what is out of use may be freed now.
    virtual void end() = 0;
    // Writes one line; a verdict as in Outcome, but never '.'.
    virtual char write(File file, const std::string& line) = 0;
    // What there is still to read from the open file.
    virtual std::string read(File file) = 0;
    // The whole text of a file, read through another descriptor.
    virtual std::string text(File file) = 0;
    // Runs a chain of programs; the record of it.
    virtual std::string run(const std::string& chain) = 0;
};

void replay(Policy& policy, FILE* script, FILE* outcomes);

} // namespace differential

#endif
