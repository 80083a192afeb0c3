// SPDX-License-Identifier: GPL-2.0-only
// A policy directory made of texts, whole (userspace specification 3.1).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace store {

struct NewFile {
    const char* path; // in the directory: "stat.conf"; of a policy file its name in a snapshot
    std::string_view text;
    bool in_snapshot;
};

// Throws Error when DIRECTORY holds a policy, unless REPLACE is set; and when something there would hide a
// new one.
void require_room(const std::string& directory, bool replace);

// Makes DIRECTORY, or adds a snapshot to it, which is in force last of all. Returns its name. Throws Error;
// then the policy is what it was.
std::string write_directory(const std::string& directory, std::span<const NewFile> files);

} // namespace store
