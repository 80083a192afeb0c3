// SPDX-License-Identifier: GPL-2.0-only
// Hashes: 64 bits that stand for a text, so that a big policy can be compared in little memory.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <sys/auxv.h>

inline uint64_t hash_mix(uint64_t value) {
    const auto product = static_cast<unsigned __int128>(value) * 0x9e3779b97f4a7c15;
    return static_cast<uint64_t>(product >> 64) ^ static_cast<uint64_t>(product);
}

inline uint64_t text_hash(std::string_view text, uint64_t seed) {
    const char* at = text.data();
    size_t left = text.size();
    uint64_t value = hash_mix(seed + left + 1);
    uint64_t word = 0;
    for (; left > sizeof word; left -= sizeof word, at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        value = hash_mix(value ^ word);
    }
    if (text.size() >= sizeof word) { // the last eight bytes, some of them for a second time
        std::memcpy(&word, at + left - sizeof word, sizeof word);
    } else {
        word = 0;
        while (left > 0)
            word = word << 8 | static_cast<unsigned char>(at[--left]);
    }
    return hash_mix(hash_mix(value ^ word) + seed);
}

// A seed that differs in every run: learned policy holds names that any user may have chosen,
// and none of them shall be made to look like another.
inline uint64_t random_seed() {
    uint64_t seed = 0;
    if (const unsigned long at = getauxval(AT_RANDOM))
        std::memcpy(&seed, reinterpret_cast<const void*>(at), sizeof seed);
    return seed;
}
