// SPDX-License-Identifier: GPL-2.0-only
// TextSet: hashes and their index.
#include "tomoyo-box/base/text_set.h"

bool TextSet::has(uint64_t hash) const {
    return index_.find(hash, [&](uint32_t i) { return hashes_[i] == hash; }) != HashIndex::none;
}

bool TextSet::contains(std::string_view text) const { return has(text_hash(text, seed_)); }

bool TextSet::add(std::string_view text, std::string_view context) {
    const uint64_t hash = text_hash(text, context.empty() ? seed_ : text_hash(context, seed_));
    if (has(hash))
        return false;
    hashes_.push_back(hash);
    index_.add([&](size_t i) { return hashes_[i]; });
    return true;
}
