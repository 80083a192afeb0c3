// SPDX-License-Identifier: GPL-2.0-only
// A plain backtracking matcher, written down as the specification (1.5.2) says it: what tests compare with.
#ifndef TESTS_MODEL_NAIVE_MATCH_H
#define TESTS_MODEL_NAIVE_MATCH_H

#include <algorithm>
#include <string_view>
#include <vector>

namespace naive {

using View = std::string_view;

inline size_t character(View f) {
    if (f[0] != '\\')
        return 1;
    if (f.size() > 1 && f[1] == '\\')
        return 2;
    const auto octal = [&](size_t i, char most) { return f[i] >= '0' && f[i] <= most; };
    return f.size() > 3 && octal(1, '3') && octal(2, '7') && octal(3, '7') ? 4 : 0;
}

inline bool in_class(char c, char wildcard) {
    const bool digit = c >= '0' && c <= '9', letter = (c | 32) >= 'a' && (c | 32) <= 'z' && c >= 'A';
    const bool hex = digit || (letter && (c | 32) <= 'f');
    return wildcard == '$' || wildcard == '+' ? digit : wildcard == 'X' || wildcard == 'x' ? hex : letter;
}

inline long budget; // steps left: this matcher is exponential; below 0 the answer means nothing

inline bool match_one(View f, View p) {
    if (--budget < 0)
        return false;
    if (p.empty())
        return f.empty();
    if (p[0] != '\\')
        return !f.empty() && f[0] == p[0] && match_one(f.substr(1), p.substr(1));
    if (const size_t length = character(p))
        return f.substr(0, length) == p.substr(0, length) && match_one(f.substr(length), p.substr(length));
    const char wildcard = p[1];
    const View rest = p.substr(2);
    if (wildcard == '*' || wildcard == '@')
        for (;;) {
            if (match_one(f, rest))
                return true;
            if (f.empty() || (wildcard == '@' && f[0] == '.') || !character(f))
                return false;
            f.remove_prefix(character(f));
        }
    if (f.empty())
        return false;
    if (wildcard == '?')
        return character(f) && match_one(f.substr(character(f)), rest);
    if (wildcard == '+' || wildcard == 'x' || wildcard == 'a')
        return in_class(f[0], wildcard) && match_one(f.substr(1), rest);
    if (wildcard == '$' || wildcard == 'X' || wildcard == 'A') {
        for (size_t i = 0; i < f.size() && in_class(f[i], wildcard); i++)
            if (match_one(f.substr(i + 1), rest))
                return true;
        return false;
    }
    return f.substr(0, 2) == p.substr(0, 2) && match_one(f.substr(2), rest);
}

inline bool match_sub(View f, View p) {
    std::vector<View> parts;
    size_t start = 0;
    for (size_t i = 0; i + 1 < p.size();) {
        if (p[i] != '\\') {
            i++;
        } else {
            if (p[i + 1] == '-') {
                parts.push_back(p.substr(start, i - start));
                start = i + 2;
            }
            i += 2;
        }
    }
    parts.push_back(p.substr(start));
    if (!match_one(f, parts[0]))
        return false;
    for (size_t i = 1; i < parts.size(); i++)
        if (match_one(f, parts[i]))
            return false;
    return true;
}

inline View first(View s) { return s.substr(0, s.find('/')); }
inline View after(View s) { return s.substr(std::min(first(s).size() + 1, s.size())); }

inline bool match_components(View f, View p) {
    while (!f.empty() && !p.empty()) {
        if (--budget < 0)
            return false;
        const View part = first(p);
        if (part.starts_with("\\{")) {
            if (part.size() < 4 || !part.ends_with("\\}") || part.size() == p.size())
                return false;
            const View inside = part.substr(2, part.size() - 4);
            for (;;) {
                if (first(f).size() == f.size() || !match_sub(first(f), inside))
                    return false;
                f = after(f);
                if (match_components(f, after(p)))
                    return true;
                if (f.find('/') == View::npos)
                    return false;
            }
        }
        if (!match_sub(first(f), part))
            return false;
        f = after(f);
        p = after(p);
    }
    while (p.starts_with("\\*") || p.starts_with("\\@"))
        p.remove_prefix(2);
    return f.empty() && p.empty();
}

inline bool match(View s, View p) {
    size_t prefix = 0;
    while (prefix < p.size() && character(p.substr(prefix)))
        prefix += character(p.substr(prefix));
    if (prefix == p.size())
        return s == p;
    if (s.ends_with('/') != p.ends_with('/') || !s.starts_with(p.substr(0, prefix)))
        return false;
    return match_components(s.substr(prefix), p.substr(prefix));
}

} // namespace naive

#endif
