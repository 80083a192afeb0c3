// SPDX-License-Identifier: GPL-2.0-only
// Templates: the first policy of a system (userspace specification 3 and 4.2), made from what is in its root.
#pragma once

#include "tomoyo-box/base/root_path.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

constexpr unsigned template_profiles = 4; // 0 disabled, 1 learning, 2 permissive, 3 enforcing

struct ProfileOptions {
    bool file_only = false; // restrict access to files only
    std::string grant_log = "no";
    std::string reject_log = "yes";
    unsigned max_audit_log = 1024;
    unsigned max_learning_entry = 2048;
};

std::string profile_template(const ProfileOptions& options);
std::string domain_template(unsigned profile, const std::set<unsigned>& groups);

// What kind of system lives in a root.
enum class Base { busybox, distribution };
Base detect_base(const Root& root);

// How manager.conf names the tools that may write policy.
enum class ManagerStyle {
    automatic, // paths, or domains when the tools are links to one program
    paths,     // the tools' own paths: for programs of their own and hard links
    domains,   // the domain of each tool, with a rule that gives it one
    box        // the program behind the links: every applet may write
};

struct Managers {
    std::vector<std::string> entries; // lines of manager.conf
    std::vector<std::string> rules;   // lines of exception_policy.conf that the entries need
    std::string directory;            // where the tools are, or will be
    bool found = false;               // is any of the tools there?
};

// DIRECTORY: where the tools are; when empty, the usual places are searched. The usual place is taken when no
// tool is found.
Managers manager_template(const Root& root, ManagerStyle style, const std::string& directory);

struct ExceptionOptions {
    Base base;
    bool any_environment = true; // grant all names of environment variables
    bool as_2_6_1 = false;       // no line that tomoyo-tools 2.6.1 does not write for this purpose
};

// RULES: of the managers. In the order of init_policy of tomoyo-tools, without its duplicates.
std::string exception_template(const Root& root, const ExceptionOptions& options,
                               const std::vector<std::string>& rules);

// The shared libraries that ROOT's ld.so.cache names, as paths that are not yet real; none when there is no
// cache or this machine cannot read it.
std::vector<std::string> cached_libraries(const Root& root);

// Parts of it that say what TOMOYO 2.2 and 2.3 never asked about.
extern const std::string_view any_name_groups;   // ANY_PATHNAME and ANY_DIRECTORY
extern const std::string_view harmless_template; // acl_group 0: lists directories, looks at attributes

extern const std::string_view stat_template;       // stat.conf
extern const std::string_view editpolicy_template; // tools/editpolicy.conf
extern const std::string_view auditd_template;     // tools/auditd.conf
std::string patternize_template();                 // tools/patternize.conf
extern const std::string_view notifyd_template;    // tools/notifyd.conf

} // namespace policy
