// SPDX-License-Identifier: GPL-2.0-only
// A policy directory made of texts, whole (userspace specification 3.1).
#pragma once

#include <string>
#include <vector>

namespace store {

struct NewFile {
    std::string path; // in the directory: "stat.conf"; of a policy file its name in a snapshot
    std::string text;
};

// Throws Error when DIRECTORY holds a policy, unless REPLACE is set; then, when something there would hide
// the new one.
void require_room(const std::string& directory, bool replace);

// Makes DIRECTORY, or adds a snapshot to it. POLICY is in force last of all, when everything else is there.
// Returns the name of the snapshot. Throws Error; then the policy is what it was.
std::string write_directory(const std::string& directory, const std::vector<NewFile>& policy,
                            const std::vector<NewFile>& others);

} // namespace store
