// SPDX-License-Identifier: GPL-2.0-only
// PolicyDirectory: the snapshots in DIR/policy and the links to them, changed so that a crash at any moment
// leaves `current` a link to a complete snapshot.
//
// Whatever is not finished has a name of the form ".NAME.tmp" and belongs to the holder of the lock: what a
// crash left under such a name, the next holder removes.
#pragma once

#include "tomoyo-box/base/fd.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace store {

struct Snapshot {
    std::string name;
    int64_t time; // stamp_time(name)
};

// The files DIRECTORY/NAME.conf that are no links, although there are snapshots: a boot loads them, and never
// the snapshot.
std::vector<std::string> files_in_place_of_links(const std::string& directory);

class PolicyDirectory {
public:
    // Opens DIRECTORY/policy and takes its lock, which ends with this object (or this process): waits for
    // another holder at most 30 seconds, and says so. Removes what a crash left. Throws Error when there is
    // no such directory, when the lock cannot be had, and when `current` or `previous` are no links.
    explicit PolicyDirectory(std::string directory);

    const std::string& path() const { return path_; } // "DIRECTORY/policy"

    // Opens FILE ("profile.conf") of the snapshot that `current` links to; an empty Fd and errno on failure.
    [[nodiscard]] Fd open_current(const char* file) const;

    // Oldest first, in the order of their stamps.
    std::vector<Snapshot> snapshots() const;

    // Removes the oldest snapshots so that at most KEEP remain, but none that a link in this directory names.
    // Returns the names of those removed. Throws Error.
    std::vector<std::string> prune(size_t keep);

    // Makes the missing ones among DIRECTORY/NAME.conf -> policy/current/NAME.conf. Returns the names of
    // those that exist and are no links: they hide every snapshot from the next boot. Throws Error.
    std::vector<std::string> link_files();

private:
    friend class NewSnapshot;
    void lock();
    void require_link(const char* name) const;
    void remove_leftovers();
    void remove(const std::string& name);
    void sync() const;

    std::string directory_;
    std::string path_;
    Fd fd_;
};

// A snapshot in the making; it vanishes again unless it is committed.
class NewSnapshot {
public:
    // Its name: the local time, or one second behind the newest snapshot when the clock is not ahead of that,
    // so that the order of names is the order of making. DIRECTORY must outlive this object. Throws Error.
    NewSnapshot(PolicyDirectory& directory, std::string_view tag = {});
    NewSnapshot(const NewSnapshot&) = delete;
    NewSnapshot& operator=(const NewSnapshot&) = delete;
    ~NewSnapshot();

    const std::string& name() const { return name_; }
    // Seconds by which the name is ahead of the clock, or 0.
    int64_t clock_behind() const { return clock_behind_; }

    // Copies everything that FROM yields into FILE, to the disk. FROM_NAME is for messages. Throws Error.
    void add(const char* file, int from, const std::string& from_name);

    // Opens a file that has been added; throws Error.
    [[nodiscard]] Fd open(const char* file) const;

    // Makes this snapshot `current`, and the one before `previous`. Throws Error; then `current` is what it
    // was.
    void commit();

private:
    std::string path(const char* file) const;
    void stage_link(const char* name, const std::string& target) const;

    PolicyDirectory& parent_;
    std::string name_;
    std::string place_; // the name it has now; empty: nothing is there to remove
    Fd fd_;
    int64_t clock_behind_ = 0;
};

} // namespace store
