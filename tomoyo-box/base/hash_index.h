// SPDX-License-Identifier: GPL-2.0-only
// HashIndex: finds items by their hash. The items are the caller's, numbered from 0 in the order in which
// they are added; the index takes four bytes for a slot, of which at most two thirds are in use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

class HashIndex {
public:
    static constexpr uint32_t none = UINT32_MAX;

    bool empty() const { return size_ == 0; }
    size_t size() const { return size_; }

    // The first item, in the order of adding, of which accept(number) says that it is the one with this HASH.
    // It is asked for some items with other hashes, too.
    template <typename Accept> uint32_t find(uint64_t hash, Accept accept) const {
        if (slots_.empty())
            return none;
        const size_t mask = slots_.size() - 1;
        for (size_t at = hash & mask; slots_[at]; at = (at + 1) & mask)
            if (accept(slots_[at] - 1))
                return slots_[at] - 1;
        return none;
    }

    // Adds the next item. hash_of(number) is the hash of that item and of every earlier one.
    template <typename HashOf> void add(HashOf hash_of) { grow(size_ + 1, hash_of); }

    // Adds all items up to COUNT at once.
    template <typename HashOf> void add_all(size_t count, HashOf hash_of) { grow(count, hash_of); }

    void clear() {
        slots_ = {};
        size_ = 0;
    }

private:
    using HashFunction = uint64_t (*)(const void* items, size_t number);
    template <typename Items> void grow(size_t count, const Items& items) {
        const HashFunction hash_of = [](const void* any, size_t i) {
            return (*static_cast<const Items*>(any))(i);
        };
        grow(count, hash_of, &items);
    }
    void grow(size_t count, HashFunction hash_of, const void* items);

    std::vector<uint32_t> slots_; // open addressing: number of an item + 1; a power of two of them
    size_t size_ = 0;
};
