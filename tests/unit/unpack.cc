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
    is(unpack("file read/write/append /a"), "file read /a|file write /a|file append /a|",
       "U-010 a line for each operation of file, in their order");
    is(unpack("network inet stream bind/listen 1.2.3.4 80"),
       "network inet stream bind 1.2.3.4 80|network inet stream listen 1.2.3.4 80|", "U-011 and of network");
    about("U-012 behind an acl_group, and that behind a namespace");
    is(unpack("acl_group 3 file read/write /a"), "acl_group 3 file read /a|acl_group 3 file write /a|",
       named("acl_group 3 file read/write /a"));
    is(unpack("<ns> acl_group 255 file a/b c"), "<ns> acl_group 255 file a c|<ns> acl_group 255 file b c|",
       named("<ns> acl_group 255 file a/b c"));
    about("U-013 U-014 empty operations at the beginning and in the middle are dropped");
    is(unpack("file /read /d"), "file read /d|", named("file /read /d"));
    is(unpack("file read//write /e"), "file read /e|file write /e|", named("file read//write /e"));
    is(unpack("file ///a b"), "file a b|", named("file ///a b"));
    about("U-015 so are they at the end; in compatibility mode that is a line");
    is(unpack("file read/ /a"), "file read /a|", named("file read/ /a"));
    is(unpack("file read/ /a", true), "file read /a|file  /a|", named("file read/ /a"));
    about("U-016 a list without any operation leaves the line as it is, and that can be told");
    is(unpack("file / /b"), "file / /b|!", named("file / /b"));
    is(unpack("acl_group 1 network inet raw // a"), "acl_group 1 network inet raw // a|!",
       named("acl_group 1 network inet raw // a"));
    about("U-016 in compatibility mode it ends the input");
    is(unpack("file / /b", true), "!", named("file / /b"));
    is(unpack("file a// b", true), "file a b|!", named("file a// b"));
    is(unpack("file a// b"), "file a b|", named("file a// b"));
    about("the place of the list is known");
    is(policy::Unpacked("acl_group 1 file / /b").column(), 18, named("acl_group 1 file / /b"));
    is(policy::Unpacked("file read /b").column(), 0, named("file read /b"));
    about("U-017 a line with too few words stays");
    ok(stays("file"), named("file"));
    ok(stays("file read"), named("file read"));
    ok(stays("file read/write"), named("file read/write"));
    ok(stays("network"), named("network"));
    ok(stays("network inet"), named("network inet"));
    ok(stays("network inet stream a/b"), named("network inet stream a/b"));
    ok(stays("network a/b c/d"), named("network a/b c/d"));
    ok(stays("acl_group"), named("acl_group"));
    ok(stays("acl_group 3"), named("acl_group 3"));
    ok(stays("acl_group 3 file a/b"), named("acl_group 3 file a/b"));
    ok(stays(""), named("stays(\"\")"));
    about("U-018 so does every other directive");
    ok(stays("misc env A/B"), named("misc env A/B"));
    ok(stays("task manual_domain_transition /a/b c"), named("task manual_domain_transition /a/b c"));
    ok(stays("delete file a/b c"), named("delete file a/b c"));
    ok(stays("select file a/b c"), named("select file a/b c"));
    ok(stays("filex a/b c"), named("filex a/b c"));
    about("and what is behind no group, or behind more than that");
    ok(stays("acl_group 256 file a/b c"), named("acl_group 256 file a/b c"));
    ok(stays("acl_group x file a/b c"), named("acl_group x file a/b c"));
    ok(stays("acl_group -1 file a/b c"), named("acl_group -1 file a/b c"));
    ok(stays("acl_group 1 acl_group 1 file a/b c"), named("acl_group 1 acl_group 1 file a/b c"));
    ok(stays("<ns> file a/b c"), named("<ns> file a/b c"));
    ok(stays("<kernel> /a acl_group 1 file a/b c"), named("<kernel> /a acl_group 1 file a/b c"));
    ok(stays("<> acl_group 1 file a/b c"), named("<> acl_group 1 file a/b c"));
    ok(stays("acl_group 1 <ns> file a/b c"), named("acl_group 1 <ns> file a/b c"));
    is(unpack("file a/b c/d e/f g"), "file a c/d e/f g|file b c/d e/f g|", "one word of a line is a list");
    about("a line that is not packed costs no memory");
    ok(stays_in_place("file read /usr/lib/a-name-that-is-longer-than-short-strings"),
       named("file read /usr/lib/a-name-that-is-longer-than-short-strings"));
    ok(stays_in_place("<kernel> /usr/sbin/sshd"), named("<kernel> /usr/sbin/sshd"));
    ok(stays_in_place("misc env PATH"), named("misc env PATH"));
    return done();
}
