// SPDX-License-Identifier: GPL-2.0-only
// Two patterns at once: a table of how far both can be read, of the components and within a component.
#include "tomoyo-box/policy/rewrite/pattern_overlap.h"

#include "lsm/engine/text.h"
#include "tomoyo-box/policy/rewrite/parts.h"

#include "tomoyo-box/base/text.h"

#include <algorithm>

namespace policy {

namespace {

// The four bytes of the longest escape tell.
bool is_wildcard(std::string_view word) {
    return tmy_literal_prefix(word.data(), std::min<size_t>(word.size(), 4)) == 0;
}

// The characters a wildcard stands for, as far as wildcards can tell them apart.
enum Class : unsigned { digit = 1, hex_letter = 2, other_letter = 4, dot = 8, other = 16, all = 31 };

unsigned classes_of_wildcard(char wildcard) {
    switch (wildcard) {
    case '$':
    case '+':
        return digit;
    case 'X':
    case 'x':
        return digit | hex_letter;
    case 'A':
    case 'a':
        return hex_letter | other_letter;
    case '@':
        return all & ~dot;
    default:
        return all;
    }
}

unsigned class_of(std::string_view literal) {
    const char c = literal[0];
    if (is_digit(c))
        return digit;
    if (tmy_digit(c) < 16)
        return hex_letter;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return other_letter;
    return c == '.' ? dot : other;
}

} // namespace

void append_components(Components& components, std::string_view pattern) {
    for (;;) {
        const size_t end = std::min(pattern.find('/'), pattern.size());
        std::string_view one = pattern.substr(0, end);
        const bool repeats = one.size() >= 4 && one.starts_with("\\{") && one.ends_with("\\}");
        if (repeats)
            one = one.substr(2, one.size() - 4);
        components.push_back({one, false});
        if (repeats)
            components.push_back({one, true});
        if (end == pattern.size())
            return;
        pattern.remove_prefix(end + 1);
    }
}

// "One or more" becomes one, and then any number.
void PatternOverlap::read_tokens(std::string_view pattern, Tokens& tokens) {
    tokens.clear();
    const std::string_view whole = pattern;
    while (!pattern.empty()) {
        Token token;
        token.in_front = pattern.size() == whole.size();
        if (!is_wildcard(pattern)) {
            token.literal = pattern.substr(0, character_length(pattern));
            pattern.remove_prefix(token.literal.size());
            tokens.push_back(token);
            continue;
        }
        token.wildcard = pattern.size() > 1 ? pattern[1] : '*';
        pattern.remove_prefix(std::min<size_t>(2, pattern.size()));
        if (token.wildcard == '-')
            break; // what is subtracted is passed over: the answer may be a yes too much
        token.repeats = token.wildcard == '*' || token.wildcard == '@';
        if (token.wildcard == '$' || token.wildcard == 'X' || token.wildcard == 'A') {
            tokens.push_back(token);
            token.repeats = true;
            token.in_front = false;
        }
        tokens.push_back(token);
    }
}

unsigned PatternOverlap::classes_of(const Token& token, Wildcards wildcards) {
    if (!token.wildcard)
        return class_of(token.literal);
    unsigned classes = classes_of_wildcard(token.wildcard);
    if (wildcards == Wildcards::as_meant) {
        if (token.in_front)
            classes &= ~dot;
        if (token.wildcard == '?')
            classes &= digit | hex_letter | other_letter;
    }
    return classes;
}

bool PatternOverlap::common_character(const Token& a, const Token& b, Wildcards wildcards) {
    if (!a.wildcard && !b.wildcard)
        return a.literal == b.literal;
    return (classes_of(a, wildcards) & classes_of(b, Wildcards::as_written)) != 0;
}

// Can both be read to their ends in step? COMMON(a, b): can one item be both? What repeats may be passed
// over.
template <typename Item, typename Common>
bool PatternOverlap::read_together(const std::vector<Item>& a, const std::vector<Item>& b, Rows& rows,
                                   Common common) {
    const size_t width = b.size() + 1;
    rows.assign(2 * width, 0); // a row of the table, and the next one
    rows[0] = 1;
    for (size_t i = 0; i <= a.size(); i++) {
        uint8_t* const here = &rows[(i % 2) * width];
        uint8_t* const below = &rows[(1 - i % 2) * width];
        std::fill(below, below + width, 0);
        for (size_t k = 0; k <= b.size(); k++) {
            if (!here[k])
                continue;
            const bool more_a = i < a.size(), more_b = k < b.size();
            if (more_a && a[i].repeats)
                below[k] = 1;
            if (more_b && b[k].repeats)
                here[k + 1] = 1;
            if (!more_a || !more_b || !common(a[i], b[k]))
                continue;
            if (a[i].repeats)
                here[k + 1] = 1; // here may be more of it
            if (b[k].repeats)
                below[k] = 1;
            below[k + 1] = 1;
        }
        if (i == a.size())
            return here[b.size()] != 0;
    }
    return false;
}

bool PatternOverlap::common_component(std::string_view a, std::string_view b, Wildcards wildcards) {
    // A literal beginning that differs is the usual case.
    const size_t literal =
        std::min(tmy_literal_prefix(a.data(), a.size()), tmy_literal_prefix(b.data(), b.size()));
    if (a.substr(0, literal) != b.substr(0, literal))
        return false;
    read_tokens(a, ours_);
    read_tokens(b, theirs_);
    const auto common = [&](const Token& one, const Token& other) {
        return common_character(one, other, wildcards);
    };
    if (wildcards == Wildcards::as_meant && !ours_.empty() && ours_[0].repeats) {
        // Any number of characters: none, or one that is in front, and then others which are not.
        const Token front = ours_[0];
        ours_.erase(ours_.begin());
        if (read_together(ours_, theirs_, of_tokens_, common))
            return true;
        Token others = front;
        others.in_front = false;
        ours_.insert(ours_.begin(), others);
        ours_.insert(ours_.begin(), front);
        ours_[0].repeats = false;
    }
    return read_together(ours_, theirs_, of_tokens_, common);
}

bool PatternOverlap::overlap(const Components& pattern, const Components& other, Wildcards wildcards) {
    return read_together(pattern, other, of_components_, [&](const Component& a, const Component& b) {
        return common_component(a.pattern, b.pattern, wildcards);
    });
}

} // namespace policy
