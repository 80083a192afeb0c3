// SPDX-License-Identifier: GPL-2.0-only
// HashIndex and TextSet: what was added is found, whatever the hashes are.
#include "tomoyo-box/base/hash_index.h"
#include "tomoyo-box/base/text_set.h"

#include "tests/unit/tap.h"

#include <string>
#include <vector>

namespace {

// Numbers as items; ten of them have the same hash.
uint64_t hash_of_ten(uint64_t item) { return item / 10; }

void test_index() {
    std::vector<uint64_t> items;
    HashIndex index;
    ok(index.find(0, [](uint32_t) { return true; }) == HashIndex::none, "nothing is found in an empty index");
    for (uint64_t i = 0; i < 1000; i++) {
        items.push_back(i);
        index.add([&](size_t n) { return hash_of_ten(items[n]); });
    }
    bool all = true;
    for (uint64_t i = 0; i < 1000; i++)
        all &= index.find(hash_of_ten(i), [&](uint32_t n) { return items[n] == i; }) == i;
    ok(all, "each item is found although others have its hash");
    std::vector<uint32_t> order;
    (void)index.find(7, [&](uint32_t n) {
        if (hash_of_ten(items[n]) == 7)
            order.push_back(n);
        return false;
    });
    ok(order == std::vector<uint32_t>({70, 71, 72, 73, 74, 75, 76, 77, 78, 79}),
       "items with one hash come in the order of adding, also after the index has grown");
    HashIndex at_once;
    at_once.add_all(items.size(), [&](size_t n) { return hash_of_ten(items[n]); });
    ok(at_once.find(99, [&](uint32_t n) { return items[n] == 999; }) == 999,
       "adding all at once is the same");
}

void test_set() {
    TextSet set;
    ok(!set.contains("a"), "an empty set holds nothing");
    bool all_new = true;
    for (int i = 0; i < 1000; i++)
        all_new &= set.add(std::to_string(i));
    ok(all_new, "a thousand texts are new");
    ok(!set.add("77") && set.contains("999") && !set.contains("1000"),
       "what was added is known, and no other");
    ok(set.add("77", "in another context") && !set.add("77", "in another context"),
       "a text is new in another context");
}

} // namespace

int main() {
    test_index();
    test_set();
    return done();
}
