// SPDX-License-Identifier: GPL-2.0-only
// The snapshots of DIRECTORY/policy as somebody looks at them: nothing is locked or changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace store {

constexpr const char* note_file = "note"; // a line of text in a snapshot that has one

struct SnapshotInfo {
    std::string name; // "26-11-30.22:15:00.TAG"
    std::string note;
    bool current, previous;

    std::string_view stamp() const;
    std::string_view tag() const; // empty: it has none
};

// Oldest first. Throws Error when DIRECTORY/policy cannot be read.
std::vector<SnapshotInfo> list_snapshots(const std::string& directory);

// The name of the snapshot that WANTED means: "current", "previous", a whole name, a stamp, or a tag (the
// newest that has it). Throws Error.
std::string find_snapshot(const std::string& directory, std::string_view wanted);

} // namespace store
