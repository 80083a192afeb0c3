// SPDX-License-Identifier: GPL-2.0-only
// The narrowest pattern for some names, patterns in words, and whether two patterns have a name in common.
#include "tomoyo-box/policy/rewrite/generalize.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/keep_list.h"
#include "tomoyo-box/policy/rewrite/packs.h"

#include <vector>

namespace {

using namespace policy;
using Names = std::vector<std::string_view>;

std::string of_component(const Names& names, size_t at) {
    bool nothing_literal = false;
    std::string pattern = pattern_of_component(names, at, nothing_literal);
    for (const std::string_view name : names)
        if (!matches(name, pattern))
            return "does not match: " + pattern;
    return (nothing_literal ? "!" : "") + pattern;
}

void test_components() {
    is(of_component({"/a/x1", "/a/x22", "/a/x9"}, 2), "/a/x\\$", "digits");
    is(of_component({"/a/121", "/a/122", "/a/129"}, 2), "/a/\\$", "a number is not cut");
    is(of_component({"/a/3fa1", "/a/3fb2", "/a/3f99"}, 2), "/a/\\X", "a hash is not cut");
    is(of_component({"/a/bob/x", "/a/al/x", "/a/eve/x"}, 2), "!/a/\\A/x", "letters");
    is(of_component({"/a/x.log", "/a/yy.log", "/a/zzz.log"}, 2), "/a/\\A.log", "a common end stays");
    is(of_component({"/a/q-zz1.c", "/a/q-y22.c"}, 2), "/a/q-\\?\\?\\?.c", "a fixed length");
    is(of_component({"/a/q-z1", "/a/q-y_22"}, 2), "/a/q-\\@", "no dot");
    is(of_component({"/a/q-z.1", "/a/q-y"}, 2), "/a/q-\\*", "anything");
    is(of_component({"/a/ab", "/a/abc"}, 2), "/a/ab\\@", "a name that is the beginning of another");
    about("an escape is not cut");
    is(of_component({"/a/b\\040x", "/a/b\\041x"}, 2).starts_with("does not match"), false,
       named("/a/b\\040x"));
    is(of_component({"/a/40", "/a/\\040"}, 2), "!/a/\\@", named("/a/40"));
}

void test_pieces() {
    is(pattern_of_pieces(Names{"/p/1/fd/2", "/p/10/fd/30", "/p/1/fd/7"}, Pieces::digits), "/p/\\$/fd/\\$",
       "several numbers");
    is(pattern_of_pieces(Names{"/p/1/fd/2", "/p/1/fd/3"}, Pieces::digits), "/p/1/fd/\\$",
       "a number that is always the same stays");
    is(pattern_of_pieces(Names{"/x/aB3dEf.t", "/x/Zz9yQ1.t"}, Pieces::mixed), "/x/\\?\\?\\?\\?\\?\\?.t",
       "made-up names of one length");
    is(pattern_of_pieces(Names{"/x/12ab-cafe", "/x/99ff-beef"}, Pieces::mixed), "/x/\\X-\\A",
       "hexadecimal digits");
}

void test_words() {
    is(describe("/var/run/\\$"), "any name of digits in /var/run/", "one wildcard");
    is(describe("/tmp/a\\?\\?.\\X"),
       "any name of 'a' and 2 characters and '.' and hexadecimal digits in /tmp/", "several");
    is(describe("/p/\\$/\\@/x"),
       "'x' in /p/\\$/\\@/, where \\$ is any name of digits, and \\@ is any name of "
       "anything without a dot",
       "directories");
    is(describe("\\*"), "any name of anything", "no directory");
}

bool common(std::string_view a, std::string_view b, Wildcards wildcards = Wildcards::as_written) {
    Components one, other;
    append_components(one, a);
    append_components(other, b);
    return PatternOverlap().overlap(one, other, wildcards);
}

void test_overlap() {
    about("names");
    ok(common("/a", "/a"), named("/a"));
    ok(!common("/a", "/b"), named("/a"));
    ok(!common("/a", "/a/b"), named("/a"));
    ok(!common("/a/", "/a"), named("/a/"));
    about("one pattern");
    ok(common("/a/\\*", "/a/b"), named("/a/\\*"));
    ok(common("/a/b", "/a/\\*"), named("/a/b"));
    ok(!common("/a/\\*", "/b/\\*"), named("/a/\\*"));
    about("wildcards");
    ok(common("/\\*x", "/y\\*"), named("/\\*x"));
    ok(common("/\\$", "/\\X"), named("/\\$"));
    ok(!common("/\\$", "/\\A"), named("/\\$"));
    ok(common("/\\X", "/\\A"), named("/\\X"));
    ok(!common("/\\@", "/\\*.pem"), named("/\\@"));
    ok(common("/\\*", "/\\*.pem"), named("/\\*"));
    about("lengths");
    ok(common("/\\?\\?", "/ab"), named("/\\?\\?"));
    ok(!common("/\\?\\?", "/abc"), named("/\\?\\?"));
    ok(common("/\\?", "/\\040"), named("/\\?"));
    ok(!common("/\\+", "/\\040"), named("/\\+"));
    ok(common("/a\\$", "/a12"), named("/a\\$"));
    ok(!common("/a\\$", "/a"), named("/a\\$"));
    about("directories that repeat");
    ok(common("/\\{\\*\\}/x", "/a/b/x"), named("/\\{\\*\\}/x"));
    ok(!common("/\\{\\*\\}/x", "/x"), named("/\\{\\*\\}/x"));
    ok(common("/\\{a\\}/x", "/\\*/\\*/x"), named("/\\{a\\}/x"));
    ok(!common("/\\{a\\}/x", "/b/x"), named("/\\{a\\}/x"));
    about("a subtraction is passed over");
    ok(common("/\\*\\-a", "/b"), named("/\\*\\-a"));
    ok(common("/\\*\\-a", "/a"), named("/\\*\\-a"));
    about("wildcards as they are meant");
    ok(common("/home/\\*/a", "/home/.ssh/a"), named("/home/\\*/a"));
    ok(!common("/home/\\*/a", "/home/.ssh/a", Wildcards::as_meant), named("/home/\\*/a"));
    ok(!common("/t.\\?\\?\\?\\?\\?", "/\\*.pem", Wildcards::as_meant), named("/t.\\?\\?\\?\\?\\?"));
}

std::string covered(std::string_view pattern) {
    KeepList keep;
    keep.add_default();
    return std::string(keep.covered_by(pattern));
}

void test_keep() {
    about("files of the list");
    is(covered("/etc/passwd"), "/etc/passwd\\*", named("/etc/passwd"));
    isnt(covered("/etc/\\*"), "", named("/etc/\\*"));
    is(covered("/etc/hosts"), "", named("/etc/hosts"));
    isnt(covered("/etc/pass\\A"), "", named("/etc/pass\\A"));
    about("directories of the list");
    is(covered("/dev/sda1"), "/dev/", named("/dev/sda1"));
    is(covered("/dev/pts/3"), "/dev/", named("/dev/pts/3"));
    is(covered("/dev"), "", named("/dev"));
    is(covered("/\\*/sda"), "/dev/", named("/\\*/sda"));
    is(covered("/var/dev/x"), "", named("/var/dev/x"));
    about("names anywhere");
    is(covered("/srv/x/server.key"), "\\*.key", named("/srv/x/server.key"));
    isnt(covered("/srv/x/\\*"), "", named("/srv/x/\\*"));
    is(covered("/srv/x/\\@"), "", named("/srv/x/\\@"));
    is(covered("/home/a/.ssh/config"), ".ssh/", named("/home/a/.ssh/config"));
    isnt(covered("/srv/x/\\*key"), "", named("/srv/x/\\*key"));
    is(covered("/home/\\*/.profile"), "", named("/home/\\*/.profile"));
    KeepList keep;
    about("what may be on a list");
    ok(keep.add("/"), named("/"));
    ok(keep.add(""), named("keep.add(\"\")"));
    ok(keep.add("/a\\q"), named("/a\\q"));
    ok(!keep.add("a"), named("a"));
    is(keep.covered_by("/x/a"), "a", named("/x/a"));
}

void test_packs() {
    for (const RewritePack& pack : rewrite_packs()) {
        size_t expected = 0;
        for (size_t at = 0; (at = pack.rules.find("rewrite ", at)) != std::string_view::npos; at++)
            expected++;
        RewriteRules rules;
        add_pack(rules, pack);
        const std::string name(pack.name);
        about(name.c_str());
        is(rules.size(), expected, named("rules.size()"));
        cmp_ok(expected, >, 0, named("expected"));
        ok(!rules.unfinished(), named("rules.unfinished()"));
    }
}

} // namespace

int main() {
    test_components();
    test_pieces();
    test_words();
    test_overlap();
    test_keep();
    test_packs();
    return done();
}
