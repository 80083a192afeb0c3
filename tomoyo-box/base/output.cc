// SPDX-License-Identifier: GPL-2.0-only
// Output: the buffer of standard output, and diagnostics.
#include "tomoyo-box/base/output.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"

#include <unistd.h>

namespace {
constexpr size_t buffer_size = 16384;
std::string name_of_program = "tomoyo-box";
} // namespace

void Output::write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= buffer_size)
        flush();
}

void Output::flush() {
    const bool written = write_all(fd_, buffer_);
    buffer_.clear(); // after a failure, too: the rest must not be tried again. Its memory is kept for the
                     // next text
    if (!written)
        throw system_trouble("write " + name_);
}

Output& out() {
    static Output standard(STDOUT_FILENO, "standard output");
    return standard;
}

void warn_line(std::string_view line) {
    std::string text(line);
    text += '\n';
    (void)write_all(STDERR_FILENO, text); // nowhere is left to complain
}

void set_program_name(std::string name) { name_of_program = std::move(name); }

const std::string& program_name() { return name_of_program; }
