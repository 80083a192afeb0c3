// SPDX-License-Identifier: GPL-2.0-only
// Generalize: what names have in common, and the wildcard for the rest.
#include "tomoyo-box/policy/rewrite/generalize.h"

#include "tomoyo-box/policy/rewrite/parts.h"

#include "tomoyo-box/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace policy {

namespace {

using Views = std::span<const std::string_view>;

// Sets of characters, as bits.
constexpr uint8_t digit = 1, hex_letter = 2, other_letter = 4, dot = 8;
constexpr uint8_t hex = digit | hex_letter, letter = hex_letter | other_letter, alphanumeric = digit | letter;

constexpr auto classes = [] {
    std::array<uint8_t, 256> table{};
    for (unsigned c = 0; c < table.size(); c++)
        if (c >= '0' && c <= '9')
            table[c] = digit;
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            table[c] = hex_letter;
        else if ((c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z'))
            table[c] = other_letter;
        else if (c == '.')
            table[c] = dot;
    return table;
}();

bool is(char c, uint8_t set) { return (classes[static_cast<uint8_t>(c)] & set) != 0; }

bool all_are(std::string_view text, uint8_t set) {
    for (const char c : text)
        if (!is(c, set))
            return false;
    return !text.empty();
}

bool all_are(Views pieces, uint8_t set) {
    for (const std::string_view piece : pieces)
        if (!all_are(piece, set))
            return false;
    return true;
}

bool has(std::string_view text, uint8_t set) {
    for (const char c : text)
        if (is(c, set))
            return true;
    return false;
}

bool any_has(Views pieces, uint8_t set) {
    for (const std::string_view piece : pieces)
        if (has(piece, set))
            return true;
    return false;
}

bool same_size(Views pieces) {
    for (const std::string_view piece : pieces)
        if (piece.size() != pieces[0].size())
            return false;
    return true;
}

bool all_equal(Views pieces) {
    for (const std::string_view piece : pieces)
        if (piece != pieces[0])
            return false;
    return true;
}

// Names longer than this are no names of a fixed length, but happen to have the same.
constexpr size_t longest_fixed = 16;

// The narrowest wildcard for all of the pieces.
std::string wildcard_for(Views pieces) {
    if (all_are(pieces, digit))
        return "\\$";
    if (all_are(pieces, hex) && any_has(pieces, digit))
        return "\\X";
    if (all_are(pieces, letter))
        return "\\A";
    if (all_are(pieces, alphanumeric) && same_size(pieces) && pieces[0].size() <= longest_fixed) {
        std::string fixed;
        for (size_t i = 0; i < pieces[0].size(); i++)
            fixed += "\\?";
        return fixed;
    }
    return any_has(pieces, dot) ? "\\*" : "\\@";
}

// How many bytes all values have in common in front, in whole characters.
size_t common_front(Views values) {
    std::string_view front = values[0];
    for (const std::string_view value : values) {
        size_t same = 0;
        while (same < front.size() && same < value.size() && front[same] == value[same])
            same++;
        front = front.substr(0, same);
    }
    size_t whole = 0;
    while (whole < front.size()) {
        const size_t length = character_length(values[0].substr(whole));
        if (whole + length > front.size())
            break;
        whole += length;
    }
    return whole;
}

// And behind. What begins inside of an escape is not the same character everywhere, so an escape ends the
// search.
size_t common_back(Views values, size_t front) {
    size_t most = values[0].size() - front;
    for (const std::string_view value : values) {
        if (value.find('\\', front) != std::string_view::npos)
            return 0;
        size_t same = 0;
        while (same < most && same < value.size() - front &&
               value[value.size() - 1 - same] == values[0][values[0].size() - 1 - same])
            same++;
        most = same;
    }
    return most;
}

// A number, or a hash, is not cut where its first digits happen to be the same.
void shrink(std::string_view value, size_t& front, size_t& back, uint8_t set) {
    size_t begin = front, end = value.size() - back;
    while (begin > 0 && is(value[begin - 1], set))
        begin--;
    if (has(value.substr(begin, front - begin), digit))
        front = begin;
    while (end < value.size() && is(value[end], set))
        end++;
    if (has(value.substr(value.size() - back, end - (value.size() - back)), digit))
        back = value.size() - end;
}

} // namespace

bool Pieces::next(std::string_view& piece, bool& may_differ) {
    may_differ = false;
    if (rest_.empty())
        return false;
    const uint8_t wanted = kind_ == digits ? digit : alphanumeric;
    size_t end = 0;
    if (is(rest_[0], wanted)) {
        while (end < rest_.size() && is(rest_[end], wanted))
            end++;
        const std::string_view run = rest_.substr(0, end);
        may_differ = kind_ == digits || has(run, digit) || (run.size() >= 4 && all_are(run, hex));
    } else {
        while (end < rest_.size() && !is(rest_[end], wanted))
            end += character_length(rest_.substr(end));
    }
    piece = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return true;
}

std::string pattern_of_pieces(Views names, Pieces::Kind kind) {
    std::vector<Pieces> cursors;
    for (const std::string_view name : names)
        cursors.emplace_back(name, kind);
    std::vector<std::string_view> pieces(names.size());
    std::string pattern;
    bool may_differ = false;
    for (;;) {
        for (size_t i = 0; i < names.size(); i++)
            if (!cursors[i].next(pieces[i], may_differ))
                return pattern;
        pattern += all_equal(pieces) ? std::string(pieces[0]) : wildcard_for(pieces);
    }
}

std::string_view component_at(std::string_view name, size_t at) {
    while (at-- > 0) {
        const size_t slash = name.find('/');
        if (slash == std::string_view::npos)
            return {};
        name.remove_prefix(slash + 1);
    }
    return name.substr(0, name.find('/'));
}

std::string pattern_of_component(Views names, size_t at, bool& nothing_literal) {
    std::vector<std::string_view> values;
    for (const std::string_view name : names)
        values.push_back(component_at(name, at));
    size_t front = common_front(values), back = common_back(values, front);
    const auto middles = [&] {
        std::vector<std::string_view> pieces;
        pieces.reserve(values.size());
        for (const std::string_view value : values)
            pieces.push_back(value.substr(front, value.size() - front - back));
        return pieces;
    };
    std::string wildcard = wildcard_for(middles());
    if (wildcard == "\\$")
        shrink(values[0], front, back, digit);
    else if (wildcard == "\\X")
        shrink(values[0], front, back, hex);
    wildcard = wildcard_for(middles());

    const std::string_view first = names[0], value = values[0];
    const size_t start = static_cast<size_t>(value.data() - first.data());
    nothing_literal = front + back == 0 && wildcard != "\\$" && wildcard != "\\X";
    std::string pattern(first.substr(0, start + front));
    return pattern.append(wildcard).append(first.substr(start + value.size() - back));
}

namespace {

const char* words_for(char wildcard) {
    switch (wildcard) {
    case '$':
        return "digits";
    case '+':
        return "a digit";
    case 'X':
        return "hexadecimal digits";
    case 'x':
        return "a hexadecimal digit";
    case 'A':
        return "letters";
    case 'a':
        return "a letter";
    case '@':
        return "anything without a dot";
    default:
        return "anything";
    }
}

// "'session.' and digits"
std::string describe_component(std::string_view component) {
    std::string text;
    const auto add = [&](const std::string& what) { text.append(text.empty() ? "" : " and ").append(what); };
    while (!component.empty()) {
        const size_t literal = tmy_literal_prefix(component.data(), component.size());
        if (literal > 0) {
            add("'" + std::string(component.substr(0, literal)) + "'");
            component.remove_prefix(literal);
            continue;
        }
        size_t single = 0;
        for (; component.starts_with("\\?"); single++)
            component.remove_prefix(2);
        if (single > 0) {
            add(single == 1 ? "any character" : std::to_string(single) + " characters");
            continue;
        }
        add(words_for(component.size() > 1 ? component[1] : '*'));
        component.remove_prefix(std::min<size_t>(2, component.size()));
    }
    return text;
}

bool is_literal(std::string_view text) { return tmy_literal_prefix(text.data(), text.size()) == text.size(); }

} // namespace

std::string describe(std::string_view pattern) {
    const size_t last = pattern.rfind('/') + 1; // npos + 1 is 0
    const std::string_view name = pattern.substr(last);
    std::string text =
        is_literal(name) ? "'" + std::string(name) + "'" : "any name of " + describe_component(name);
    if (last > 0)
        text.append(" in ").append(pattern.substr(0, last));
    const char* join = ", where ";
    for (std::string_view rest = pattern.substr(0, last); !rest.empty();) {
        const std::string_view component = rest.substr(0, rest.find('/'));
        rest.remove_prefix(component.size() + 1);
        if (is_literal(component))
            continue;
        text.append(join).append(component).append(" is any name of ").append(describe_component(component));
        join = ", and ";
    }
    return text;
}

} // namespace policy
