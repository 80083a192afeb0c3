// SPDX-License-Identifier: GPL-2.0-only
// BootEvidence: which domains went through the last boot while they were watched.
//
// What a daemon does when it is restarted by hand is less than what it does at boot, where init passes on its
// environment and nothing has run before: enforced, such a domain may keep the daemon from starting at the
// next boot. The kernel does not remember boots. But the snapshot that this boot loaded tells which domains
// existed then, in a profile that learns, records or enforces.
#pragma once

#include "tomoyo-box/base/text_set.h"
#include "tomoyo-box/policy/language/profiles.h"

#include <string>
#include <vector>

// Does a profile enforce anything?
bool enforces(const policy::Profile& profile);

class BootEvidence {
public:
    // Reads the snapshot in DIRECTORY. What cannot be read is no evidence.
    explicit BootEvidence(const std::string& directory);

    bool has_seen(const std::string& domain) const { return seen_.contains(domain); }

    // "the policy that this boot loaded (…) does not have them": how that is known of domains not seen.
    std::string because() const;

private:
    std::string snapshot_; // empty: there is none
    TextSet seen_;
};

// One sentence about DOMAINS, which are not empty, have not been seen and are to be enforced: their number,
// the first of them, why that matters.
std::string not_seen_at_boot(const std::vector<std::string>& domains, const BootEvidence& evidence);
