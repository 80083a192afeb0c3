// SPDX-License-Identifier: GPL-2.0-only
// Bytes: sixteen bytes of text, compared all at once. The compiler knows how on every machine.
#pragma once

#include <cstdint>
#include <cstring>

typedef uint8_t Bytes __attribute__((vector_size(16)));

inline Bytes bytes_at(const char* text) {
    Bytes bytes;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

// Where BYTE first is in the text; its size when it is nowhere. Words are short: for them this is faster than
// memchr(), which first looks for a word boundary of the machine.
inline size_t find_byte(const char* text, size_t size, char byte) {
    size_t at = 0;
    for (; size - at >= sizeof(Bytes); at += sizeof(Bytes)) {
        const auto found = bytes_at(text + at) == static_cast<uint8_t>(byte);
        uint64_t halves[2];
        std::memcpy(&halves, &found, sizeof halves);
        if ((halves[0] | halves[1]) != 0)
            break;
    }
    while (at < size && text[at] != byte)
        at++;
    return at;
}

// Is the comparison of any of the bytes true?
template <typename Comparison> bool any(Comparison comparison) {
    uint64_t halves[2];
    static_assert(sizeof halves == sizeof comparison);
    std::memcpy(halves, &comparison, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}
