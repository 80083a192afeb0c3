// SPDX-License-Identifier: GPL-2.0-only
// DomainReader: from one domain line to the next.
#include "tomoyo-box/kernel/domain_reader.h"

#include "tomoyo-box/policy/language/line.h"

namespace {

// What the kernel prints: a line that is not understood is an entry of a newer kernel, or of one that is less
// strict.
policy::DomainLine read(std::string_view line) {
    policy::DomainLine parsed;
    (void)policy::parse(line, parsed);
    return parsed;
}

} // namespace

bool DomainReader::next(DomainSummary& domain) {
    std::string_view line;
    while (header_.empty()) {
        if (!reader_.next_normalized(line))
            return false;
        if (!line.empty() && read(line).type == TMY_LINE_DOMAIN)
            header_ = line;
    }
    domain = {};
    domain.name.swap(header_);
    while (reader_.next_normalized(line)) {
        if (line.empty())
            continue;
        const policy::DomainLine parsed = read(line);
        switch (parsed.type) {
        case TMY_LINE_DOMAIN:
            header_ = line;
            return true;
        case TMY_LINE_PROFILE:
            domain.profile = static_cast<unsigned>(parsed.number);
            break;
        case TMY_LINE_QUOTA_EXCEEDED:
            domain.quota_exceeded = true;
            break;
        case TMY_LINE_TRANSITION_FAILED:
            domain.transition_failed = true;
            break;
        case TMY_LINE_GROUP:
            break;
        default:
            domain.entries++;
        }
    }
    return true;
}
