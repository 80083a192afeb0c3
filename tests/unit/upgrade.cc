// SPDX-License-Identifier: GPL-2.0-only
// Old policy becomes policy of 2.6: every row of the userspace specification's tables in 8.3, and what a row
// does not say.
#include "tomoyo-box/policy/upgrade/upgrade.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/engine.h"
#include "tomoyo-box/store/old_directory.h"

#include <cstring>

namespace {

using namespace policy::upgrade;
using policy::Document;
using policy::Language;

Document document(Language language, std::string_view text) {
    const Fd fd = memory_file(text);
    policy::PolicyReader reader(fd.get(), "old");
    return {language, reader};
}

// What the engine says when it is to take TEXT as a whole.
std::string trouble_of(Language language, const std::string& text) {
    policy::Policy policy;
    const Fd fd = memory_file(text);
    policy::PolicyReader reader(fd.get(), "new");
    std::string all;
    for (const policy::Refusal& refusal : policy.load(language, reader))
        all += std::to_string(refusal.line) + ": " + refusal.problem.reason + "\n";
    return all;
}

struct Row {
    Language language;
    const char* from;
    const char* before;
    const char* after; // what must be in the result, from the first byte on
    size_t lost = 0;
};

constexpr Language d = Language::domains, e = Language::exceptions, p = Language::profiles,
                   m = Language::managers, s = Language::quotas;

// What is in front of an entry of domain policy does not change.
#define D "<kernel>\n"
#define OLD "<kernel>\nuse_group 0\n"
#define LOST "# not converted ("
#define PARTLY "# not wholly converted ("

constexpr Row rows[] = {
    // Profiles.
    {p, "2.2", "0-COMMENT=x", "PROFILE_VERSION=20150505\n0-COMMENT=x\n"},
    {p, "auto", "PROFILE_VERSION=20090903", "PROFILE_VERSION=20150505\n"},
    {p, "auto", "PROFILE_VERSION=20100903", "PROFILE_VERSION=20150505\n"},
    {p, "auto", "PROFILE_VERSION=20110903", "PROFILE_VERSION=20150505\n"},
    {p, "auto", "<kernel> PROFILE_VERSION=20110903", "<kernel> PROFILE_VERSION=20150505\n"},
    {p, "auto", "PROFILE_VERSION=20150505", "PROFILE_VERSION=20150505\n"},
    {p, "auto", "PROFILE_VERSION=20991231", LOST "a kernel with this version", 1},
    {p, "auto", "PROFILE_VERSION=0903 201", LOST "a kernel with this version", 1},
    {p, "auto", "3-MAC_FOR_FILE=enforcing",
     "PROFILE_VERSION=20150505\n3-CONFIG::file={ mode=enforcing grant_log=no reject_log=yes }\n"},
    {p, "auto", "3-MAC_FOR_FILE=1",
     "PROFILE_VERSION=20150505\n3-CONFIG::file={ mode=learning grant_log=no reject_log=yes }\n"},
    {p, "auto", "3-MAC_FOR_FILE=strict", "PROFILE_VERSION=20150505\n" LOST "unknown mode", 1},
    {p, "auto", "3-MAX_ACCEPT_ENTRY=512",
     "PROFILE_VERSION=20150505\n3-PREFERENCE={ max_audit_log=1024 max_learning_entry=512 }\n"},
    {p, "auto", "3-MAC_FOR_FILE=enforcing\n3-TOMOYO_VERBOSE=disabled",
     "PROFILE_VERSION=20150505\n3-CONFIG::file={ mode=enforcing grant_log=no reject_log=no }\n"},
    {p, "auto", "3-TOMOYO_VERBOSE=enabled\n3-MAC_FOR_FILE=permissive",
     "PROFILE_VERSION=20150505\n3-CONFIG::file={ mode=permissive grant_log=no reject_log=yes }\n"},
    {p, "auto", "3-TOMOYO_VERBOSE=disabled",
     "PROFILE_VERSION=20150505\n3-CONFIG::file={ mode=disabled grant_log=no reject_log=no }\n"},
    {p, "2.3", "PROFILE_VERSION=20090903\n1-CONFIG={ mode=learning }",
     "PROFILE_VERSION=20150505\n1-CONFIG={ mode=learning grant_log=no reject_log=yes }\n"},
    {p, "2.3", "PROFILE_VERSION=20090903\n1-CONFIG::file::open={ mode=use_default }",
     "PROFILE_VERSION=20150505\n1-CONFIG::file::open={ mode=use_default }\n"},
    {p, "auto",
     "PROFILE_VERSION=20090903\nPREFERENCE::learning={ verbose=no max_entry=99 }\n0-COMMENT=a\n7-COMMENT=b",
     "PROFILE_VERSION=20150505\n0-PREFERENCE={ max_audit_log=1024 max_learning_entry=99 }\n"
     "7-PREFERENCE={ max_audit_log=1024 max_learning_entry=99 }\n0-COMMENT=a\n7-COMMENT=b\n"},
    {p, "auto",
     "PREFERENCE::enforcing={ verbose=no }\nPREFERENCE::permissive={ verbose=yes }\n"
     "2-CONFIG={ mode=permissive }\n3-CONFIG={ mode=enforcing }",
     "PROFILE_VERSION=20150505\n2-CONFIG={ mode=permissive grant_log=no reject_log=yes }\n"
     "3-CONFIG={ mode=enforcing grant_log=no reject_log=no }\n"},
    {p, "auto",
     "PREFERENCE::enforcing={ verbose=no }\n3-PREFERENCE::enforcing={ verbose=yes }\n3-CONFIG={ "
     "mode=enforcing }",
     "PROFILE_VERSION=20150505\n3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }\n"},
    {p, "auto", "PREFERENCE::enforcing={ enforcing_penalty=5 }",
     "PROFILE_VERSION=20150505\n" LOST "2.6 knows no penalty", 1},
    {p, "auto", "PREFERENCE::audit={ max_grant_log=1 }",
     "PROFILE_VERSION=20150505\n" LOST "2.6 has max_audit_log instead", 1},
    {p, "1.8", "1-PREFERENCE={ max_audit_log=1 enforcing_penalty=0 max_learning_entry=2 }",
     "1-PREFERENCE={ max_audit_log=1 max_learning_entry=2 }\n"},
    {p, "1.8", "<kernel> 1-PREFERENCE={ max_audit_log=1 enforcing_penalty=7 }",
     PARTLY "2.6 knows no penalty): <kernel> 1-PREFERENCE={ max_audit_log=1 enforcing_penalty=7 }\n"
            "<kernel> 1-PREFERENCE={ max_audit_log=1 }\n",
     1},
    {p, "1.8", "1-CONFIG::capability={ mode=enforcing }", LOST "CONFIG has no such item", 1},
    {p, "1.8", "1-CONFIG::ipc::signal={ mode=enforcing }", LOST "CONFIG has no such item", 1},
    {p, "2.5", "255-COMMENT=any = text", "255-COMMENT=any = text\n"},
    {p, "2.5", "1-CONFIG={ mode=learning }", "1-CONFIG={ mode=learning }\n"},

    // Entries.
    {d, "auto", D "4 /a", OLD "file read /a\n"},
    {d, "auto", D "2 /a", OLD "file write/append /a\n"},
    {d, "auto", D "1 /a", OLD "file execute /a\n"},
    {d, "auto", D "7 /a", OLD "file read /a\nfile write/append /a\nfile execute /a\n"},
    {d, "auto", D "0 /a", D LOST "an entry starts with", 1},
    {d, "auto", D "allow_execute /a", OLD "file execute /a\n"},
    {d, "auto", D "allow_read /a", OLD "file read /a\n"},
    {d, "auto", D "allow_write /a", OLD "file write/append /a\n"},
    {d, "auto", D "allow_read/write /a", OLD "file read/write/append /a\n"},
    {d, "auto", D "allow_create /a", OLD "file create /a 0-07777\n"},
    {d, "auto", D "allow_create /a 0644", OLD "file create /a 0644\n"},
    {d, "auto", D "allow_unlink /a", OLD "file unlink /a\n"},
    {d, "auto", D "allow_rmdir /a/", OLD "file rmdir /a/\n"},
    {d, "auto", D "allow_truncate /a", OLD "file truncate /a\n"},
    {d, "auto", D "allow_symlink /a", OLD "file symlink /a\n"},
    {d, "auto", D "allow_chroot /a/", OLD "file chroot /a/\n"},
    {d, "auto", D "allow_unmount /a/", OLD "file unmount /a/\n"},
    {d, "auto", D "allow_mkdir /a/", OLD "file mkdir /a/ 0-07777\n"},
    {d, "auto", D "allow_mkdir /a/ 0755", OLD "file mkdir /a/ 0755\n"},
    {d, "auto", D "allow_mkfifo /a", OLD "file mkfifo /a 0-07777\n"},
    {d, "auto", D "allow_mksock /a", OLD "file mksock /a 0-07777\n"},
    {d, "auto", D "allow_mkblock /a", OLD "file mkblock /a 0-07777 0-4095 0-1048575\n"},
    {d, "auto", D "allow_mkchar /a 0600 1 3", OLD "file mkchar /a 0600 1 3\n"},
    {d, "auto", D "allow_mkchar /a 0600", D LOST "a number is missing here", 1},
    {d, "auto", D "allow_link /a /b", OLD "file link /a /b\n"},
    {d, "auto", D "allow_rename /a /b", OLD "file rename /a /b\n"},
    {d, "auto", D "allow_pivot_root /a/ /b/", OLD "file pivot_root /a/ /b/\n"},
    {d, "auto", D "allow_rewrite /a", OLD "file write /a\n"},
    {d, "auto", D "allow_ioctl /a 0x5401", OLD "file ioctl /a 0x5401\n"},
    {d, "auto", D "allow_ioctl /a", OLD "file ioctl /a 0-0xFFFFFFFF\n"},
    {d, "auto", D "allow_chmod /a 0644", OLD "file chmod /a 0644\n"},
    {d, "auto", D "allow_chown /a 0", OLD "file chown /a 0\n"},
    {d, "auto", D "allow_chgrp /a @G", OLD "file chgrp /a @G\n"},
    {d, "auto", D "allow_mount /dev/sda1 /a/ ext4 0", OLD "file mount /dev/sda1 /a/ ext4 0\n"},
    {d, "auto", D "allow_transit /a",
     D LOST "2.6 has only 'task manual_domain_transition'): allow_transit /a", 1},
    {d, "auto", D "allow_env PATH", OLD "misc env PATH\n"},
    {d, "auto", D "allow_network TCP bind 0.0.0.0 80", OLD "network inet stream bind 0.0.0.0 80\n"},
    {d, "auto", D "allow_network TCP listen 0.0.0.0 80", OLD "network inet stream listen 0.0.0.0 80\n"},
    {d, "auto", D "allow_network TCP connect @A 80", OLD "network inet stream connect @A 80\n"},
    {d, "auto", D "allow_network TCP accept 0.0.0.0 80", D LOST "2.6 does not check accept and recv", 1},
    {d, "auto", D "allow_network UDP bind ::1 80", OLD "network inet dgram bind ::1 80\n"},
    {d, "auto", D "allow_network UDP connect ::1 80", OLD "network inet dgram send ::1 80\n"},
    {d, "auto", D "allow_network RAW bind ::1 80", OLD "network inet raw bind ::1 80\n"},
    {d, "auto", D "allow_network RAW connect ::1 80", OLD "network inet raw send ::1 80\n"},
    {d, "auto", D "allow_network SCTP connect ::1 80", D LOST "the protocol must be", 1},
    {d, "auto", D "allow_signal 9 <kernel>", D LOST "2.6 does not check signals", 1},
    {d, "auto", D "ipc signal 9 <kernel>", D LOST "2.6 does not check signals", 1},
    {d, "auto", D "allow_capability SYS_BOOT", D LOST "2.6 does not know capabilities", 1},
    {d, "auto", D "capability SYS_BOOT", D LOST "2.6 does not know capabilities", 1},
    {d, "auto", D "network inet dgram recv 0.0.0.0 53", D LOST "2.6 does not check accept and recv", 1},
    {d, "auto", D "network inet dgram bind/send/recv 0.0.0.0 53",
     D PARTLY "2.6 does not check accept and recv): network inet dgram bind/send/recv 0.0.0.0 53\n"
              "network inet dgram bind/send 0.0.0.0 53\n",
     1},
    {d, "auto", D "network inet dgram bind 0.0.0.x 53", D LOST "", 1},
    {d, "auto", D "task auto_execute_handler /a", D LOST "2.6 has no execute handlers", 1},
    {d, "auto", D "task denied_execute_handler /a", D LOST "2.6 has no execute handlers", 1},
    {d, "auto", D "execute_handler /a", D LOST "2.6 has no execute handlers", 1},
    {d, "auto", D "denied_execute_handler /a", D LOST "2.6 has no execute handlers", 1},
    {d, "auto", D "task auto_domain_transition <kernel> /a", D LOST "2.6 has only", 1},
    {d, "auto", D "task manual_domain_transition <kernel> /a",
     D "task manual_domain_transition <kernel> /a\n"},
    {d, "auto", D "allow_read /a if task.uid=0 path1.uid=0", OLD "file read /a task.uid=0 path1.uid=0\n"},
    {d, "auto", D "allow_create /a if task.uid=0", OLD "file create /a 0-07777 task.uid=0\n"},
    {d, "auto", D "allow_read /a if task.state[0]=1", D LOST "", 1},
    {d, "auto", D "allow_execute /a if task.uid=0 ; set task.state[0]=1",
     "<kernel>\nuse_group 0\n" PARTLY "2.6 does not know the state of a task): ", 1},
    {d, "auto", D "file execute /a ; set task.state[0]=1",
     D PARTLY
     "2.6 does not know the state of a task): file execute /a ; set task.state[0]=1\nfile execute /a\n",
     1},
    {d, "auto", D "allow_getattr /a", D LOST "unknown directive", 1},
    {d, "auto", D "allow_append /a", D LOST "unknown directive", 1},
    {d, "auto", D "allow_read /a /b", D LOST "", 1},
    {d, "auto", D "allow_read /a\\q", D LOST "", 1},

    // What concerns a whole domain.
    {d, "2.2", "<kernel> /a\nuse_profile 3\nquota_exceeded\ntransition_failed\nallow_read /a",
     "<kernel> /a\nuse_profile 3\nuse_group 0\nquota_exceeded\ntransition_failed\nfile read /a\n"},
    {d, "2.2", "<kernel> /a", "<kernel> /a\nuse_group 0\n"},
    {d, "auto", D "ignore_global_allow_read\nallow_read /a",
     D "file read @ANY_DIRECTORY\nfile getattr @ANY_PATHNAME\nfile read /a\n"},
    {d, "auto", D "allow_read /a\n" D "ignore_global_allow_env",
     D "file read /a\n" D "file read @ANY_DIRECTORY\nfile getattr @ANY_PATHNAME\n"},
    {d, "2.5", "<kernel>\nuse_profile 0\nfile read /a",
     "<kernel>\nuse_profile 0\nuse_group 0\nfile read /a\n"},
    {d, "2.4", "<kernel>\nuse_group 1\n<kernel> /a\n\n# c",
     "<kernel>\nuse_group 1\n<kernel> /a\nuse_group 0\n\n# c\n"},
    {d, "2.5", "<kernel>\nuse_group 1\nuse_group 2",
     D LOST "a later use_group of this domain takes its place", 1},
    {d, "2.6", "<kernel>\nuse_group 1\nuse_group 2", "<kernel>\nuse_group 1\nuse_group 2\n"},
    {d, "1.8.5", "<kernel>\nuse_profile 1", "<kernel>\nuse_profile 1\n"},
    {d, "auto", "allow_read /a", LOST "no domain is selected): allow_read /a\n", 1},
    {d, "2.2", "<kernel> x\nallow_read /a\n<kernel>", LOST "", 2},
    {d, "2.6", "delete <kernel> /a\nfile read /a", LOST "an order", 2},
    {d, "2.6", "select <kernel>\nreset", LOST "an order", 2},

    // Names.
    {d, "auto", D "allow_read /proc/meminfo", OLD "file read proc:/meminfo\n"},
    {d, "auto", D "allow_read /proc/", OLD "file read proc:/\n"},
    {d, "auto", D "allow_read /proc/self/status", OLD "file read proc:/self/status\n"},
    {d, "auto", D "allow_read /sys/kernel/security/tomoyo/profile",
     OLD "file read securityfs:/tomoyo/profile\n"},
    {d, "auto", D "allow_read /dev/pts/\\$", OLD "file read devpts:/\\$\n"},
    {d, "auto", D "allow_read /sys/class/net/", OLD "file read /sys/class/net/\n"}, // kernel ABI 3.12
    {d, "2.4", D "use_group 0\nfile read sysfs:/class/net/", D "use_group 0\nfile read /sys/class/net/\n"},
    {d, "2.6", D "file read sysfs:/class/net/", D "file read sysfs:/class/net/\n"},
    {d, "auto", D "allow_rename /proc/a /proc/b", OLD "file rename proc:/a proc:/b\n"},
    {d, "2.2", "<kernel> /proc/self/exe /bin/sh", "<kernel> proc:/self/exe /bin/sh\nuse_group 0\n"},
    {d, "auto", D "allow_read /a\\-b/\\{\\*\\}/c", OLD "file read /a\\-b/\\{\\*\\}/c\n"},
    {d, "2.6", D "file read /proc/meminfo", D "file read /proc/meminfo\n"},

    // Exception policy.
    {e, "auto", "allow_read /proc/a", "acl_group 0 file read proc:/a\n"},
    {e, "auto", "allow_env PATH", "acl_group 0 misc env PATH\n"},
    {e, "auto", "initialize_domain /a", "initialize_domain /a from any\n"},
    {e, "auto", "initialize_domain /a from <kernel> /b", "initialize_domain /a from <kernel> /b\n"},
    {e, "auto", "no_initialize_domain /a", "no_initialize_domain /a from any\n"},
    {e, "auto", "keep_domain <kernel> /a", "keep_domain any from <kernel> /a\n"},
    {e, "auto", "keep_domain /a from <kernel> /b", "keep_domain /a from <kernel> /b\n"},
    {e, "auto", "no_keep_domain /a", "no_keep_domain any from /a\n"},
    {e, "auto", "file_pattern /tmp/\\$", LOST "tools/patternize.conf has rules instead", 1},
    {e, "auto", "deny_rewrite /var/log/\\*", LOST "2.6 has 'file append' in the domains instead", 1},
    {e, "auto", "alias /bin/busybox /bin/sh", LOST "2.6 knows a program by the name of the link itself", 1},
    {e, "2.2", "aggregator /tmp/\\$ /tmp/a", "aggregator /tmp/\\$ /tmp/a\n"},
    {e, "2.3", "path_group G /proc/\\$/", "path_group G proc:/\\$/\n"},
    {e, "2.3", "number_group G 1-2\naddress_group G ::1", "number_group G 1-2\naddress_group G ::1\n"},
    {e, "auto", "deny_autobind 1-1023", LOST "2.6 does not choose ports", 1},
    {e, "auto", "<kernel> deny_autobind 1-1023", LOST "2.6 does not choose ports", 1},
    {e, "auto", "reset_domain /a from any\nno_reset_domain /a from any",
     "reset_domain /a from any\nno_reset_domain /a from any\n"},
    {e, "1.8", "<kernel> acl_group 3 capability SYS_BOOT", LOST "2.6 does not know capabilities", 1},
    {e, "1.8", "<kernel> acl_group 3 network inet dgram recv/send ::1 53",
     PARTLY "2.6 does not check accept and recv): <kernel> acl_group 3 network inet dgram recv/send ::1 53\n"
            "<kernel> acl_group 3 network inet dgram send ::1 53\n",
     1},

    // The small files.
    {m, "auto", "/usr/sbin/ccs-loadpolicy", "/usr/sbin/tomoyo-loadpolicy\n"},
    {m, "auto", "/usr/lib/ccs/loadpolicy", "/usr/sbin/tomoyo-loadpolicy\n"},
    {m, "auto", "/usr/lib/ccs/ccs-queryd", "/usr/sbin/tomoyo-queryd\n"},
    {m, "1.8", "<kernel> /usr/sbin/ccs-queryd", "<kernel> /usr/sbin/tomoyo-queryd\n"},
    {m, "2.4", "/usr/sbin/tomoyo-queryd", "/usr/sbin/tomoyo-queryd\n"},
    {s, "auto", "Policy: 0", "Memory used by policy: 0\n"},
    {s, "auto", "Query lists: 1048576", "Memory used by query message: 1048576\n"},
    {s, "auto", "Shared: 1", LOST "2.6 counts all memory of policy together", 1},
    {s, "2.4", "Memory used by policy:               7", "Memory used by policy:               7\n"},
};

void check_rows() {
    for (const Row& row : rows) {
        const Document before = document(row.language, row.before);
        Detector detector(versions_named(row.from));
        detector.see(before);
        const Result after = convert(before, {detector.from()});
        // What was lost comes before the line that waits for it.
        std::string text = after.text;
        if (row.lost > 0 && std::string_view(row.after).starts_with(D LOST))
            if (const size_t group = text.find("use_group 0\n"); group == std::strlen(D))
                text.erase(group, std::strlen("use_group 0\n"));
        about(row.before);
        begins(text, row.after, named("what it becomes"));
        is(after.losses.size(), row.lost, named("lines that are lost"));
        is(trouble_of(row.language, after.text), "", named("what it becomes is accepted"));
        cmp_ok(after.kept + after.converted + row.lost, >=, before.size(), named("no line is forgotten"));
        const Document once = document(row.language, after.text);
        const Result twice = convert(once, {any_version});
        about("and upgraded again it stays what it is");
        is(twice.text, after.text, named("twice.text"));
        is(twice.losses.size(), 0, named("twice.losses.empty()"));
    }
}

void check_rewriting() {
    const Document exceptions = document(e, "deny_rewrite /var/log/\\*\ndeny_rewrite /proc/log\n");
    const Document domains = document(d, "<kernel> /a\nallow_write /var/log/a\nallow_read/write /var/log/b\n"
                                         "allow_write /tmp/a\nallow_write /proc/log\n2 /var/log/a\n"
                                         "<kernel> /b\nallow_write /var/log/a\nallow_rewrite /var/log/a\n"
                                         "allow_write /var/log/b\n");
    const Result result = convert(domains, {v2_2, &exceptions});
    is(result.text,
       "<kernel> /a\nuse_group 0\nfile append /var/log/a\nfile read/append /var/log/b\n"
       "file write/append /tmp/a\nfile append proc:/log\nfile append /var/log/a\n"
       "<kernel> /b\nuse_group 0\nfile write/append /var/log/a\nfile write /var/log/a\n"
       "file append /var/log/b\n",
       "U-242 deny_rewrite makes a write an append, unless the domain has an allow_rewrite");
}

void check_parts() {
    const Document domains = document(d, "<kernel> /a\nignore_global_allow_read\n<kernel> /b\n<kernel> /a\n"
                                         "allow_read /x\n");
    is(convert(domains, {v2_2}).text,
       "<kernel> /a\nfile read @ANY_DIRECTORY\nfile getattr @ANY_PATHNAME\n"
       "<kernel> /b\nuse_group 0\n<kernel> /a\nfile read /x\n",
       "a domain in two parts has no acl_group 0 in either when one of them ignores it");
}

void check_exceptions() {
    const Document exceptions = document(e, "file_pattern /proc/\\$/\nfile_pattern /a\\q\n");
    const Result result = convert(exceptions, {.from = v2_2, .keeps_rules = true});
    about("U-242 file_pattern becomes a rule of patternize.conf");
    is(result.rules, "rewrite path_pattern proc:/\\$/\n", named("result.rules"));
    is(result.losses.size(), 1, named("result.losses.size()"));
    about("U-242 what 2.2 never asked about stays free");
    has(result.text, "path_group ANY_PATHNAME /\\*\n", named("path_group ANY_PATHNAME /\\*\n"));
    finishes(result.text, "acl_group 0 file read @ANY_DIRECTORY\nacl_group 0 file getattr @ANY_PATHNAME\n",
             named("acl_group 0 file read @ANY_DIRECTORY\nacl_group 0 file getattr @ANY_PATHNAME\n"));
    is(trouble_of(e, result.text), "", named("what it becomes is accepted"));
}

void check_detection() {
    const auto found = [](std::initializer_list<std::pair<Language, const char*>> files) {
        Detector detector(any_version);
        for (const auto& [language, text] : files)
            detector.see(document(language, text));
        return version_names(detector.from());
    };
    is(found({{p, "0-MAC_FOR_FILE=disabled"}, {d, "<kernel>\nallow_read /a"}}), "1.7 or 2.2", "2.2 is seen");
    is(found({{p, "PROFILE_VERSION=20090903"}, {e, "allow_read /a"}}), "1.7 or 2.3", "2.3 is seen");
    is(found({{p, "PROFILE_VERSION=20100903"}, {d, "<kernel>\nipc signal 1 <kernel>"}}), "1.8",
       "1.8 is seen");
    is(found({{p, "PROFILE_VERSION=20110903"}, {m, "/usr/sbin/ccs-queryd"}}), "2.5",
       "2.5 is seen, and a manager that was left there does not matter");
    is(Detector(any_version).verdict(), "nothing in it is older than 2.6", "nothing is seen in nothing");
    std::string thrown;
    try {
        found({{p, "PROFILE_VERSION=20110903"}, {d, "<kernel>\nallow_read /a"}});
    } catch (const std::exception& error) {
        thrown = error.what();
    }
    is(thrown, "old:2: this line was written by 1.7, 2.2 or 2.3, but old:1 by 2.5",
       "versions that contradict each other are an error that names both lines");
    Detector sure(v2_5);
    sure.see(document(d, "<kernel>\nallow_read /a"));
    is(sure.from(), v2_5, "unless the user has said which it is");
    about("versions have names");
    is(versions_named("3.0"), 0, named("3.0"));
    is(versions_named(""), 0, named("versions_named(\"\")"));
    is(versions_named("1.8"), (v1_8 | v1_8_5), named("1.8"));
}

void check_nul() {
    const Document before =
        document(d, std::string_view("<kernel> /a\nuse_profile 1\n<kernel> /b\0x\nfile read /a\n", 51));
    const Result after = convert(before, {any_version});
    about("a line with a NUL is kept as a comment, and what is below it does not come below another domain");
    is(after.losses.size(), 2, named("after.losses.size()"));
    is(trouble_of(d, after.text), "", named("what it becomes is accepted"));
    has(after.text, "<kernel> /b\\000x\n", named("<kernel> /b\\000x\n"));
}

void check_tools() {
    is(convert_tools("action_to_take /usr/sbin/ccs-x /etc/ccs/a\n# access-log", ccs_versions),
       "action_to_take /usr/sbin/tomoyo-x /etc/tomoyo/a\n# access-log",
       "names in tools/*.conf of 1.8 change");
    is(convert_tools("ccs-x", v2_4), "ccs-x", "those of others do not");
}

void check_difference() {
    using store::apply_difference;
    is(apply_difference("<kernel>\n1 /a\n<kernel> /b\n1 /a\n", "<kernel> /b\ndelete 1 /a\n1 /c\n"),
       "<kernel>\n1 /a\n<kernel> /b\n<kernel> /b\n1 /c\n",
       "U-243 a difference takes lines from a domain and adds others");
    is(apply_difference("<kernel>\n1 /a\n<kernel> /b\n1 /a\n", "delete <kernel> /b\n"), "<kernel>\n1 /a\n",
       "U-243 and takes domains");
    is(apply_difference("a\nb\n", "delete c\nd"), "a\nb\ndelete c\nd\n",
       "U-243 what is not there stays to be seen");
    is(apply_difference("<kernel>\n<kernel> /b\n", "<kernel>\ndelete <kernel> /b\n1 /c\n"),
       "<kernel>\n<kernel>\ndelete <kernel> /b\n1 /c\n",
       "lines below a domain that has gone do not come below another");
}

} // namespace

int main() {
    check_rows();
    check_rewriting();
    check_parts();
    check_exceptions();
    check_detection();
    check_nul();
    check_tools();
    check_difference();
    return done();
}
