// SPDX-License-Identifier: GPL-2.0-only
// DomainReader: from one domain line to the next.
#include "tomoyo-box/kernel/domain_reader.h"

#include "tomoyo-box/policy/words.h"

bool DomainReader::next(DomainSummary& domain) {
    std::string_view line;
    while (header_.empty()) {
        if (!reader_.next_normalized(line))
            return false;
        if (policy::starts_domain(line))
            header_ = line;
    }
    domain = {};
    domain.name.swap(header_);
    while (reader_.next_normalized(line)) {
        if (line.empty())
            continue;
        if (policy::starts_domain(line)) {
            header_ = line;
            return true;
        }
        if (policy::strip(line, "use_profile ")) {
            domain.profile = policy::number_to_255(line).value_or(0);
        } else if (line == "quota_exceeded") {
            domain.quota_exceeded = true;
        } else if (line == "transition_failed") {
            domain.transition_failed = true;
        } else if (!line.starts_with("use_group ")) {
            domain.entries++;
        }
    }
    return true;
}
