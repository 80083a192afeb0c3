// SPDX-License-Identifier: GPL-2.0-only
// MissingFiles: completes the policy directory of a system; what is there stays as it is.
//
// The system is below a root that need not be this one, and its directory may lack any of the files. Says on
// standard error what has been made, in the words of tomoyo-tools.
#pragma once

#include "tomoyo-box/base/root_path.h"

#include <string>
#include <vector>

namespace store {

struct MissingFile {
    const char* what; // for the message
    const char*
        path; // of policy: its name in a snapshot; else behind the policy directory: "tools/auditd.conf"
    std::string text;
    bool readable_by_all = false;
};

class MissingFiles {
public:
    // ROOT must outlive this. Throws Error when DIRECTORY cannot exist in it.
    MissingFiles(const Root& root, const std::string& directory);

    // Is there no FILE ("profile.conf", "tools/auditd.conf") that could be read? As tomoyo-tools ask: a link
    // that leads nowhere is missing, too.
    bool missing(const char* file) const;

    // The real name of a file, for this process. Throws Error when it cannot exist.
    std::string outside(const char* file) const;

    // The name of a file for messages, with its links.
    std::string shown(const char* file) const { return root_.outside(top_ + '/' + file); }

    // Makes the files; those of POLICY as one snapshot if there is none yet. Throws Error.
    void create(const std::vector<MissingFile>& policy, const std::vector<MissingFile>& others);

private:
    std::string locate(const std::string& path) const;
    bool unreadable(const std::string& path) const;
    void make_directory(const std::string& path) const;
    void write(const MissingFile& file, const std::string& path) const;
    std::string make_stamp() const;
    void begin_work(const char* what);
    void end_work(const char* how);
    void create_directory(const char* what, const std::string& path);
    void make_snapshot(const std::vector<MissingFile>& files);
    void complete_snapshot(const MissingFile& file);
    void link_to_current(const MissingFile& file) const;
    void make_link(const std::string& target, const std::string& path) const;

    const Root& root_;
    std::string top_, policy_, tools_; // real paths inside the root
    const char* work_ = nullptr;       // what is being made
};

} // namespace store
