// SPDX-License-Identifier: GPL-2.0-only
// A policy directory made of texts.
#include "tomoyo-box/store/new_directory.h"

#include "tomoyo-box/base/atomic_file.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/store/policy_directory.h"

#include <unistd.h>

namespace store {

void require_room(const std::string& directory, bool replace) {
    if (!replace && !link_target(directory + "/policy/current").empty())
        throw Error(exit_trouble, directory + " holds a policy", "with --force it stays there as 'previous'");
    for (const policy::PolicyKind& kind : policy::snapshot_kinds) {
        const std::string path = directory + '/' + kind.file;
        if (exists(path) && link_target(path).find("policy/current/") == std::string::npos)
            throw Error(exit_trouble, path + " is in the way", "move it away, or choose another directory");
    }
}

std::string write_directory(const std::string& directory, std::span<const NewFile> files) {
    make_directories(parent_directory(directory), 0755);
    make_directories(directory + "/policy", 0700);
    make_directories(directory + "/tools", 0700);
    PolicyDirectory place(directory);
    NewSnapshot snapshot(place);
    for (const NewFile& file : files) {
        if (file.in_snapshot) {
            snapshot.add(file.path, memory_file(file.text).get(), file.path);
        } else {
            AtomicFile output(directory + '/' + file.path);
            output.write(file.text);
            output.replace();
        }
    }
    (void)place.link_files(); // nothing is in the way
    snapshot.commit();
    (void)symlink((snapshot.name() + '/').c_str(),
                  (place.path() + "/previous").c_str()); // unless there is one
    return snapshot.name();
}

} // namespace store
