// SPDX-License-Identifier: GPL-2.0-only
// Json: separators and quoting.
#include "tomoyo-box/base/json.h"

#include <fmt/core.h>

namespace {

// Length of the valid UTF-8 sequence at the start of TEXT, 0 when there is none.
size_t utf8_length(std::string_view text) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const size_t length = lead < 0x80                   ? 1
                          : lead >= 0xc2 && lead < 0xe0 ? 2
                          : lead >= 0xe0 && lead < 0xf0 ? 3
                          : lead >= 0xf0 && lead < 0xf5 ? 4
                                                        : 0;
    if (!length || length > text.size())
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xed && byte(1) >= 0xa0;
    const bool beyond = lead == 0xf4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

} // namespace

void Json::separate() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (closers_.empty())
        return;
    if (!first_)
        text_ += ',';
    text_ += '\n';
    text_.append(2 * closers_.size(), ' ');
    first_ = false;
}

Json& Json::open(char first, char last) {
    separate();
    text_ += first;
    closers_ += last;
    first_ = true;
    return *this;
}

Json& Json::end() {
    const char closer = closers_.back();
    closers_.pop_back();
    if (!first_) {
        text_ += '\n';
        text_.append(2 * closers_.size(), ' ');
    }
    text_ += closer;
    first_ = false;
    return *this;
}

Json& Json::key(std::string_view name) {
    separate();
    quote(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

Json& Json::value(std::string_view text) {
    separate();
    quote(text);
    return *this;
}

Json& Json::raw(std::string_view token) {
    separate();
    text_ += token;
    return *this;
}

void Json::quote(std::string_view text) {
    text_ += '"';
    while (!text.empty()) {
        const auto c = static_cast<unsigned char>(text[0]);
        const size_t length = utf8_length(text);
        if (c == '"' || c == '\\') {
            text_ += '\\';
            text_ += text[0];
        } else if (c < 0x20 || c == 0x7f || length == 0) {
            text_ += fmt::format("\\u{:04x}", c);
        } else {
            text_ += text.substr(0, length);
        }
        text.remove_prefix(length ? length : 1);
    }
    text_ += '"';
}
