// SPDX-License-Identifier: GPL-2.0-only
// Output: standard output with a buffer, of which no byte is lost in silence.
//
// A full disk or a closed descriptor makes finish() throw; main() calls it after every applet.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

class Output {
public:
    explicit Output(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(std::string_view text); // throws Error when a flush fails
    template <typename... T> void print(fmt::format_string<T...> format, T&&... args) {
        write(fmt::format(format, std::forward<T>(args)...));
    }
    void flush();

private:
    int fd_;
    std::string name_;
    std::string buffer_;
};

Output& out(); // standard output

// One line on standard error, unbuffered; never fails.
void warn_line(std::string_view line);

// Diagnostics in the house form, on standard error: "NAME: text". NAME is the applet as it was called.
void set_program_name(std::string name);
const std::string& program_name();
template <typename... T> void warn(fmt::format_string<T...> format, T&&... args) {
    warn_line(program_name() + ": " + fmt::format(format, std::forward<T>(args)...));
}
