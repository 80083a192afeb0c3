// SPDX-License-Identifier: GPL-2.0-only
// Unpacked: which lines are divided, into what, and what becomes of lists with holes.
#include "tomoyo-box/policy/sets/unpack.h"

#include "tests/unit/tap.h"

#include <cstdlib>
#include <new>

namespace {

size_t allocations;

// The lines of LINE, each followed by '|'; "!" stands at the end for a list without operation.
std::string unpack(std::string_view line, bool compat = false) {
    policy::Unpacked unpacked(line, compat);
    std::string all;
    for (std::string_view part; unpacked.next(part);)
        all.append(part) += '|';
    if (unpacked.lacks_operation())
        all += '!';
    return all;
}

bool stays(std::string_view line) {
    return unpack(line) == std::string(line) + "|" && unpack(line, true) == std::string(line) + "|";
}

bool stays_in_place(std::string_view line) {
    const size_t before = allocations;
    policy::Unpacked unpacked(line);
    std::string_view part, none;
    const bool same = unpacked.next(part) && part.data() == line.data() && part.size() == line.size();
    return same && !unpacked.next(none) && allocations == before;
}

} // namespace

void* operator new(size_t size) {
    allocations++;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

int main() {
    ok(unpack("file read/write/append /a") == "file read /a|file write /a|file append /a|",
       "U-010 a line for each operation of file, in their order");
    ok(unpack("network inet stream bind/listen 1.2.3.4 80") ==
           "network inet stream bind 1.2.3.4 80|network inet stream listen 1.2.3.4 80|",
       "U-011 and of network");
    ok(unpack("acl_group 3 file read/write /a") == "acl_group 3 file read /a|acl_group 3 file write /a|" &&
           unpack("<ns> acl_group 255 file a/b c") ==
               "<ns> acl_group 255 file a c|<ns> acl_group 255 file b c|",
       "U-012 behind an acl_group, and that behind a namespace");
    ok(unpack("file /read /d") == "file read /d|" &&
           unpack("file read//write /e") == "file read /e|file write /e|" &&
           unpack("file ///a b") == "file a b|",
       "U-013 U-014 empty operations at the beginning and in the middle are dropped");
    ok(unpack("file read/ /a") == "file read /a|" &&
           unpack("file read/ /a", true) == "file read /a|file  /a|",
       "U-015 so are they at the end; in compatibility mode that is a line");
    ok(unpack("file / /b") == "file / /b|!" &&
           unpack("acl_group 1 network inet raw // a") == "acl_group 1 network inet raw // a|!",
       "U-016 a list without any operation leaves the line as it is, and that can be told");
    ok(unpack("file / /b", true) == "!" && unpack("file a// b", true) == "file a b|!" &&
           unpack("file a// b") == "file a b|",
       "U-016 in compatibility mode it ends the input");
    ok(policy::Unpacked("acl_group 1 file / /b").column() == 18 &&
           policy::Unpacked("file read /b").column() == 0,
       "the place of the list is known");
    ok(stays("file") && stays("file read") && stays("file read/write") && stays("network") &&
           stays("network inet") && stays("network inet stream a/b") && stays("network a/b c/d") &&
           stays("acl_group") && stays("acl_group 3") && stays("acl_group 3 file a/b") && stays(""),
       "U-017 a line with too few words stays");
    ok(stays("misc env A/B") && stays("task manual_domain_transition /a/b c") && stays("delete file a/b c") &&
           stays("select file a/b c") && stays("filex a/b c"),
       "U-018 so does every other directive");
    ok(stays("acl_group 256 file a/b c") && stays("acl_group x file a/b c") &&
           stays("acl_group -1 file a/b c") && stays("acl_group 1 acl_group 1 file a/b c") &&
           stays("<ns> file a/b c") && stays("<kernel> /a acl_group 1 file a/b c") &&
           stays("<> acl_group 1 file a/b c") && stays("acl_group 1 <ns> file a/b c"),
       "and what is behind no group, or behind more than that");
    ok(unpack("file a/b c/d e/f g") == "file a c/d e/f g|file b c/d e/f g|", "one word of a line is a list");
    ok(stays_in_place("file read /usr/lib/a-name-that-is-longer-than-short-strings") &&
           stays_in_place("<kernel> /usr/sbin/sshd") && stays_in_place("misc env PATH"),
       "a line that is not packed costs no memory");
    return done();
}
