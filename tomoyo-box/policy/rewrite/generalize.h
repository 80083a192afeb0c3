// SPDX-License-Identifier: GPL-2.0-only
// Generalize: the narrowest pattern that matches some names, and what a pattern allows in words.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace policy {

// Cuts a name into pieces: runs of characters that may differ between names, and what is between them.
class Pieces {
public:
    enum Kind {
        digits, // runs of digits may differ, in their length too
        mixed   // runs of letters and digits may, when they look made up: with a digit, or hexadecimal
    };
    Pieces(std::string_view name, Kind kind) : rest_(name), kind_(kind) {}
    bool next(std::string_view& piece, bool& may_differ);

private:
    std::string_view rest_;
    Kind kind_;
};

// For names that have the same pieces, but for those that may differ.
std::string pattern_of_pieces(std::span<const std::string_view> names, Pieces::Kind kind);

// For the components at AT (from 0) of names that are otherwise equal. NOTHING_LITERAL: the component has
// become a wildcard and is not a number, so that it allows much.
std::string pattern_of_component(std::span<const std::string_view> names, size_t at, bool& nothing_literal);

// The component at AT; nothing when there are not as many.
std::string_view component_at(std::string_view name, size_t at);

// "any name of digits in /run/"
std::string describe(std::string_view pattern);

} // namespace policy
