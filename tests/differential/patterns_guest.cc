// SPDX-License-Identifier: GPL-2.0-only
// Matches patterns on the kernel: in a domain that may only make links with certain targets, links are made.
#include "tests/differential/interface.h"
#include "tests/differential/patterns.h"
#include "tests/differential/script.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace differential {

namespace {

const char domain[] = "<kernel> /patterns", link_name[] = "/s";

char try_link(const std::string& target) {
    if (symlink(target.c_str(), link_name) == 0)
        return unlink(link_name) == 0 ? '+' : '?';
    return errno == EPERM ? '-' : '?';
}

} // namespace

void patterns_on_kernel(FILE* script, FILE* outcomes) {
    const int profile = open_interface("profile", O_RDWR);
    write_line(profile, "253-CONFIG={ mode=disabled grant_log=no reject_log=no }");
    write_line(profile, "253-CONFIG::file::symlink={ mode=enforcing grant_log=no reject_log=no }");
    close(profile);
    enter_domain(domain);
    int policy = -1;
    size_t number = 0;
    for (Pattern pattern; read_pattern(script, pattern); number++) {
        // Entries that were deleted are still walked over, until a file is closed and the kernel collects
        // them.
        if (number % 50 == 0) {
            close(policy);
            policy = open_interface("domain_policy", O_RDWR);
            write_line(policy, domain);
            write_line(policy, "use_profile 253");
        }
        const std::string entry = "file symlink /s symlink.target=\"" + pattern.word + '"';
        write_line(policy, entry);
        for (const std::string& name : pattern.names)
            fputc(try_link(name), outcomes);
        fputc('\n', outcomes);
        write_line(policy, "delete " + entry);
    }
    write_line(policy, "use_profile 254");
    close(policy);
}

} // namespace differential
