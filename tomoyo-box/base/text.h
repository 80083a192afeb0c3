// SPDX-License-Identifier: GPL-2.0-only
// Text: taking it apart at blanks and newlines.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

constexpr std::string_view decimal_digits = "0123456789";

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Is TEXT one digit or more, and nothing else?
constexpr bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of(decimal_digits) == std::string_view::npos;
}

// Removes PREFIX from the front of TEXT; false when it is not there.
bool strip(std::string_view& text, std::string_view prefix);

// The first word of LINE; LINE becomes what follows the blank behind it.
std::string_view take_word(std::string_view& line);

// The first line of TEXT without its newline; TEXT becomes what follows.
std::string_view take_line(std::string_view& text);

template <typename Visit> void for_each_line(std::string_view text, Visit visit) {
    while (!text.empty())
        visit(take_line(text));
}

// Calls do_word(std::string) for each of the words.
template <typename DoWord> void for_each_word(std::string_view words, DoWord do_word) {
    while (!words.empty())
        if (const std::string_view word = take_word(words); !word.empty())
            do_word(std::string(word));
}
