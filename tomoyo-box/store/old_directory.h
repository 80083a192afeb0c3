// SPDX-License-Identifier: GPL-2.0-only
// OldDirectory: the policy directory of any version of TOMOYO, to read (userspace specification 8.1).
//
//   NAME.conf                          a file, or a link to one of those below
//   NAME.base                          2.2: what is read first; then NAME.conf says only what is different
//   NAME.YY-MM-DD.hh:mm:ss.conf        2.2 and 2.3: what NAME.conf links to
//   policy/STAMP/NAME.conf             2.4 and later, and 1.8
//
// The directory may be a part of another system's root: no link leads out of it, and where a link names a
// path of that other system, the newest file is taken.
#pragma once

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/root_path.h"

#include <optional>
#include <string>
#include <string_view>

namespace store {

struct OldFile {
    std::string name; // for messages
    Fd fd;
};

class OldDirectory {
public:
    // Throws Error when DIRECTORY is none.
    explicit OldDirectory(const std::string& directory) : root_(directory) {}

    // What NAME ("domain_policy") says in all; nothing when there is no such file. Throws Error when it
    // cannot be read.
    std::optional<OldFile> open(const std::string& name) const;

    // One file: "/tools/auditd.conf".
    std::optional<OldFile> open_file(const std::string& path) const;

private:
    std::string newest(const std::string& file, const std::string& name) const;

    Root root_;
};

// The lines of BASE as those of DIFFERENCE change them: "delete LINE" takes a line away, in a domain policy
// from the domain it stands below.
std::string apply_difference(std::string_view base, std::string_view difference);

} // namespace store
