// SPDX-License-Identifier: GPL-2.0-only
// What one run of an offline tool is given: arguments, standard input, files.
#ifndef TESTS_DIFFERENTIAL_TOOLS_INPUT_H
#define TESTS_DIFFERENTIAL_TOOLS_INPUT_H

#include "tests/differential/random.h"

#include <map>
#include <string>
#include <vector>

namespace differential {

struct Input {
    std::vector<std::string> arguments;
    std::string standard_input;
    std::map<std::string, std::string> files; // by name, in the working directory or absolute
};

// How often a line was left out because it would show a defect of the reference that is not ours, by reason.
using LeftOut = std::map<std::string, size_t>;

struct Applet {
    const char* name; // of the program
    Input (*make)(Random& random, size_t number, LeftOut& left_out);
    const char* pieces; // an input is made smaller by leaving out what ends with one of these
    bool reports;       // the answer is a report about lines, of which the verdicts count and not the words
};

extern const std::vector<Applet> applets;

// Where the names are that exist (findtemp); made by make_tree(), in a file system of its own.
extern const char* const tree;
void make_tree();

} // namespace differential

#endif
