// SPDX-License-Identifier: GPL-2.0-only
// Transcript: the lines of an input in their order, to be found again in the kernel's policy.
//
// A policy that the kernel once printed comes back from it in the same form and order. Then one pass over its
// answer shows that all of it was accepted, and nothing needs to be known of what the lines mean. Of any
// other policy the StatementTable knows more, for three times the time.
#pragma once

#include "tomoyo-box/policy/language/statement.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace policy {

class Transcript {
public:
    // The next line of the input.
    void add(const Statement& statement) {
        if (statement.kind == Statement::wrong || statement.deletes)
            differs_ = true;
        if (size_ % chunk_size == 0)
            chunks_.push_back(std::make_unique_for_overwrite<uint64_t[]>(chunk_size));
        chunks_.back()[size_++ % chunk_size] = fingerprint(statement);
    }

    // The next line of the kernel's policy. False when it is no use to go on: a domain has ended before all
    // of its lines were found.
    bool found(const Statement& statement) {
        const uint64_t wanted = next_ < size_ ? chunks_[next_ / chunk_size][next_ % chunk_size] : domain_bit;
        const uint64_t here = fingerprint(statement);
        if (next_ < size_ && wanted == here)
            next_++;
        else if (here & ~wanted & domain_bit)
            differs_ |= next_ > 0;
        return !differs_;
    }

    // Were all lines found, in their order? If not, nothing is known.
    bool confirmed() const { return next_ == size_ && !differs_; }

private:
    static constexpr size_t chunk_size = 4096;

    static constexpr uint64_t domain_bit = 1;

    static uint64_t fingerprint(const Statement& statement) {
        const uint64_t number = statement.key + statement.operations;
        return statement.kind == Statement::domain ? number | domain_bit : number & ~domain_bit;
    }

    std::vector<std::unique_ptr<uint64_t[]>> chunks_; // unlike one array, never copied to grow
    size_t size_ = 0;
    size_t next_ = 0;
    bool differs_ = false; // there is a line that the kernel's policy cannot show
};

} // namespace policy
