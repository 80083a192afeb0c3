// SPDX-License-Identifier: GPL-2.0-only
// applet: domainmatch
// path: /usr/sbin/tomoyo-domainmatch
// also:
// summary: search domain policy for a text
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"

#include <fcntl.h>

namespace {

// Prints the lines with WANTED below their domains, or nothing when QUIET. Returns whether there are any.
bool search(policy::PolicyReader lines, uint64_t size, std::string_view wanted, bool quiet) {
    Progress progress("searching", size);
    std::string heading; // not printed yet
    bool found = false;
    for (std::string_view line; lines.next_normalized(line); progress.at(lines.offset())) {
        if (policy::starts_domain(line)) {
            heading.assign("\n").append(line).append("\n");
        } else if (!line.empty() && line.find(wanted) != std::string_view::npos) {
            found = true;
            if (quiet)
                break;
            out().write(heading);
            out().write(line);
            out().write("\n");
            heading.clear();
        }
    }
    return found;
}

bool search_kernel(std::string_view wanted, bool quiet) {
    constexpr const char* file = "domain_policy";
    try {
        const Interface interface;
        const Fd fd = interface.open(file, O_RDONLY);
        return search({fd.get(), interface.path(file)}, 0, wanted, quiet);
    } catch (Error& error) {
        throw error.legacy("You can't run this program for this kernel.", exit_ok);
    }
}

bool search_file(const std::string& file, std::string_view wanted, bool quiet) {
    Input input(file, false);
    return search(input.lines(), input.size(), wanted, quiet);
}

} // namespace

namespace applet {

int domainmatch(const Call& call) {
    Command command(
        call, "Prints the lines of domain policy that contain STRING, below the names of their domains: "
              "of the kernel's policy, or of FILEs. The names of the domains are not searched. "
              "Exits with 1 when there is no such line.");
    std::string wanted;
    std::vector<std::string> files;
    bool quiet = false;
    command.flag("-q,--quiet", quiet, "print nothing; the exit code says whether there is such a line");
    command.operand("STRING", wanted, "any text, blanks too; not a pattern", true);
    command.operands("FILE", files, "domain policy; '-': standard input", 0);
    command.example("tomoyo-domainmatch /etc/shadow", "who may do something with it");
    command.example("tomoyo-domainmatch 'use_profile 3'", "domains that are enforced");
    command.example("tomoyo-domainmatch -q quota_exceeded && echo policy is incomplete", "for scripts");
    command.example("tomoyo-domainmatch ' 22' /etc/tomoyo/domain_policy.conf",
                    "in the policy of the next boot");
    if (const auto code = command.parse())
        return *code;
    if (call.compat && !files.empty())
        throw command.usage_error("unexpected argument");

    bool found = files.empty() && search_kernel(wanted, quiet);
    for (const std::string& file : files)
        found = search_file(file, wanted, quiet) || found;
    return found || call.compat ? exit_ok : exit_negative;
}

} // namespace applet
