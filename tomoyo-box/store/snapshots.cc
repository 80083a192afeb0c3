// SPDX-License-Identifier: GPL-2.0-only
// Snapshots: names, notes, and which of them the links lead to.
#include "tomoyo-box/store/snapshots.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/text.h"
#include "tomoyo-box/store/stamp.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <sys/stat.h>

namespace store {

namespace {

constexpr size_t stamp_size = std::string_view("00-00-00.00:00:00").size();

bool same_file(const struct stat& a, const struct stat& b) {
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

std::string note_of(const std::string& snapshot) {
    const std::string path = snapshot + '/' + note_file;
    if (!exists(path))
        return {};
    const std::string text = read_file(path);
    std::string_view rest = text;
    return std::string(take_line(rest));
}

} // namespace

std::string_view SnapshotInfo::stamp() const { return std::string_view(name).substr(0, stamp_size); }

std::string_view SnapshotInfo::tag() const {
    return std::string_view(name).substr(std::min(stamp_size + 1, name.size()));
}

std::vector<SnapshotInfo> list_snapshots(const std::string& directory) {
    const std::string path = directory + "/policy";
    DIR* const stream = opendir(path.c_str());
    if (!stream)
        throw system_trouble("open " + path);
    struct stat current = {}, previous = {}, status = {};
    const bool has_current = stat((path + "/current").c_str(), &current) == 0;
    const bool has_previous = stat((path + "/previous").c_str(), &previous) == 0;
    std::vector<SnapshotInfo> found;
    while (const dirent* entry = readdir(stream)) {
        const std::string name = entry->d_name, whole = fmt::format("{}/{}", path, name);
        if (!stamp_time(name) || lstat(whole.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
            continue;
        found.push_back({name,
                         {},
                         has_current && same_file(status, current),
                         has_previous && same_file(status, previous)});
    }
    closedir(stream);
    for (SnapshotInfo& snapshot : found)
        snapshot.note = note_of(path + '/' + snapshot.name);
    std::sort(found.begin(), found.end(), [](const SnapshotInfo& a, const SnapshotInfo& b) {
        const auto time_a = stamp_time(a.name), time_b = stamp_time(b.name);
        return time_a != time_b ? time_a < time_b : a.name < b.name;
    });
    return found;
}

std::string find_snapshot(const std::string& directory, std::string_view wanted) {
    std::string found;
    for (const SnapshotInfo& snapshot : list_snapshots(directory)) {
        const bool is_link = wanted == "current" || wanted == "previous";
        if (is_link ? (wanted == "current" ? snapshot.current : snapshot.previous)
                    : wanted == snapshot.name || wanted == snapshot.stamp() ||
                          (!wanted.empty() && wanted == snapshot.tag()))
            found = snapshot.name;
    }
    if (found.empty())
        throw Error(exit_trouble, fmt::format("{}/policy holds no snapshot '{}'", directory, wanted),
                    "'tomoyo-savepolicy --list' shows those that there are");
    return found;
}

} // namespace store
