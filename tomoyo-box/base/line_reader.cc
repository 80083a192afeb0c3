// SPDX-License-Identifier: GPL-2.0-only
// LineReader: the sliding buffer behind it.
#include "tomoyo-box/base/line_reader.h"

#include "lsm/engine/word.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace {
constexpr size_t chunk = 32768;

// Sixteen bytes of text, compared all at once: the compiler knows how on every machine.
typedef uint8_t Bytes __attribute__((vector_size(16)));

Bytes bytes_at(const char* text) {
    Bytes bytes;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

template <typename Comparison> bool any(Comparison comparison) {
    uint64_t halves[2];
    static_assert(sizeof halves == sizeof comparison);
    std::memcpy(halves, &comparison, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

// The buffer is so much longer than its text, so that sixteen bytes can be looked at from every place in it.
constexpr size_t slack = sizeof(Bytes);

// Can the line stay as it is? Nearly every line of a policy can. It has no blank at either end; the byte
// behind it can be read.
bool canonical(const char* text, size_t length) {
    if (length < sizeof(Bytes)) {
        for (size_t i = 0; i < length; i++)
            if (text[i] < ' ' || text[i] > '~' || (text[i] == ' ' && text[i + 1] == ' '))
                return false;
        return true;
    }
    const size_t last = length - sizeof(Bytes);
    for (size_t at = 0;; at = std::min(at + sizeof(Bytes), last)) {
        const Bytes here = bytes_at(text + at), next = bytes_at(text + at + 1);
        if (any((here < ' ') | (here > '~') | ((here == ' ') & (next == ' '))))
            return false;
        if (at == last)
            return true;
    }
}
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
    rewritten_ = false;
    return true;
}

bool LineReader::next_normalized(std::string_view& line) {
    if (!next(line))
        return false;
    had_nul_ = false;
    if (line.empty() || (line.front() != ' ' && line.back() != ' ' && canonical(line.data(), line.size())))
        return true;
    // The line lies in our own buffer and is handed out once: rewriting it in place is safe.
    raw_ = line;
    rewritten_ = true;
    char* text = buffer_.get() + (line.data() - buffer_.get());
    had_nul_ = line.find('\0') != std::string_view::npos;
    line = {text, tmy_normalize(text, line.size())};
    return true;
}

std::string_view LineReader::with_spelt_nuls() {
    spelt_.clear();
    for (const char byte : raw())
        byte ? spelt_ += byte : spelt_ += "\\000";
    spelt_.resize(tmy_normalize(spelt_.data(), spelt_.size()));
    return spelt_;
}

std::string LineReader::where() const { return fmt::format("{}:{}", name_, number_); }

std::string LineReader::where(size_t column) const {
    return fmt::format("{}:{}:{}", name_, number_, raw_column(raw(), column));
}

// The shortest beginning of the line that is normalized to more than what is before the column ends at it.
size_t raw_column(std::string_view line, size_t column) {
    const auto normalized = [&](size_t length) {
        std::string text(line.substr(0, length));
        return tmy_normalize(text.data(), text.size());
    };
    const size_t whole = normalized(line.size());
    const bool behind = column > whole; // just behind the last character
    const size_t wanted = std::min(column, whole);
    size_t low = 0,
           high = line.size(); // normalized(low) < wanted <= normalized(high), unless the line is empty
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        (normalized(middle) < wanted ? low : high) = middle;
    }
    return behind && wanted == 0 ? 1 : high + (behind ? 1 : 0);
}
