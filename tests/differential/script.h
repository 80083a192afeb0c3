// SPDX-License-Identifier: GPL-2.0-only
// The script that is replayed on a policy, and the record of what became of it: what the generator, the two
// replaying programs and the comparison exchange as files.
#ifndef TESTS_DIFFERENTIAL_SCRIPT_H
#define TESTS_DIFFERENTIAL_SCRIPT_H

#include <cstdio>
#include <string>
#include <vector>

namespace differential {

enum File { domain_policy, exception_policy, profile, manager, stat, files, chain = files };
extern const char* const file_names[files + 1];
File file_named(const std::string& name);

struct Step {
    enum Action {
        write, // a line
        read,  // what there is to read
        run,   // a chain of programs (transitions.h), of which the record is read
    };
    Action action;
    File file;
    std::string line; // to write, without its newline, or to run; any bytes

    bool writes() const { return action == write; }
};

// Between two batches all that the first one added is taken out again.
struct Batch {
    enum Type {
        plain,    // every side must do the same
        context,  // likewise, and the clean-up waits for the next batch
        expected, // lines that mainline takes and the engine must leave without effect (expected.h)
    };
    std::string name; // SEED:NUMBER
    Type type = plain;
    std::vector<Step> steps;
};

struct Reading {
    File file;
    std::string text;
};

struct Outcome {
    std::string name;
    // For each line written: '+' accepted, '-' not, '.' not to be told, or '!' for a failed write.
    std::string verdicts;
    std::vector<Reading> readings; // as the script asks for them, then of all files
};

void write_batch(FILE* to, const Batch& batch);
// Returns false at the end; ends the program when the file is not a script.
bool read_batch(FILE* from, Batch& batch);

void write_outcome(FILE* to, const Outcome& outcome);
bool read_outcome(FILE* from, Outcome& outcome);

// Opens a file or ends the program.
FILE* open_or_die(const char* path, const char* mode);
[[noreturn]] void die(const std::string& message);

} // namespace differential

#endif
