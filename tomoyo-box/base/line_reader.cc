// SPDX-License-Identifier: GPL-2.0-only
// LineReader: the sliding buffer behind it.
#include "tomoyo-box/base/line_reader.h"

#include "tomoyo-box/base/bytes.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace {
constexpr size_t chunk = 32768;

// The buffer is so much longer than its text, so that sixteen bytes can be looked at from every place in it.
constexpr size_t slack = sizeof(Bytes);

} // namespace

bool LineReader::fill() {
    if (ended_)
        return false;
    // Only a line that does not fit makes the buffer grow: what has been handed out goes first.
    size_ -= from_;
    searched_ -= from_;
    buffer_offset_ += from_;
    if (capacity_ - size_ < chunk) {
        capacity_ = std::max(2 * chunk, 2 * size_);
        auto wider = std::make_unique<char[]>(capacity_ + slack);
        if (size_)
            std::memcpy(wider.get(), buffer_.get() + from_, size_);
        buffer_ = std::move(wider);
    } else {
        std::memmove(buffer_.get(), buffer_.get() + from_, size_);
    }
    from_ = 0;
    const ssize_t got = read_some(fd_, buffer_.get() + size_, chunk);
    if (got < 0)
        throw system_trouble("read " + name_);
    size_ += static_cast<size_t>(got);
    ended_ = got == 0;
    return !ended_;
}

// The place of the next newline from searched_ on, or the end of the text.
size_t LineReader::find_newline() {
    const char* const text = buffer_.get();
    const size_t size = size_;
    for (size_t at = searched_; at < size; at += sizeof(Bytes)) {
        if (!any(bytes_at(text + at) == '\n'))
            continue;
        while (text[at] != '\n')
            at++;
        if (at < size)
            return at; // else it is what an earlier read has left behind the text
    }
    searched_ = size;
    return size;
}

bool LineReader::next(std::string_view& line) {
    size_t end;
    while ((end = find_newline()) == size_) {
        if (fill())
            continue;
        end = size_;
        if (from_ == end)
            return false;
        break;
    }
    line = {buffer_.get() + from_, end - from_};
    line_offset_ = buffer_offset_ + from_;
    has_newline_ = end < size_;
    from_ = searched_ = has_newline_ ? end + 1 : end;
    number_++;
    line_ = line;
    return true;
}

std::string LineReader::where() const { return fmt::format("{}:{}", name_, number_); }
