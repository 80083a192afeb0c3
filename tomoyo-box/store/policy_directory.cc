// SPDX-License-Identifier: GPL-2.0-only
// PolicyDirectory: lock, snapshots, links.
#include "tomoyo-box/store/policy_directory.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/store/stamp.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace store {

namespace {

constexpr int lock_patience_s = 30;
constexpr int lock_tries_per_s = 20;

std::string draft_name(std::string_view name) { return fmt::format(".{}.tmp", name); }

bool is_draft(std::string_view name) { return name.starts_with('.') && name.ends_with(".tmp"); }

Fd open_in(const Fd& directory, const char* name, int flags, unsigned mode = 0666) {
    return Fd(openat(directory.get(), name, flags | O_CLOEXEC, mode));
}

std::string link_in(const Fd& directory, const char* name) {
    char target[PATH_MAX];
    const ssize_t length = readlinkat(directory.get(), name, target, sizeof target);
    return length < 0 ? std::string() : std::string(target, static_cast<size_t>(length));
}

// The names in a directory without "." and ".."; empty when it cannot be read.
std::vector<std::string> names_in(const Fd& directory) {
    Fd fd = open_in(directory, ".", O_RDONLY | O_DIRECTORY);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(fd.get()), closedir);
    std::vector<std::string> names;
    if (!stream)
        return names;
    (void)fd.release(); // the stream closes it
    while (const dirent* entry = readdir(stream.get())) {
        std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(std::move(name));
    }
    return names;
}

// rm -r; false and errno when something stayed.
bool remove_tree(const Fd& parent, const std::string& name) {
    if (unlinkat(parent.get(), name.c_str(), 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false; // EPERM: how POSIX says EISDIR
    if (const Fd directory = open_in(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
        for (const std::string& inner : names_in(directory))
            if (!remove_tree(directory, inner))
                return false;
    return unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR) == 0;
}

} // namespace

PolicyDirectory::PolicyDirectory(std::string directory)
    : directory_(std::move(directory)), path_(directory_ + "/policy"),
      fd_(open_fd(path_, O_RDONLY | O_DIRECTORY)) {
    if (!fd_) {
        const bool missing = errno == ENOENT || errno == ENOTDIR,
                   permission = errno == EACCES || errno == EPERM;
        Error error =
            missing      ? Error(exit_trouble, fmt::format("directory {}/ doesn't exist", path_),
                                 "make a policy with 'tomoyo-init-policy', or only the directory with 'mkdir -p'")
            : permission ? Error(exit_negative, fmt::format("cannot open {}: {}", path_, errno_text(errno)),
                                 "run as root")
                         : system_trouble("open " + path_);
        throw error.legacy(fmt::format("Directory {}/ doesn't exist.", path_));
    }
    lock();
    require_link("current");
    require_link("previous");
    remove_leftovers();
}

void PolicyDirectory::lock() {
    for (int tries = 0; flock(fd_.get(), LOCK_EX | LOCK_NB) != 0; tries++) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            // NFS cannot lock directories; a policy there is better saved without than not at all.
            warn("cannot lock {}: {}; going on without", path_, errno_text(errno));
            return;
        }
        if (tries == lock_tries_per_s)
            warn("waiting for another program that changes {}", path_);
        if (tries == lock_patience_s * lock_tries_per_s)
            throw Error(
                exit_trouble,
                fmt::format("another program has been changing {} for {} seconds", path_, lock_patience_s),
                fmt::format("see 'fuser {}'", path_));
        usleep(1000000 / lock_tries_per_s);
    }
}

void PolicyDirectory::require_link(const char* name) const {
    struct stat status = {};
    if (fstatat(fd_.get(), name, &status, AT_SYMLINK_NOFOLLOW) != 0 || S_ISLNK(status.st_mode))
        return;
    const std::string stamp = stamp_name(local_time());
    throw Error(exit_trouble, fmt::format("{}/{} is not a symbolic link", path_, name),
                fmt::format("if it holds a policy: cd {} && mv {} {} && ln -s {}/ {}", path_, name, stamp,
                            stamp, name));
}

void PolicyDirectory::remove_leftovers() {
    for (const std::string& name : names_in(fd_))
        if (is_draft(name))
            remove(name);
}

void PolicyDirectory::remove(const std::string& name) {
    if (!remove_tree(fd_, name))
        throw system_trouble(fmt::format("remove {}/{}", path_, name));
}

void PolicyDirectory::sync() const {
    if (!sync_fd(fd_))
        throw system_trouble("write " + path_);
}

Fd PolicyDirectory::open_current(const char* file) const {
    return open_in(fd_, fmt::format("current/{}", file).c_str(), O_RDONLY);
}

std::vector<Snapshot> PolicyDirectory::snapshots() const {
    std::vector<Snapshot> found;
    for (std::string& name : names_in(fd_)) {
        struct stat status = {};
        const auto time = stamp_time(name);
        if (!time || fstatat(fd_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            found.push_back({std::move(name), *time});
    }
    std::sort(found.begin(), found.end(), [](const Snapshot& a, const Snapshot& b) {
        return a.time != b.time ? a.time < b.time : a.name < b.name;
    });
    return found;
}

std::vector<std::string> PolicyDirectory::prune(size_t keep) {
    // Compared by what they are: a link may spell its target with a slash, or as a whole path.
    std::vector<struct stat> linked;
    for (const std::string& name : names_in(fd_)) {
        struct stat status = {};
        if (fstatat(fd_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode) &&
            fstatat(fd_.get(), name.c_str(), &status, 0) == 0)
            linked.push_back(status);
    }
    const auto is_linked = [&](const std::string& name) {
        struct stat status = {};
        if (fstatat(fd_.get(), name.c_str(), &status, 0) != 0)
            return true;
        return std::any_of(linked.begin(), linked.end(), [&](const struct stat& link) {
            return link.st_dev == status.st_dev && link.st_ino == status.st_ino;
        });
    };

    const std::vector<Snapshot> all = snapshots();
    size_t left = all.size();
    std::vector<std::string> removed;
    for (const Snapshot& snapshot : all) {
        if (left <= keep)
            break;
        if (is_linked(snapshot.name))
            continue;
        // Half a snapshot must never bear the name of a whole one.
        const std::string draft = draft_name(snapshot.name);
        if (renameat(fd_.get(), snapshot.name.c_str(), fd_.get(), draft.c_str()) != 0)
            throw system_trouble(fmt::format("remove {}/{}", path_, snapshot.name));
        sync();
        remove(draft);
        removed.push_back(snapshot.name);
        left--;
    }
    return removed;
}

std::vector<std::string> files_in_place_of_links(const std::string& directory) {
    std::vector<std::string> found;
    struct stat status = {};
    if (stat((directory + "/policy/current").c_str(), &status) != 0)
        return found;
    for (const policy::PolicyKind& kind : policy::snapshot_kinds)
        if (const std::string name = directory + "/" + kind.file;
            lstat(name.c_str(), &status) == 0 && !S_ISLNK(status.st_mode))
            found.push_back(name);
    return found;
}

std::vector<std::string> PolicyDirectory::link_files() {
    const Fd top = open_fd(directory_, O_RDONLY | O_DIRECTORY);
    if (!top)
        throw system_trouble("open " + directory_);
    std::vector<std::string> hiding;
    bool made = false;
    for (const policy::PolicyKind& kind : policy::snapshot_kinds) {
        if (symlinkat(fmt::format("policy/current/{}", kind.file).c_str(), top.get(), kind.file) == 0) {
            made = true;
            continue;
        }
        const std::string name = directory_ + "/" + kind.file;
        if (errno != EEXIST)
            throw system_trouble("make the link " + name);
        if (link_in(top, kind.file).empty())
            hiding.push_back(name);
    }
    if (made && !sync_fd(top))
        throw system_trouble("write " + directory_);
    return hiding;
}

NewSnapshot::NewSnapshot(PolicyDirectory& directory, std::string_view tag) : parent_(directory) {
    const int64_t now = local_time();
    const std::vector<Snapshot> others = parent_.snapshots();
    int64_t time = others.empty() ? now : std::max(now, others.back().time + 1);
    for (;; time++) {
        name_ = stamp_name(time, tag);
        place_ = draft_name(name_);
        if (faccessat(parent_.fd_.get(), name_.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            continue; // not a directory
        if (mkdirat(parent_.fd_.get(), place_.c_str(), 0700) == 0)
            break;
        if (errno != EEXIST)
            throw system_trouble(fmt::format("make the directory {}/{}", parent_.path_, place_));
    }
    clock_behind_ = time - now;
    fd_ = open_in(parent_.fd_, place_.c_str(), O_RDONLY | O_DIRECTORY);
    if (fd_)
        return;
    const Error error = system_trouble(fmt::format("open {}/{}", parent_.path_, place_));
    (void)remove_tree(parent_.fd_, place_);
    throw error;
}

NewSnapshot::~NewSnapshot() {
    if (place_.empty())
        return;
    for (const char* name : {"current", "previous"})
        (void)unlinkat(parent_.fd_.get(), draft_name(name).c_str(), 0);
    if (place_ == name_) {
        place_ = draft_name(name_);
        (void)renameat(parent_.fd_.get(), name_.c_str(), parent_.fd_.get(), place_.c_str());
    }
    (void)remove_tree(parent_.fd_, place_); // what stays is removed by the next holder of the lock
}

std::string NewSnapshot::path(const char* file) const {
    return fmt::format("{}/{}/{}", parent_.path_, place_, file);
}

void NewSnapshot::add(const char* file, int from, const std::string& from_name) {
    const Fd to = open_in(fd_, file, O_WRONLY | O_CREAT | O_EXCL);
    if (!to)
        throw system_trouble("make " + path(file));
    Progress progress("saving " + std::string(file), 0);
    std::vector<char> buffer(65536);
    uint64_t copied = 0;
    for (;;) {
        const ssize_t got = read_some(from, buffer.data(), buffer.size());
        if (got < 0)
            throw system_trouble("read " + from_name);
        if (got == 0)
            break;
        if (!write_all(to.get(), {buffer.data(), static_cast<size_t>(got)}))
            throw system_trouble("write " + path(file));
        progress.at(copied += static_cast<uint64_t>(got));
    }
    if (!sync_fd(to))
        throw system_trouble("write " + path(file));
}

Fd NewSnapshot::open(const char* file) const {
    Fd fd = open_in(fd_, file, O_RDONLY);
    if (!fd)
        throw system_trouble("open " + path(file));
    return fd;
}

void NewSnapshot::commit() {
    const int parent = parent_.fd_.get();
    const auto rename_in_parent = [&](const std::string& from, const std::string& to) {
        if (renameat(parent, from.c_str(), parent, to.c_str()) != 0)
            throw system_trouble(fmt::format("replace {}/{}", parent_.path_, to));
    };
    // A `current` that leads nowhere must not push a `previous` that leads somewhere away.
    const bool whole = faccessat(parent, "current/.", F_OK, 0) == 0;
    const std::string before = whole ? link_in(parent_.fd_, "current") : "";

    if (!sync_fd(fd_))
        throw system_trouble("write " + path(""));
    rename_in_parent(place_, name_);
    place_ = name_;

    stage_link("current", name_ + "/");
    if (!before.empty())
        stage_link("previous", before);
    parent_.sync(); // before a link names it, everything it names is on the disk
    if (!before.empty())
        rename_in_parent(draft_name("previous"), "previous");
    rename_in_parent(draft_name("current"), "current");
    place_.clear(); // from here on it is in force
    if (!sync_fd(parent_.fd_))
        throw Error(exit_trouble, fmt::format("cannot write {}: {}", parent_.path_, errno_text(errno)),
                    fmt::format("current leads to {} now, but a power failure might undo that", name_));
}

void NewSnapshot::stage_link(const char* name, const std::string& target) const {
    if (symlinkat(target.c_str(), parent_.fd_.get(), draft_name(name).c_str()) != 0)
        throw system_trouble(fmt::format("make the link {}/{}", parent_.path_, draft_name(name)));
}

} // namespace store
