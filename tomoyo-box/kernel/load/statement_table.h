// SPDX-License-Identifier: GPL-2.0-only
// StatementTable: what an input states, line by line, and which of it the kernel's policy shows.
//
// 16 bytes for a line, 24 with the index: 70,000 lines take less than 2 MB.
#pragma once

#include "tomoyo-box/base/hash_index.h"
#include "tomoyo-box/policy/language/statement.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace policy {

class StatementTable {
public:
    // Takes down the next line of the input. Commands and blank lines do not belong here.
    void add(const Statement& statement);
    size_t size() const { return size_; }

    // No more lines will be added; needed before what follows.
    void close();

    // The kernel's policy holds this.
    void found(const Statement& statement);

    // Does the kernel's policy show all that the input states?
    bool complete() const;

    // Is what line I (from 0) states not so, although no later line states otherwise?
    bool missing(size_t i) const;

    // Was line I taken down from this very statement?
    bool states(size_t i, const Statement& statement) const;

    // The operations of KEY that the whole input wants; 0 when none, or no such thing at all.
    uint16_t wanted(uint64_t key) const;

private:
    struct Line {
        uint64_t key;
        uint16_t stated;
        uint16_t found;
        Statement::Kind kind;
        bool deletes;
    };
    static constexpr unsigned chunk_bits = 12;
    static constexpr size_t chunk_size = 1u << chunk_bits;

    Line& line(size_t i) { return chunks_[i >> chunk_bits][i & (chunk_size - 1)]; }
    const Line& line(size_t i) const { return chunks_[i >> chunk_bits][i & (chunk_size - 1)]; }
    // Calls visit(i) for every line about KEY, in their order.
    template <typename Visit> void each(uint64_t key, Visit visit) const;

    std::vector<std::unique_ptr<Line[]>> chunks_; // unlike one array, never copied to grow
    HashIndex index_;                             // by key
    size_t size_ = 0;
};

} // namespace policy
