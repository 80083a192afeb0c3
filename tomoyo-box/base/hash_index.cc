// SPDX-License-Identifier: GPL-2.0-only
// HashIndex: how it grows.
#include "tomoyo-box/base/hash_index.h"

#include <algorithm>
#include <bit>

void HashIndex::grow(size_t count, HashFunction hash_of, const void* items) {
    const size_t wanted = std::max<size_t>(64, std::bit_ceil(count + count / 2 + 1));
    if (wanted > slots_.size()) {
        slots_ = {}; // first: both tables at once would be the peak of memory
        slots_.resize(wanted);
        size_ = 0;
    }
    const size_t mask = slots_.size() - 1;
    for (; size_ < count; size_++) {
        size_t at = hash_of(items, size_) & mask;
        while (slots_[at])
            at = (at + 1) & mask;
        slots_[at] = static_cast<uint32_t>(size_ + 1);
    }
}
