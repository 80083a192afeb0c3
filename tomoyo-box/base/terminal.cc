// SPDX-License-Identifier: GPL-2.0-only
// What the terminal can show.
#include "tomoyo-box/base/terminal.h"

#include "tomoyo-box/base/fd.h"

#include <fmt/core.h>

#include <cstdlib>
#include <ctime>
#include <string_view>
#include <unistd.h>

namespace {

int64_t now_ms() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

constexpr int64_t patience_ms = 1000;
constexpr int64_t redraw_ms = 200;

} // namespace

bool use_color(int fd) {
    const char* no_color = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    return isatty(fd) && !(no_color && *no_color) && term && *term && std::string_view(term) != "dumb";
}

Progress::Progress(std::string what, uint64_t total)
    : what_(std::move(what)), total_(total), terminal_(isatty(STDERR_FILENO)) {
    if (terminal_)
        started_ms_ = now_ms();
}

void Progress::at(uint64_t done) {
    // Callers report often; the clock is asked for every 256th report only.
    if (!terminal_ || ++calls_ % 256 != 0)
        return;
    const int64_t now = now_ms();
    if (now - started_ms_ < patience_ms || now - drawn_ms_ < redraw_ms)
        return;
    drawn_ms_ = now;
    drawn_ = true;
    const std::string amount = total_ ? fmt::format("{}%", done * 100 / total_) : fmt::format("{}", done);
    (void)write_all(STDERR_FILENO, fmt::format("\r{}: {} ", what_, amount));
}

Progress::~Progress() {
    if (drawn_)
        (void)write_all(STDERR_FILENO, "\r" + std::string(what_.size() + 24, ' ') + "\r");
}
