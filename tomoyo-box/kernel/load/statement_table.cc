// SPDX-License-Identifier: GPL-2.0-only
// StatementTable: lines in the order of the input, and an index by key.
#include "tomoyo-box/kernel/load/statement_table.h"

namespace policy {

void StatementTable::add(const Statement& statement) {
    if (size_ >> chunk_bits == chunks_.size())
        chunks_.push_back(std::make_unique_for_overwrite<Line[]>(chunk_size));
    line(size_++) = {statement.key, statement.operations, 0, statement.kind, statement.deletes};
}

void StatementTable::close() {
    index_.add_all(size_, [&](size_t i) { return line(i).key; });
}

template <typename Visit> void StatementTable::each(uint64_t key, Visit visit) const {
    (void)index_.find(key, [&](uint32_t i) {
        if (line(i).key == key)
            visit(i);
        return false;
    });
}

void StatementTable::found(const Statement& statement) {
    each(statement.key, [&](size_t i) {
        Line& known = line(i);
        if (statement.kind == Statement::profile)
            known.found = known.stated == statement.operations;
        else
            known.found |= statement.operations;
    });
}

bool StatementTable::complete() const {
    for (size_t i = 0; i < size_; i++)
        if (missing(i))
            return false;
    return true;
}

bool StatementTable::missing(size_t i) const {
    const Line& asked = line(i);
    if (asked.kind == Statement::wrong)
        return true;
    if (asked.kind == Statement::profile) {
        bool last = true;
        each(asked.key, [&](size_t other) { last &= other <= i; });
        return last && !asked.found;
    }
    unsigned open = asked.stated & (asked.deletes ? asked.found : ~asked.found);
    if (!open)
        return false;
    each(asked.key, [&](size_t other) {
        if (other > i && line(other).deletes != asked.deletes)
            open &= ~line(other).stated;
    });
    return open;
}

bool StatementTable::states(size_t i, const Statement& statement) const {
    return i < size_ && line(i).key == statement.key && line(i).kind == statement.kind;
}

uint16_t StatementTable::wanted(uint64_t key) const {
    unsigned bits = 0;
    each(key, [&](size_t i) { bits = line(i).deletes ? bits & ~line(i).stated : bits | line(i).stated; });
    return static_cast<uint16_t>(bits);
}

} // namespace policy
