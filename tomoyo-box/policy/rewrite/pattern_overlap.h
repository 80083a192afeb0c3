// SPDX-License-Identifier: GPL-2.0-only
// Do two patterns match a name in common?
//
// The engine says what a pattern matches; this asks about two patterns at once. Where it cannot tell (a
// pattern with a subtraction), it says yes.
#pragma once

#include <string_view>
#include <vector>

namespace policy {

// A row of components, each a pattern without a slash; one that repeats stands for any number of them.
struct Component {
    std::string_view pattern;
    bool repeats = false;
};
using Components = std::vector<Component>;
void append_components(Components& components, std::string_view pattern);

enum class Wildcards {
    as_written,
    // The first pattern's do not stand for a dot in front of a component, and \? is a letter or a digit: what
    // is meant when somebody writes them for a name that is made up by a program.
    as_meant
};
bool overlap(const Components& pattern, const Components& other, Wildcards wildcards);

} // namespace policy
