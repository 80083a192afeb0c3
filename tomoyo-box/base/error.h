// SPDX-License-Identifier: GPL-2.0-only
// Errors: the one exception type of the tool box, and the exit codes every applet keeps to.
#pragma once

#include <fmt/core.h>

#include <exception>
#include <string>
#include <utility>

// 0: done, or "yes". 1: a negative answer (the kernel refused, nothing matched).
// 2: wrong usage, or trouble that kept the applet from finding out.
enum ExitCode : int { exit_ok = 0, exit_negative = 1, exit_trouble = 2 };

// An error ends the applet. main() prints it as "NAME: MESSAGE; HINT" and exits with its code.
class Error : public std::exception {
public:
    Error(ExitCode code, std::string message, std::string hint = {})
        : code_(code), message_(std::move(message)), hint_(std::move(hint)) {}

    // What tomoyo-tools 2.6.1 said and returned here; printed instead in compatibility mode.
    Error& legacy(std::string text, int code = 1) {
        legacy_ = std::move(text);
        legacy_code_ = code;
        return *this;
    }

    // The errno value behind it; 0 when there is none.
    int number() const { return number_; }
    Error& number(int value) {
        number_ = value;
        return *this;
    }

    ExitCode code() const { return code_; }
    const std::string& message() const { return message_; }
    const std::string& hint() const { return hint_; }
    bool has_legacy() const { return legacy_code_ >= 0; }
    const std::string& legacy_text() const { return legacy_; } // may be empty: it said nothing
    int legacy_code() const { return legacy_code_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    ExitCode code_;
    std::string message_;
    std::string hint_;
    std::string legacy_;
    int legacy_code_ = -1;
    int number_ = 0;
};

// Trouble of exit code 2: trouble("cannot open {}", path).
template <typename... T> [[nodiscard]] Error trouble(fmt::format_string<T...> format, T&&... args) {
    return {exit_trouble, fmt::format(format, std::forward<T>(args)...)};
}

// The text of an errno value, for example "Permission denied".
std::string errno_text(int number);

// Trouble with a system call, from errno: "cannot WHAT: REASON".
[[nodiscard]] Error system_trouble(std::string what);
[[nodiscard]] Error system_trouble(std::string what, int number);
