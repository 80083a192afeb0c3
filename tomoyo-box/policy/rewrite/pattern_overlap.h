// SPDX-License-Identifier: GPL-2.0-only
// PatternOverlap: do two patterns match a name in common?
//
// The engine says what a pattern matches; this asks about two patterns at once. Where it cannot tell (a
// pattern with a subtraction), it says yes.
#pragma once

#include <cstdint>
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

// What it needs while it answers is kept for the next question: an answer takes less time than memory for it.
class PatternOverlap {
public:
    bool overlap(const Components& pattern, const Components& other, Wildcards wildcards);

private:
    // What may stand at one place of a component, and whether more of the kind may follow.
    struct Token {
        char wildcard = 0; // the character behind the backslash; 0 for a literal
        bool repeats = false;
        bool in_front = false; // it would be the first character
        std::string_view literal;
    };
    using Tokens = std::vector<Token>;
    using Rows = std::vector<uint8_t>;

    static void read_tokens(std::string_view pattern, Tokens& tokens);
    static unsigned classes_of(const Token& token, Wildcards wildcards);
    static bool common_character(const Token& a, const Token& b, Wildcards wildcards);
    bool common_component(std::string_view a, std::string_view b, Wildcards wildcards);
    template <typename Item, typename Common>
    static bool read_together(const std::vector<Item>& a, const std::vector<Item>& b, Rows& rows,
                              Common common);

    Tokens ours_, theirs_;
    Rows of_components_, of_tokens_;
};

} // namespace policy
