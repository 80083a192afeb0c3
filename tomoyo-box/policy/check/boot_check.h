// SPDX-License-Identifier: GPL-2.0-only
// BootCheck: would the kernel start with this policy? (userspace specification 2.4, kernel ABI
// specification 6.5)
//
// When the policy loader has ended, the kernel panics if a domain's namespace has an unsupported
// PROFILE_VERSION or a domain uses a profile that is not defined; and a <kernel> that may execute nothing
// cannot start /sbin/init. BootCheck reads the text of a policy, from files or as the kernel prints it, and
// never asks the kernel.
#pragma once

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/profiles.h"

#include <bitset>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

struct BootProblem {
    bool fatal;        // false: the kernel starts, but not with what the author may have meant
    std::string where; // "FILE:LINE" or "FILE"
    std::string text;
};

class BootCheck {
public:
    BootCheck();
    BootCheck(BootCheck&&) noexcept;
    BootCheck& operator=(BootCheck&&) noexcept;
    ~BootCheck();

    // Each reads one file to its end; the order does not matter, and a file need not be given. Memory depends
    // on the number of profiles in use and on the longest line, not on the size of the policy. Throw Error
    // when reading fails.
    void read(Language language, PolicyReader& reader); // profiles, exceptions or domains
    void read_profile(PolicyReader& reader);
    void read_exception_policy(PolicyReader& reader);
    void read_domain_policy(PolicyReader& reader);

    // A file that cannot be read at all.
    void missing(const std::string& file, std::string text);

    // In the order in which they were found, fatal ones first.
    std::vector<BootProblem> problems() const;
    bool fatal() const; // is there a fatal one?

    struct Undefined {
        std::string name_space; // "<kernel>"
        unsigned profile;
        std::string domain; // the first domain that uses it
        std::string where;  // of that domain's use_profile line, or of the domain
    };
    std::vector<Undefined> undefined_profiles() const;

    struct Version {
        std::string name_space;
        unsigned long number;
        std::string where;
    };
    // Namespaces of domains whose version the kernel does not take; 20110903, which it upgrades itself, is
    // not one.
    std::vector<Version> unsupported_versions() const;
    // Those with 20110903.
    std::vector<std::string> old_versions() const;

    struct Lockout {
        unsigned profile; // the enforcing profile of <kernel>
        unsigned
            replacement; // a profile that lets init start: permissive, or disabled, or one not defined yet
        bool replacement_defined; // false: define it as disabled
        std::string where;
    };
    // Set when <kernel> enforces file::execute and neither it nor its groups hold any "file execute".
    std::optional<Lockout> lockout() const;

    // Every profile number that a domain uses, by namespace; <kernel> is always among them.
    std::map<std::string, std::bitset<256>> used_profiles() const;

    unsigned long domains() const { return domains_; }
    unsigned long entries() const { return entries_; } // as tomoyo-init counts them

private:
    struct Use {
        std::string domain;
        std::string where;
    };
    struct Namespace {
        std::string version_where;
        std::map<unsigned, Use> uses;
    };
    struct Section;

    Namespace& space(std::string_view name);
    void profile_line(std::string_view line, const PolicyReader& reader);
    void domain_line(Section& section, const DomainLine& line, const PolicyReader& reader);
    void end_section(Section& section);
    void remark(std::string where, std::string text);

    std::map<std::string, Namespace, std::less<>> namespaces_;
    Profiles profiles_;
    std::set<std::pair<std::string, unsigned>> configured_; // profiles with a CONFIG line
    std::vector<BootProblem> found_;
    unsigned remarks_ = 0;
    std::string profile_name_ = kind_of(Language::profiles).file;
    bool profile_read_ = false;
    unsigned kernel_profile_ = 0;
    std::string kernel_where_;
    bool kernel_executes_ = false;
    std::bitset<256> kernel_groups_;
    std::bitset<256> executing_groups_; // acl_groups of <kernel> that hold a "file execute"
    unsigned long domains_ = 0;
    unsigned long entries_ = 0;
};

// The files of one policy; an empty path is a file that shall not be looked at.
struct BootFiles {
    std::string profile;
    std::string exception_policy;
    std::string domain_policy;
};

// The files of a policy directory.
BootFiles boot_files_in(const std::string& directory);

// Checks files. One that cannot be read is a fatal problem, except the exception policy, which may be
// missing.
BootCheck check_boot(const BootFiles& files);

// Opens a policy file without ever waiting (it might be a pipe); empty and errno unless it is a regular file.
Fd open_policy_file(const std::string& path);

} // namespace policy
