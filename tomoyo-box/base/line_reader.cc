// SPDX-License-Identifier: GPL-2.0-only
// LineReader: the sliding buffer behind it.
#include "tomoyo-box/base/line_reader.h"

#include "lsm/engine/word.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace {
constexpr size_t chunk = 32768;

constexpr uint64_t every(unsigned char byte) { return byte * 0x0101010101010101ull; }
constexpr uint64_t tops = every(0x80);

// Not zero when a byte is below ' ' or above '~'.
constexpr uint64_t strange(uint64_t word) { return (word | (word + every(1)) | (word - every(' '))) & tops; }

// Stands behind the text, so that words can be read to its end: neither newline nor blank.
constexpr uint64_t padding = every('!');

// The top bit of each byte that is zero; maybe also of a byte above such a one.
constexpr uint64_t zero_bytes(uint64_t word) { return (word - every(1)) & ~word & tops; }
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
        auto wider = std::make_unique_for_overwrite<char[]>(capacity_ + sizeof padding);
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
    std::memcpy(buffer_.get() + size_, &padding, sizeof padding);
    ended_ = got == 0;
    return !ended_;
}

// The place of the next newline from searched_ on, or the end of the text. Nearly every line of a policy is
// canonical already: it is found to be so in passing, eight bytes at a time.
size_t LineReader::find_newline() {
    const char* const text = buffer_.get();
    const size_t size = size_;
    size_t at = searched_, found = size;
    uint64_t odd = 0, last_blank = last_blank_;
    for (; at < size; at += sizeof(uint64_t)) {
        uint64_t word;
        std::memcpy(&word, text + at, sizeof word);
        if constexpr (std::endian::native == std::endian::big)
            word = __builtin_bswap64(word);
        uint64_t newline = 0;
        if (strange(word)) {
            newline = zero_bytes(word ^ every('\n'));
            if (newline) { // its lowest bit is never wrong; what lies behind must not count
                const uint64_t line = ((newline & -newline) >> 7) - 1;
                word = (word & line) | (padding & ~line);
                found = at + static_cast<size_t>(std::countr_zero(newline)) / 8;
            }
            odd |= strange(word);
        }
        const uint64_t blanks = zero_bytes(word ^ every(' '));
        odd |= blanks & (blanks << 8 | last_blank); // two in a row
        // An unfinished word is searched again, with what will follow.
        if (newline || size - at < sizeof word)
            break;
        last_blank = blanks >> 56;
    }
    searched_ = at;
    last_blank_ = last_blank;
    if (odd)
        canonical_ = false;
    return found;
}

bool LineReader::next(std::string_view& line) {
    canonical_ = true;
    last_blank_ = 0x80; // a blank in front is one too many
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
    return true;
}

bool LineReader::next_normalized(std::string_view& line) {
    if (!next(line))
        return false;
    had_nul_ = false;
    if (line.empty() || (canonical_ && line.back() != ' '))
        return true;
    // The line lies in our own buffer and is handed out once: rewriting it in place is safe.
    char* text = buffer_.get() + (line.data() - buffer_.get());
    had_nul_ = line.find('\0') != std::string_view::npos;
    line = {text, tmy_normalize(text, line.size())};
    return true;
}

std::string LineReader::where() const { return fmt::format("{}:{}", name_, number_); }
