// SPDX-License-Identifier: GPL-2.0-only
// Socket types: mainline's kernels do not compare stream, dgram, raw and seqpacket of "network" entries, so
// an entry grants the same to sockets of the other types there, and learning adds no entry for those.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <cstdint>
#include <unordered_set>
#include <vector>

namespace policy {

// What ENTRY grants there to sockets of other types, as entries of their own; of that, what a program is
// likely to need: of internet sockets, a datagram socket on the port of a stream socket and the other way
// round; of Unix sockets, those whose address stands for more than one. The port of a raw socket is the
// number of a protocol, so there are none of those.
std::vector<tmy_entry> other_socket_types(const tmy_entry& entry);

// Which of those a policy lacks. CONTEXT stands for the domain or group that an entry is in.
class SocketTypes {
public:
    void note(uint64_t context, const tmy_entry& entry); // this one is there
    std::vector<tmy_entry> missing(uint64_t context, const tmy_entry& entry) const;

    // Does a socket listen, for which bind is only there in another type?
    bool listens_unbound(uint64_t context, const tmy_entry& entry) const;

private:
    bool has(uint64_t context, const tmy_entry& entry, unsigned operation) const;

    std::unordered_set<uint64_t> seen_; // each operation of an entry
};

} // namespace policy
