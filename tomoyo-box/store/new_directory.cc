// SPDX-License-Identifier: GPL-2.0-only
// A policy directory made of texts.
#include "tomoyo-box/store/new_directory.h"

#include "tomoyo-box/base/atomic_file.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/policy_directory.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace store {

void require_room(const std::string& directory, bool replace) {
    const std::string current = directory + "/policy/current";
    if (!replace && (exists(current) || !link_target(current).empty()))
        throw Error(exit_trouble, directory + " holds a policy", "with --force it stays there as 'previous'");
    for (const PolicyFile& policy : policy_files) {
        const std::string path = directory + '/' + policy.file, target = link_target(path);
        if (target.empty() ? exists(path) : !target.ends_with(std::string("policy/current/") + policy.file))
            throw Error(exit_trouble, path + " is in the way", "move it away, or choose another directory");
    }
}

std::string write_directory(const std::string& directory, const std::vector<NewFile>& policy,
                            const std::vector<NewFile>& others) {
    make_directories(parent_directory(directory), 0755);
    make_directories(directory + "/policy", 0700);
    make_directories(directory + "/tools", 0700);
    PolicyDirectory place(directory);
    for (const NewFile& file : others) {
        AtomicFile output(directory + '/' + file.path);
        output.write(file.text);
        output.replace();
    }
    NewSnapshot snapshot(place);
    for (const NewFile& file : policy)
        snapshot.add(file.path.c_str(), memory_file(file.text).get(), file.path);
    (void)place.link_files(); // nothing is in the way
    snapshot.commit();
    const std::string previous = place.path() + "/previous";
    if (symlink((snapshot.name() + '/').c_str(), previous.c_str()) != 0 && errno != EEXIST)
        throw system_trouble("make the link " + previous);
    return snapshot.name();
}

} // namespace store
