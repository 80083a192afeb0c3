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

// Is the comparison of any of the bytes true?
template <typename Comparison> bool any(Comparison comparison) {
    uint64_t halves[2];
    static_assert(sizeof halves == sizeof comparison);
    std::memcpy(halves, &comparison, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}
