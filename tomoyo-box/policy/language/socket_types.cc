// SPDX-License-Identifier: GPL-2.0-only
// Socket types: the same entry with another protocol, as far as the kernel asks for that.
#include "tomoyo-box/policy/language/socket_types.h"

#include "lsm/engine/pattern.h"
#include "tomoyo-box/base/hash.h"

namespace policy {

namespace {

bool several_addresses(const tmy_name_operand& name) {
    const std::string_view text = view(name.text);
    return name.group || text == "anonymous" || tmy_literal_prefix(text.data(), text.size()) < text.size();
}

uint64_t key(uint64_t context, tmy_entry entry, unsigned operation) {
    entry.operations = static_cast<u16>(1U << operation);
    return text_hash(canonical(entry), context);
}

} // namespace

std::vector<tmy_entry> other_socket_types(const tmy_entry& entry) {
    std::vector<tmy_entry> others;
    const auto kind = static_cast<tmy_kind>(entry.kind);
    if (entry.protocol == TMY_RAW ||
        !(kind == TMY_INET || (kind == TMY_UNIX && several_addresses(entry.names[0]))))
        return others;
    for (const tmy_protocol protocol : {TMY_STREAM, TMY_DGRAM, TMY_SEQPACKET}) {
        tmy_entry other = entry;
        other.protocol = protocol;
        other.operations = 0;
        for (unsigned i = 0; i < tmy_operations(kind); i++)
            if (entry.operations >> i & 1 && tmy_item_of(kind, protocol, i) != TMY_ITEMS)
                other.operations = static_cast<u16>(other.operations | 1U << i);
        if (protocol != entry.protocol && other.operations)
            others.push_back(other);
    }
    return others;
}

void SocketTypes::note(uint64_t context, const tmy_entry& entry) {
    if (entry.kind == TMY_INET || entry.kind == TMY_UNIX)
        for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(entry.kind)); i++)
            if (entry.operations >> i & 1)
                seen_.insert(key(context, entry, i));
}

bool SocketTypes::has(uint64_t context, const tmy_entry& entry, unsigned operation) const {
    return seen_.contains(key(context, entry, operation));
}

std::vector<tmy_entry> SocketTypes::missing(uint64_t context, const tmy_entry& entry) const {
    std::vector<tmy_entry> others = other_socket_types(entry);
    for (tmy_entry& other : others)
        for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(entry.kind)); i++)
            if (other.operations >> i & 1 && has(context, other, i))
                other.operations = static_cast<u16>(other.operations & ~(1U << i));
    std::erase_if(others, [](const tmy_entry& other) { return !other.operations; });
    return others;
}

bool SocketTypes::listens_unbound(uint64_t context, const tmy_entry& entry) const {
    if ((entry.kind != TMY_INET && entry.kind != TMY_UNIX) || !(entry.operations >> TMY_LISTEN & 1) ||
        has(context, entry, TMY_BIND))
        return false;
    tmy_entry other = entry;
    for (const tmy_protocol protocol : {TMY_STREAM, TMY_DGRAM, TMY_SEQPACKET}) {
        other.protocol = protocol;
        if (has(context, other, TMY_BIND))
            return true;
    }
    return false;
}

} // namespace policy
