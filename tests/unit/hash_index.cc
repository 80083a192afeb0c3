// SPDX-License-Identifier: GPL-2.0-only
// HashIndex and TextSet: what was added is found, whatever the hashes are.
#include "tomoyo-box/base/hash_index.h"
#include "tomoyo-box/base/text_set.h"

#include "tests/unit/tap.h"

#include <string>
#include <vector>

namespace {

constexpr uint32_t items = 1000;

// An item is its number; ten of them have the same hash.
uint64_t hash_of(size_t item) { return item / 10; }

uint32_t find(const HashIndex& index, uint32_t item) {
    return index.find(hash_of(item), [&](uint32_t number) { return number == item; });
}

uint32_t count_found(const HashIndex& index) {
    uint32_t found = 0;
    for (uint32_t item = 0; item < items; item++)
        found += find(index, item) == item;
    return found;
}

void test_index() {
    HashIndex index;
    is(find(index, 0), HashIndex::none, "nothing is found in an empty index");
    for (uint32_t item = 0; item < items; item++)
        index.add(hash_of);
    is(count_found(index), items, "each item is found although others have its hash");
    is(find(index, items), HashIndex::none, "what was not added is not found");
    std::vector<uint32_t> order;
    (void)index.find(7, [&](uint32_t item) {
        if (hash_of(item) == 7)
            order.push_back(item);
        return false;
    });
    is(order, std::vector<uint32_t>({70, 71, 72, 73, 74, 75, 76, 77, 78, 79}),
       "items with one hash come in the order of adding, also after the index has grown");
    HashIndex at_once;
    at_once.add_all(items, hash_of);
    is(count_found(at_once), items, "adding all at once is the same");
}

void test_set() {
    TextSet set;
    is(set.contains("a"), false, "an empty set holds nothing");
    uint32_t added = 0;
    for (uint32_t item = 0; item < items; item++)
        added += set.add(std::to_string(item));
    is(added, items, "a thousand texts are new");
    is(set.add("77"), false, "a text that was added is not new");
    is(set.contains("999"), true, "and known");
    is(set.contains("1000"), false, "another is not known");
    is(set.add("77", "in another context"), true, "a text is new in another context");
    is(set.add("77", "in another context"), false, "and known there, too");
}

} // namespace

int main() {
    test_index();
    test_set();
    return done();
}
