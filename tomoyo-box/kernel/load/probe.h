// SPDX-License-Identifier: GPL-2.0-only
// Probe: asks the kernel about one policy line, which it otherwise takes or drops in silence.
#pragma once

#include "tomoyo-box/kernel/interface.h"

#include <string>
#include <string_view>

class Probe {
public:
    // FILE: "domain_policy" or "exception_policy". INTERFACE must outlive the probe.
    Probe(const Interface& interface, std::string_view file);

    // Writes LINE, below SELECTION when that is not empty, and tells whether the kernel refused it: then its
    // count of policy updates stands still. Other updates at the same time can only hide a refusal, so it is
    // tried three times. LINE must be one that may be written again: an addition, not a deletion.
    bool refuses(const std::string& selection, std::string_view line);

    // Is there a domain of this name?
    bool has_domain(std::string_view name) const;

private:
    uint64_t updates() const;
    void write(std::string_view line);

    const Interface& interface_;
    std::string file_;
    Fd fd_;
    std::string selection_;
};
