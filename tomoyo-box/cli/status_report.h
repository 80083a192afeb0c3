// SPDX-License-Identifier: GPL-2.0-only
// StatusReport: what tomoyo-status says, as text for people and as JSON for programs.
#pragma once

#include "tomoyo-box/kernel/policy_summary.h"
#include "tomoyo-box/kernel/presence.h"

#include <string>
#include <vector>

// Something to do next.
struct Step {
    std::string command; // may be empty
    std::string meaning;
};

struct StatusReport {
    Presence presence;
    std::string loader; // path
    Answer has_loader = Answer::unknown;
    Answer has_policy = Answer::unknown; // a policy directory to load from
    std::vector<std::string> hiding;     // files in the place of links to what has been saved
    PolicySummary policy;                // of the kernel, unless the report is to be brief
    std::string not_seen_at_boot;        // a sentence about domains that are enforced; empty: there are none
    std::vector<Step> next;

    bool active() const { return presence.activated.answer == Answer::yes; }

    // To standard output; throw Error when that fails.
    void print_text() const;
    void print_json() const;
};
