// SPDX-License-Identifier: GPL-2.0-only
// Chains of programs: one program executes the next, and each writes down in which domain it is.
#ifndef TESTS_DIFFERENTIAL_TRANSITIONS_H
#define TESTS_DIFFERENTIAL_TRANSITIONS_H

#include "tests/differential/script.h"

struct tmy_policy;

namespace differential {

// A path that is executed, as TOMOYO names it (kernel ABI specification 2.7, encoded), the file it leads to,
// and the file that runs then: another one for a script. An empty file is the one that is already running.
struct Program {
    const char *path, *name, *real, *runs;
};
extern const std::vector<Program> programs;
// What there is at the beginning, without having been executed.
extern const char* const first_program;

struct Hop {
    std::string path;
    std::vector<std::string> argv, envp;
};

// The domain it begins in, and what is executed, one after the other.
struct Chain {
    std::string domain;
    std::vector<Hop> hops;
};

std::string chain_text(const Chain& chain);
Chain parse_chain(const std::string& text);
size_t hops_of(const std::string& text);

// What there has to be for all of them; one of many policies, with a chain.
Batch transitions_beginning();
Batch transitions_batch(size_t seed, size_t number);

// The record: a line for the beginning and one for each program, with its domain or the error's number.
std::string chain_on_kernel(const std::string& text);
std::string chain_on_engine(tmy_policy* policy, const std::string& text);

// Is this process a link of a chain? Then it goes on with it, and does not return.
bool in_chain();
[[noreturn]] void next_program();

} // namespace differential

#endif
