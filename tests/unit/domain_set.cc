// SPDX-License-Identifier: GPL-2.0-only
// Sets of domain policy, and what leads from one to another: renamed domains, lines that are covered.
#include "tomoyo-box/policy/sets/domain_set.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/sets/coverage.h"
#include "tomoyo-box/policy/sets/domain_change.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

// What is strange is not looked at here.
class Silent final : public policy::ReadObserver {
    void progress(uint64_t) override {}
    void warning(const std::string&) override {}
};

using namespace policy;

Fd file(std::string_view text) {
    Fd fd(memfd_create("policy", MFD_CLOEXEC));
    if (!write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        abort();
    return fd;
}

DomainSet set(std::string_view text) {
    const Fd fd = file(text);
    policy::PolicyReader reader(fd.get(), "file");
    DomainSet set;
    Silent observer;
    set.read(reader, observer);
    set.sort();
    return set;
}

// "NAME PROFILE:LINE|LINE|; "
std::string text(const DomainSet& set) {
    std::string all;
    for (const auto& domain : set.domains()) {
        all.append(set.name(domain)) += " " + std::to_string(domain.profile) + ":";
        for (const auto line : set.lines(domain))
            all.append(set.text(line)) += '|';
        all += "; ";
    }
    return all;
}

std::string trouble_of(std::string_view text) {
    try {
        set(text);
        return {};
    } catch (const Error& error) {
        return error.message();
    }
}

// "OLD>NEW " for each domain that differs; '^' in front when it went with the one above it.
std::string renamed(std::string_view before, std::string_view after) {
    const DomainSet a = set(before), b = set(after);
    DomainChanges changes(a, b);
    changes.find_renamed();
    std::string all;
    for (const DomainChange& change : changes.list()) {
        all += change.with_parent ? "^" : "";
        all.append(change.old ? changes.old_name(change) : "") += '>';
        all.append(change.now ? changes.new_name(change) : "") += ',';
    }
    return all;
}

std::string covering(std::string_view domain, std::string_view line, std::string_view exceptions = {}) {
    const DomainSet one = set(std::string("<kernel>\n").append(domain) += '\n');
    const Fd fd = file(exceptions);
    policy::PolicyReader reader(fd.get(), "exceptions");
    const Groups groups(reader);
    const Coverage coverage(one, one.domains()[0], groups);
    return std::string(coverage.find(line));
}

void sets() {
    is(text(set("ignored\n<kernel> /b\nz\na\na\n<kernel> /a\n\nuse_profile 3\nfile write/read /x\n<kernel> "
                "/b\nb\n")),
       "<kernel> /a 3:file read /x|file write /x|; <kernel> /b -1:a|b|z|; ",
       "U-019 U-020 U-030 domains are united, lines are there once, both in order");
    is(text(set("<kernel>\na\ndelete a\nb\ndelete b\nb\ndelete c\n")), "<kernel> -1:b|; ",
       "U-021 what is written last about a line counts");
    is(text(set("<kernel>\na\n<kernel> /x\nuse_profile 2\nb\ndelete <kernel> /x\nc\n<kernel> /x\nd\nselect "
                "<kernel>\ne\n"
                "select <kernel> /none\nf\n")),
       "<kernel> -1:a|e|; <kernel> /x -1:d|; ",
       "U-022 U-023 U-024 domains are deleted with all they had, made again, and selected");
    is(text(set("<kernel> /x\na\ndelete <kernel> /x\nselect <kernel> /x\nb\n")), "",
       "a deleted domain cannot be selected");
    about("U-005 U-026 U-031 a wrong line costs nothing but itself");
    is(text(set("<kernel>\nuse_profile 3 # text\n<kernel> foo\nb\n")), "<kernel> 3:; <kernel> foo -1:b|; ",
       named("a wrong name"));
    is(text(set("<kernel>\nuse_profile 300\na\nuse_profile 1x\n")),
       "<kernel> -2:a|use_profile 1x|use_profile 300|; ", named("wrong profiles"));
    is(text(set("<kernel>\nuse_profile 2\nuse_profile -1\n")), "<kernel> 2:use_profile -1|; ",
       named("a right one before"));
    is(text(set(std::string_view("<kernel>\na\0b\n", 13))), "<kernel> -1:a\\000b|; ", named("a NUL byte"));
    is(text(set("<kernel>\nuse_profile x\n")), "<kernel> -1:use_profile x|; ", named("no number"));
    is(trouble_of("# text\n\nfile read /a\n"), "file:3: no domain is named above this line, nor below it",
       "without a domain it is no policy");
    is(trouble_of("# text\n"), "", "comments are no reason to complain");
    std::string many;
    for (int i = 0; i < 3000; i++)
        many += "<kernel> /" + std::to_string(i % 1000) + "\n" + std::to_string(i) + "\n";
    const DomainSet thousand = set(many);
    about("a thousand domains, each in three parts, are found again");
    is(thousand.domains().size(), 1000, named("how many"));
    std::vector<unsigned> lines;
    for (const auto& domain : thousand.domains())
        lines.push_back(domain.count);
    is(lines, std::vector<unsigned>(1000, 3), named("lines of each"));
    about("texts are compared bytewise");
    cmp_ok(compare("12345678a", "12345678b"), <, 0, named("12345678a"));
    is(compare("1234567890", "1234567890"), 0, named("1234567890"));
    cmp_ok(compare("a", "ab"), <, 0, named("a"));
    cmp_ok(compare("12345678\xff", "12345678a"), >, 0, named("12345678\xff"));
    is(compare("", ""), 0, named("compare(\"\", \"\")"));
}

void renames() {
    is(renamed("<kernel> /a\nfile read /x\nfile read /y\n", "<kernel> /b\nfile read /x\nfile read /y\n"),
       "<kernel> /a><kernel> /b,", "a domain with the same lines under another name was renamed");
    is(renamed("<kernel> /a\n1\n2\n3\n", "<kernel> /b\n1\n2\n4\n"), "<kernel> /a><kernel> /b,",
       "so was one with most of its lines");
    is(renamed("<kernel> /a\n1\n2\n3\n", "<kernel> /b\n1\n4\n5\n"), "<kernel> /a>,><kernel> /b,",
       "but not one with few of them");
    is(renamed("<kernel> /a\nuse_group 0\n", "<kernel> /b\nuse_group 0\n"), "<kernel> /a>,><kernel> /b,",
       "nor one that has only what every domain has");
    is(renamed("<kernel> /a\n1\n<kernel> /a /s\n2\n<kernel> /a /t\n2\n<kernel> /a /t /e\n",
               "<kernel> /b\n1\n<kernel> /b /s\n2\n<kernel> /b /t\n2\n<kernel> /b /t /e\n"),
       "<kernel> /a><kernel> /b,^<kernel> /a /s><kernel> /b /s,^<kernel> /a /t><kernel> /b /t,"
       "^<kernel> /a /t /e><kernel> /b /t /e,",
       "what is below goes with it, even when lines do not tell which is which");
    is(renamed("<kernel> /a /s\n2\n<kernel> /a /t\n2\n", "<kernel> /b /t\n2\n<kernel> /b /s\n2\n"),
       "<kernel> /a /s><kernel> /b /s,<kernel> /a /t><kernel> /b /t,",
       "of several with the same lines that with the same last word is taken");
}

void coverage() {
    about("a name is covered by a pattern for the same operation");
    is(covering("file read/write /var/log/\\*", "file read /var/log/a"), "file read /var/log/\\*",
       named("file read/write /var/log/\\*"));
    is(covering("file write /var/log/\\*", "file read /var/log/a"), "", named("file write /var/log/\\*"));
    is(covering("file read /var/log/\\*", "file read /var/log/a/b"), "", named("file read /var/log/\\*"));
    about("a pattern is covered by itself only");
    is(covering("file read /\\*", "file read /\\$"), "", named("file read /\\*"));
    isnt(covering("file read /\\$ ", "file read /\\$ task.uid=0"), "", named("file read /\\$ "));
    about("conditions must be absent or the same");
    is(covering("file read /a", "file read /a task.uid=0"), "file read /a", named("file read /a"));
    is(covering("file read /a task.uid=0", "file read /a"), "", named("file read /a task.uid=0"));
    is(covering("file read /\\* task.uid=0", "file read /a task.uid=0"), "file read /\\* task.uid=0",
       named("file read /\\* task.uid=0"));
    is(covering("file read /\\* task.uid=1", "file read /a task.uid=0"), "",
       named("file read /\\* task.uid=1"));
    about("where a program leads to is no condition");
    is(covering("file execute /\\*", "file execute /a keep"), "", named("file execute /\\*"));
    is(covering("file execute /a", "file execute /a keep"), "", named("file execute /a"));
    isnt(covering("file execute /\\*", "file execute /a task.uid=0"), "", named("file execute /\\*"));
    about("numbers are covered by ranges, and another spelling is the same");
    isnt(covering("file ioctl /dev/a 0-0xff", "file ioctl /dev/a 0x10"), "",
         named("file ioctl /dev/a 0-0xff"));
    is(covering("file ioctl /dev/a 0-0xff", "file ioctl /dev/a 0x10-0x100"), "",
       named("file ioctl /dev/a 0-0xff"));
    is(covering("file ioctl /dev/a 0x1f", "file ioctl /dev/a 0x1F"), "file ioctl /dev/a 0x1f",
       named("file ioctl /dev/a 0x1f"));
    about("addresses are, too");
    isnt(covering("network inet stream connect 10.0.0.0-10.255.255.255 80",
                  "network inet stream connect 10.1.1.1 80"),
         "", named("network inet stream connect 10.0.0.0-10.255.255.255 80"));
    is(covering("network inet dgram send 10.0.0.0-10.255.255.255 80",
                "network inet stream connect 10.1.1.1 80"),
       "", named("network inet dgram send 10.0.0.0-10.255.255.255 80"));
    is(covering("network inet stream connect 10.0.0.0-10.255.255.255 80",
                "network inet stream connect ::1 80"),
       "", named("network inet stream connect 10.0.0.0-10.255.255.255 80"));
    about("groups are known by the exception policy, in their namespace");
    is(covering("file read @LIBS", "file read /lib/a"), "", named("file read @LIBS"));
    is(covering("file read @LIBS", "file read /lib/a", "path_group LIBS /lib/\\*\npath_group OTHER /\\*\n"),
       "file read @LIBS", named("file read @LIBS"));
    is(covering("file read @LIBS", "file read /lib/a", "<ns> path_group LIBS /lib/\\*\n"), "",
       named("file read @LIBS"));
    isnt(covering("file ioctl /a @N", "file ioctl /a 3", "number_group N 1-5\n"), "",
         named("file ioctl /a @N"));
    isnt(covering("network inet raw bind @A 1", "network inet raw bind ::1 1", "address_group A ::-::2\n"),
         "", named("network inet raw bind @A 1"));
    is(covering("use_group 1", "file read /lib/a",
                "acl_group 1 file read /lib/\\*\nacl_group 2 file read /\\*\n"),
       "acl_group 1 file read /lib/\\*", "so are acl groups that the domain uses");
    is(covering("bogus /\\*", "bogus /a"), "", "what the engine does not know covers nothing");
}

} // namespace

int main() {
    sets();
    renames();
    coverage();
    return done();
}
