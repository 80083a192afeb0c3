// SPDX-License-Identifier: GPL-2.0-only
// Unpacked: one line for each operation of a line, "file read/write /a" being two.
//
// For filters that compare text: a word is divided, nothing is understood.
#pragma once

#include <string>
#include <string_view>

namespace policy {

class Unpacked {
public:
    // LINE must be normalized, and outlive this. COMPAT: as tomoyo-tools 2.6.1; an empty operation at the end
    // of the list gives a line of its own, and a list without any ends their input.
    explicit Unpacked(std::string_view line, bool compat = false) : compat_(compat) { start(line); }

    void start(std::string_view line); // another one, in the same memory

    // The next line; false when there is none. It lives until the next call, or as long as the line that was
    // given when that is not packed.
    bool next(std::string_view& line);

    // "file / /a": the line has been handed out as it is; with COMPAT the input is to end here.
    bool lacks_operation() const { return lacks_operation_; }

    // Where the list of operations begins in the line, in bytes from 1; 0 when it has none, or just one.
    size_t column() const { return packed_ ? front_ + 1 : 0; }

private:
    std::string_view line_;
    std::string_view operations_; // what is left of them
    std::string_view tail_;       // behind them
    size_t front_;                // length of what is in front of them
    bool packed_;
    bool more_;
    bool any_; // an operation has been met
    bool compat_;
    bool lacks_operation_;
    std::string buffer_;
};

} // namespace policy
