// SPDX-License-Identifier: GPL-2.0-only
// PolicyReader: most lines are canonical already and are not copied.
#include "tomoyo-box/policy/language/policy_reader.h"

#include "lsm/engine/word.h"
#include "tomoyo-box/base/bytes.h"

#include <fmt/core.h>

#include <algorithm>

namespace policy {

namespace {

// Can the line stay as it is? It has no blank at either end; the byte behind it can be read.
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

bool PolicyReader::next_normalized(std::string_view& line) {
    if (!next(line))
        return false;
    if (line.empty() || (line.front() != ' ' && line.back() != ' ' && canonical(line.data(), line.size())))
        return true;
    raw_ = line;
    rewritten_ = true;
    had_nul_ = line.find('\0') != std::string_view::npos;
    line = {line_in_buffer(), tmy_normalize(line_in_buffer(), line.size())};
    return true;
}

std::string_view PolicyReader::with_spelt_nuls() {
    spelt_.clear();
    for (const char byte : raw())
        byte ? spelt_ += byte : spelt_ += "\\000";
    spelt_.resize(tmy_normalize(spelt_.data(), spelt_.size()));
    return spelt_;
}

std::string PolicyReader::where(size_t column) const {
    return fmt::format("{}:{}", where(), raw_column(raw(), column));
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

} // namespace policy
