// SPDX-License-Identifier: GPL-2.0-only
// PolicySummary: what the policy in the kernel amounts to: how many domains, in which profiles, and what has
// been counted.
#pragma once

#include "tomoyo-box/kernel/presence.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// One profile of one namespace, and who uses it.
struct ProfileUse {
    bool defined = false;
    std::string mode = "disabled"; // of CONFIG
    std::set<std::string> also;    // other modes, of CONFIG::...
    std::string comment;
    uint64_t domains = 0;
    uint64_t processes = 0;

    bool has_mode(const std::string& wanted) const { return mode == wanted || also.contains(wanted); }
};

// "Policy violation in enforcing mode:  3 (Last: ...)"
struct Counter {
    std::string title;
    uint64_t value = 0;
    std::string note; // what is in the parentheses
};

struct Feature {
    std::string name, state, reason;
};

struct PolicySummary {
    bool readable = false; // the domain policy; what follows is known
    uint64_t domains = 0, entries = 0, full = 0, failed = 0, exceptions = 0, managers = 0;
    std::map<std::pair<std::string, unsigned>, ProfileUse> profiles; // by namespace and number
    bool has_processes = false;
    std::vector<Counter> memory, events;
    std::vector<Feature> features;   // of a kernel that can do more than 2.6
    std::vector<std::string> unseen; // what could not be read, and why

    // Is a domain in MODE?
    bool uses(const std::string& mode) const;
};

// Reads all files of the interface that PRESENCE has found. What cannot be read is named in SUMMARY.unseen.
void read_policy_summary(const Presence& presence, PolicySummary& summary);
