// SPDX-License-Identifier: GPL-2.0-only
// A handful of string streams for CLI11, which needs no more of <iostream>; the real ones bring the whole
// locale machinery of the C++ library with them, 115 KB of the binary and some start-up time.
//
// cli11.sh makes a copy of CLI11's headers that uses these names instead of those in std.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>
#include <wchar.h> // <cwchar> is empty without wide strings

namespace mini {

struct locale {};

class ostream {
public:
    ostream& add(std::string_view text) {
        if (text.size() < width_) {
            const std::string blanks(width_ - text.size(), ' ');
            text_.append(left_ ? text : blanks).append(left_ ? blanks : text);
        } else {
            text_ += text;
        }
        width_ = 0; // as in std, a width is for one item
        return *this;
    }
    ostream& put(char c) { return add({&c, 1}); }
    long tellp() const { return static_cast<long>(text_.size()); }
    void width(size_t columns) { width_ = columns; }
    void adjust_left() { left_ = true; }
    void precision(int) {} // It is always 16, which is what CLI11 asks for.
    std::string str() const { return text_; }

protected:
    std::string text_;

private:
    size_t width_ = 0;
    bool left_ = false;
};

inline ostream& operator<<(ostream& out, std::string_view text) { return out.add(text); }
inline ostream& operator<<(ostream& out, const std::string& text) { return out.add(text); }
inline ostream& operator<<(ostream& out, const char* text) { return out.add(text); }
inline ostream& operator<<(ostream& out, char c) { return out.add({&c, 1}); }
inline ostream& operator<<(ostream& out, bool yes) { return out.add(yes ? "1" : "0"); }
template <typename T, typename = std::enable_if_t<std::is_integral_v<T>>>
ostream& operator<<(ostream& out, T number) {
    return out.add(std::to_string(number));
}
// How often a flag was given, is a sum of these for CLI11 2.4.
inline ostream& operator<<(ostream& out, double number) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.16g", number);
    return out.add(digits);
}

struct hex_stream {
    ostream& out;
};
inline constexpr struct hex_manipulator {
} hex;
inline hex_stream operator<<(ostream& out, hex_manipulator) { return {out}; }
inline ostream& operator<<(hex_stream hex, unsigned number) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "%x", number);
    return hex.out.add(digits);
}

struct setw {
    explicit setw(int columns) : columns(columns) {}
    int columns;
};
inline ostream& operator<<(ostream& out, setw width) {
    out.width(static_cast<size_t>(width.columns));
    return out;
}
inline ostream& flush(ostream& out) { return out; }
inline ostream& endl(ostream& out) { return out.add("\n"); }
inline ostream& left(ostream& out) {
    out.adjust_left();
    return out;
}
inline ostream& operator<<(ostream& out, ostream& (*manipulator)(ostream&)) { return manipulator(out); }

// Reading: pieces of a string, up to a delimiter each.
class istream {
public:
    void str(std::string text) { text_ = std::move(text); }
    bool next(std::string& item, char delimiter) {
        if (from_ >= text_.size())
            return false;
        const size_t end = std::min(text_.find(delimiter, from_), text_.size());
        item = text_.substr(from_, end - from_);
        from_ = end + 1;
        return true;
    }
    // Nothing is converted by streams here, and CLI11 asks only in functions that do.
    bool fail() const { return true; }
    const istream* rdbuf() const { return this; }
    size_t in_avail() const { return 0; }

private:
    std::string text_;
    size_t from_ = 0;
};
inline bool getline(istream& in, std::string& item, char delimiter = '\n') {
    return in.next(item, delimiter);
}

using ostringstream = ostream;
using istringstream = istream;
class stringstream : public ostream, public istream {
public:
    using istream::str;
    using ostream::str;
};

// CLI11 names these, in functions that nobody here calls.
struct ifstream : istream {
    explicit ifstream(const std::string&) {}
    bool good() const { return false; }
};
inline ostream cout, cerr;

// Nobody here has wide strings, and the C++ library that is linked cannot convert them.
using ::wcslen;
template <typename> struct codecvt_utf8 {};
template <typename> struct wstring_convert {
    std::string to_bytes(const wchar_t*, const wchar_t*) const { return {}; }
    std::wstring from_bytes(const char*, const char*) const { return {}; }
};

// In no locale but "C".
template <typename Char> bool isspace(Char c, locale) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool isalpha(char c, locale) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline char tolower(char c, locale) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace mini
