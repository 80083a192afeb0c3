// SPDX-License-Identifier: GPL-2.0-only
// TextSet: texts that have been met. The hash stands for the text, which is not kept.
#pragma once

#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/base/hash_index.h"

#include <string_view>
#include <vector>

class TextSet {
public:
    bool contains(std::string_view text) const;

    // False when TEXT has been added before, in the same CONTEXT.
    bool add(std::string_view text, std::string_view context = {});

private:
    bool has(uint64_t hash) const;

    std::vector<uint64_t> hashes_;
    HashIndex index_;
    uint64_t seed_ = random_seed();
};
