// SPDX-License-Identifier: GPL-2.0-only
// LineReader: the sliding buffer behind it.
#include "tomoyo-box/base/line_reader.h"

#include "lsm/engine/word.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"

#include <fmt/core.h>

namespace {
constexpr size_t chunk = 32768;
}

bool LineReader::fill() {
    if (ended_)
        return false;
    // Only a line that does not fit makes the buffer grow: what has been handed out goes first.
    buffer_.erase(0, from_);
    buffer_offset_ += from_;
    searched_ -= from_;
    from_ = 0;
    const size_t had = buffer_.size();
    buffer_.resize(had + chunk);
    const ssize_t got = read_some(fd_, buffer_.data() + had, chunk);
    if (got < 0)
        throw system_trouble("read " + name_);
    buffer_.resize(had + static_cast<size_t>(got));
    ended_ = got == 0;
    return !ended_;
}

bool LineReader::next(std::string_view& line) {
    size_t end;
    while ((end = buffer_.find('\n', searched_)) == std::string::npos) {
        searched_ = buffer_.size();
        if (fill())
            continue;
        if (from_ == buffer_.size())
            return false;
        end = buffer_.size();
        break;
    }
    line = std::string_view(buffer_).substr(from_, end - from_);
    line_offset_ = buffer_offset_ + from_;
    has_newline_ = end < buffer_.size();
    from_ = searched_ = has_newline_ ? end + 1 : end;
    number_++;
    return true;
}

bool LineReader::next_normalized(std::string_view& line) {
    std::string_view raw;
    if (!next(raw))
        return false;
    // The line lies in our own buffer and is handed out once: rewriting it in place is safe.
    char* text = buffer_.data() + (raw.data() - buffer_.data());
    had_nul_ = raw.find('\0') != std::string_view::npos;
    line = {text, tmy_normalize(text, raw.size())};
    return true;
}

std::string LineReader::where() const { return fmt::format("{}:{}", name_, number_); }
