// SPDX-License-Identifier: GPL-2.0-only
// Seen: has this text been there before? A table of eight bytes for each, in place of the texts.
#pragma once

#include "tomoyo-box/base/hash.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace policy {

class Seen {
public:
    // False when TEXT has been added before in the same context.
    bool add(std::string_view context, std::string_view text) {
        if (2 * count_ >= slots_.size())
            grow();
        if (!place(hash(text, hash(context, seed_)) | 1)) // 0 is an empty slot
            return false;
        count_++;
        return true;
    }

private:
    bool place(uint64_t value) {
        const size_t mask = slots_.size() - 1;
        size_t at = (value >> 1) & mask;
        while (slots_[at] != 0 && slots_[at] != value)
            at = (at + 1) & mask;
        return std::exchange(slots_[at], value) == 0;
    }

    void grow() {
        std::vector<uint64_t> values(std::max<size_t>(64, 2 * slots_.size()));
        values.swap(slots_);
        for (const uint64_t value : values)
            if (value != 0)
                place(value);
    }

    std::vector<uint64_t> slots_; // their number is a power of two
    size_t count_ = 0;
    uint64_t seed_ = random_seed();
};

} // namespace policy
