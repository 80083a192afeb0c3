// SPDX-License-Identifier: GPL-2.0-only
// Text: prefixes, words, lines.
#include "tomoyo-box/base/text.h"

#include "tomoyo-box/base/bytes.h"

namespace {

// What is in front of the first SEPARATOR; TEXT becomes what is behind it.
std::string_view take_until(std::string_view& text, char separator) {
    const size_t end = find_byte(text.data(), text.size(), separator);
    const std::string_view front = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return front;
}

} // namespace

bool strip(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string_view take_word(std::string_view& line) { return take_until(line, ' '); }

std::string_view take_line(std::string_view& text) { return take_until(text, '\n'); }
