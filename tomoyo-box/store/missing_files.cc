// SPDX-License-Identifier: GPL-2.0-only
// MissingFiles: directories, files, links, in an order that never leaves a link to half a policy.
#include "tomoyo-box/store/missing_files.h"

#include "tomoyo-box/base/atomic_file.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/store/stamp.h"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace store {

MissingFiles::MissingFiles(const Root& root, const std::string& directory)
    : root_(root), top_(locate(directory)), policy_(locate(top_ + "/policy")),
      tools_(locate(top_ + "/tools")) {}

std::string MissingFiles::locate(const std::string& path) const {
    try {
        return root_.target(path);
    } catch (Error& error) {
        error.legacy("Creating policy directory... failed.");
        throw;
    }
}

bool MissingFiles::unreadable(const std::string& path) const {
    const auto real = root_.real_path(path);
    return !real || access(root_.outside(*real).c_str(), R_OK) != 0;
}

bool MissingFiles::missing(const char* file) const { return unreadable(top_ + '/' + file); }

std::string MissingFiles::outside(const char* file) const {
    return root_.outside(root_.target(top_ + '/' + file));
}

void MissingFiles::create(const std::vector<MissingFile>& policy, const std::vector<MissingFile>& others) {
    try {
        const bool fresh = !policy.empty() && !root_.is_directory(policy_ + "/current");
        if (fresh)
            create_directory("policy directory", policy_);
        if (!root_.is_directory(tools_))
            create_directory("configuration directory", tools_);
        if (fresh)
            make_snapshot(policy);
        else
            for (const MissingFile& file : policy)
                complete_snapshot(file);
        for (const MissingFile& file : others) {
            begin_work(file.what);
            write(file, root_.target(top_ + '/' + file.path));
            end_work("OK.");
        }
    } catch (...) {
        if (work_)
            end_work("failed.");
        throw;
    }
}

// Each piece of work is told when it has ended, in the words of tomoyo-tools.
void MissingFiles::begin_work(const char* what) { work_ = what; }

void MissingFiles::end_work(const char* how) {
    warn_line(fmt::format("Creating {}... {}", std::exchange(work_, nullptr), how));
}

void MissingFiles::create_directory(const char* what, const std::string& path) {
    begin_work(what);
    make_directory(path);
    end_work("OK");
}

// Directories on the way to the policy directory are ordinary ones, the rest is root's alone.
void MissingFiles::make_directory(const std::string& path) const {
    if (root_.is_directory(path))
        return;
    if (path != top_ && path.starts_with(top_))
        make_directory(parent_directory(path));
    else
        make_directories(root_.outside(parent_directory(path)), 0755);
    const std::string name = root_.outside(path);
    if (mkdir(name.c_str(), 0700) != 0 && errno != EEXIST)
        throw system_trouble("make directory " + name);
    sync_directory(parent_directory(name));
}

void MissingFiles::write(const MissingFile& file, const std::string& path) const {
    const std::string name = root_.outside(path);
    AtomicFile output(name);
    if (file.readable_by_all && fchmod(output.fd(), 0644) != 0)
        throw system_trouble("write " + name);
    output.write(file.text);
    if (!output.create())
        throw Error(exit_trouble, fmt::format("{} has just been made by another program", name));
}

// A snapshot no other program makes at the same time; its name.
std::string MissingFiles::make_stamp() const {
    for (int64_t time = local_time();; time++) {
        std::string stamp = stamp_name(time);
        const std::string name = root_.outside(policy_ + '/' + stamp);
        if (mkdir(name.c_str(), 0700) == 0)
            return stamp;
        if (errno != EEXIST)
            throw system_trouble("make directory " + name);
    }
}

// The snapshot counts only once `current` leads to it, so that comes last.
void MissingFiles::make_snapshot(const std::vector<MissingFile>& files) {
    const std::string stamp = make_stamp();
    try {
        for (const MissingFile& file : files) {
            begin_work(file.what);
            write(file, policy_ + '/' + stamp + '/' + file.path);
            end_work("OK.");
        }
        if (!root_.is_directory(policy_ + "/previous"))
            make_link(stamp, policy_ + "/previous");
        for (const MissingFile& file : files)
            link_to_current(file);
        make_link(stamp, policy_ + "/current");
        sync_directory(root_.outside(policy_));
    } catch (...) {
        for (const MissingFile& file : files)
            unlink(root_.outside(policy_ + '/' + stamp + '/' + file.path).c_str());
        rmdir(root_.outside(policy_ + '/' + stamp).c_str());
        throw;
    }
}

void MissingFiles::complete_snapshot(const MissingFile& file) {
    const std::string path = policy_ + "/current/" + file.path;
    begin_work(file.what);
    if (unreadable(path))
        write(file, root_.target(path));
    if (missing(file.path))
        link_to_current(file);
    end_work("OK.");
}

void MissingFiles::link_to_current(const MissingFile& file) const {
    make_link(std::string("policy/current/") + file.path, top_ + '/' + file.path);
}

// In place of a link that leads nowhere, if there is one.
void MissingFiles::make_link(const std::string& target, const std::string& path) const {
    const std::string name = root_.outside(path);
    if (!link_target(name).empty())
        unlink(name.c_str());
    if (symlink(target.c_str(), name.c_str()) == 0)
        return;
    // Another init-policy may have been faster; its link is as good.
    if (errno != EEXIST || link_target(name).empty())
        throw system_trouble("make link " + name);
}

} // namespace store
