// SPDX-License-Identifier: GPL-2.0-only
// Chance that can be repeated: the same seed gives the same numbers on every machine.
#ifndef TESTS_DIFFERENTIAL_RANDOM_H
#define TESTS_DIFFERENTIAL_RANDOM_H

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace differential {

// SplitMix64.
class Random {
public:
    Random(uint64_t seed, uint64_t stream)
        : state_(seed * 0x9e3779b97f4a7c15U ^ stream * 0xd1342543de82ef95U) {}

    uint64_t next() {
        uint64_t z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }

    // A number below `limit`, which must not be 0.
    size_t below(size_t limit) { return static_cast<size_t>(next() % limit); }
    // A number from `low` to `high`, both included.
    size_t between(size_t low, size_t high) { return low + below(high - low + 1); }
    bool chance(unsigned percent) { return below(100) < percent; }

    std::string pick(std::initializer_list<const char*> choices) {
        return choices.begin()[below(choices.size())];
    }
    template <class T> const T& pick(const std::vector<T>& choices) { return choices[below(choices.size())]; }

private:
    uint64_t state_;
};

} // namespace differential

#endif
