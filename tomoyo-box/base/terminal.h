// SPDX-License-Identifier: GPL-2.0-only
// What the terminal can show: colour, and progress of long work.
#pragma once

#include <cstdint>
#include <string>

// Escape sequences (ECMA-48) for the colours of text.
namespace ansi {
inline constexpr const char* off = "\033[m";
inline constexpr const char* dim = "\033[2m";
inline constexpr const char* red = "\033[31m";
inline constexpr const char* green = "\033[32m";
inline constexpr const char* yellow = "\033[33m";
inline constexpr const char* cyan = "\033[36m";
inline constexpr const char* bold_red = "\033[1;31m";
inline constexpr const char* bold_magenta = "\033[1;35m";
} // namespace ansi

// Colour is for a terminal only, and not when NO_COLOR is set or TERM is unset or "dumb".
bool use_color(int fd);

// A progress line on standard error, drawn only on a terminal and only once the work has taken a second.
class Progress {
public:
    // TOTAL 0: the amount is not known.
    Progress(std::string what, uint64_t total);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress(); // wipes the line

    void at(uint64_t done);

private:
    std::string what_;
    uint64_t total_;
    int64_t started_ms_ = 0;
    int64_t drawn_ms_ = 0;
    unsigned calls_ = 0;
    bool terminal_;
    bool drawn_ = false;
};
