// SPDX-License-Identifier: GPL-2.0-only
// DomainReader: the domains of a domain policy, one at a time, in memory that does not grow with their number
// (kernel ABI specification 2.4).
#pragma once

#include "tomoyo-box/policy/language/policy_reader.h"

#include <cstdint>
#include <string>

struct DomainSummary {
    std::string name;
    unsigned profile = 0;
    uint64_t entries = 0; // ACL entries
    bool quota_exceeded = false;
    bool transition_failed = false;
};

class DomainReader {
public:
    // FD stays the caller's. NAME is for messages.
    DomainReader(int fd, std::string name) : reader_(fd, std::move(name)) {}

    // The next domain, in the order of the file; false at the end. Throws Error when reading fails.
    bool next(DomainSummary& domain);

    uint64_t offset() const { return reader_.offset(); }

private:
    policy::PolicyReader reader_;
    std::string header_; // the line that ended the domain before; empty at the start
};
