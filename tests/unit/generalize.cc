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
    ok(of_component({"/a/x1", "/a/x22", "/a/x9"}, 2) == "/a/x\\$", "digits");
    ok(of_component({"/a/121", "/a/122", "/a/129"}, 2) == "/a/\\$", "a number is not cut");
    ok(of_component({"/a/3fa1", "/a/3fb2", "/a/3f99"}, 2) == "/a/\\X", "a hash is not cut");
    ok(of_component({"/a/bob/x", "/a/al/x", "/a/eve/x"}, 2) == "!/a/\\A/x", "letters");
    ok(of_component({"/a/x.log", "/a/yy.log", "/a/zzz.log"}, 2) == "/a/\\A.log", "a common end stays");
    ok(of_component({"/a/q-zz1.c", "/a/q-y22.c"}, 2) == "/a/q-\\?\\?\\?.c", "a fixed length");
    ok(of_component({"/a/q-z1", "/a/q-y_22"}, 2) == "/a/q-\\@", "no dot");
    ok(of_component({"/a/q-z.1", "/a/q-y"}, 2) == "/a/q-\\*", "anything");
    ok(of_component({"/a/ab", "/a/abc"}, 2) == "/a/ab\\@", "a name that is the beginning of another");
    ok(of_component({"/a/b\\040x", "/a/b\\041x"}, 2).starts_with("does not match") == false &&
           of_component({"/a/40", "/a/\\040"}, 2) == "!/a/\\@",
       "an escape is not cut");
}

void test_pieces() {
    ok(pattern_of_pieces(Names{"/p/1/fd/2", "/p/10/fd/30", "/p/1/fd/7"}, Pieces::digits) == "/p/\\$/fd/\\$",
       "several numbers");
    ok(pattern_of_pieces(Names{"/p/1/fd/2", "/p/1/fd/3"}, Pieces::digits) == "/p/1/fd/\\$",
       "a number that is always the same stays");
    ok(pattern_of_pieces(Names{"/x/aB3dEf.t", "/x/Zz9yQ1.t"}, Pieces::mixed) == "/x/\\?\\?\\?\\?\\?\\?.t",
       "made-up names of one length");
    ok(pattern_of_pieces(Names{"/x/12ab-cafe", "/x/99ff-beef"}, Pieces::mixed) == "/x/\\X-\\A",
       "hexadecimal digits");
}

void test_words() {
    ok(describe("/var/run/\\$") == "any name of digits in /var/run/", "one wildcard");
    ok(describe("/tmp/a\\?\\?.\\X") ==
           "any name of 'a' and 2 characters and '.' and hexadecimal digits in /tmp/",
       "several");
    ok(describe("/p/\\$/\\@/x") ==
           "'x' in /p/\\$/\\@/, where \\$ is any name of digits, and \\@ is any name of "
           "anything without a dot",
       "directories");
    ok(describe("\\*") == "any name of anything", "no directory");
}

bool common(std::string_view a, std::string_view b, Wildcards wildcards = Wildcards::as_written) {
    Components one, other;
    append_components(one, a);
    append_components(other, b);
    return overlap(one, other, wildcards);
}

void test_overlap() {
    ok(common("/a", "/a") && !common("/a", "/b") && !common("/a", "/a/b") && !common("/a/", "/a"), "names");
    ok(common("/a/\\*", "/a/b") && common("/a/b", "/a/\\*") && !common("/a/\\*", "/b/\\*"), "one pattern");
    ok(common("/\\*x", "/y\\*") && common("/\\$", "/\\X") && !common("/\\$", "/\\A") &&
           common("/\\X", "/\\A") && !common("/\\@", "/\\*.pem") && common("/\\*", "/\\*.pem"),
       "wildcards");
    ok(common("/\\?\\?", "/ab") && !common("/\\?\\?", "/abc") && common("/\\?", "/\\040") &&
           !common("/\\+", "/\\040") && common("/a\\$", "/a12") && !common("/a\\$", "/a"),
       "lengths");
    ok(common("/\\{\\*\\}/x", "/a/b/x") && !common("/\\{\\*\\}/x", "/x") &&
           common("/\\{a\\}/x", "/\\*/\\*/x") && !common("/\\{a\\}/x", "/b/x"),
       "directories that repeat");
    ok(common("/\\*\\-a", "/b") && common("/\\*\\-a", "/a"), "a subtraction is passed over");
    ok(common("/home/\\*/a", "/home/.ssh/a") && !common("/home/\\*/a", "/home/.ssh/a", Wildcards::as_meant) &&
           !common("/t.\\?\\?\\?\\?\\?", "/\\*.pem", Wildcards::as_meant),
       "wildcards as they are meant");
}

std::string covered(std::string_view pattern) {
    KeepList keep;
    keep.add_default();
    return std::string(keep.covered_by(pattern));
}

void test_keep() {
    ok(covered("/etc/passwd") == "/etc/passwd\\*" && covered("/etc/\\*") != "" &&
           covered("/etc/hosts") == "" && covered("/etc/pass\\A") != "",
       "files of the list");
    ok(covered("/dev/sda1") == "/dev/" && covered("/dev/pts/3") == "/dev/" && covered("/dev") == "" &&
           covered("/\\*/sda") == "/dev/" && covered("/var/dev/x") == "",
       "directories of the list");
    ok(covered("/srv/x/server.key") == "\\*.key" && covered("/srv/x/\\*") != "" &&
           covered("/srv/x/\\@") == "" && covered("/home/a/.ssh/config") == ".ssh/" &&
           covered("/srv/x/\\*key") != "" && covered("/home/\\*/.profile") == "",
       "names anywhere");
    KeepList keep;
    ok(keep.add("/") && keep.add("") && keep.add("/a\\q") && !keep.add("a") && keep.covered_by("/x/a") == "a",
       "what may be on a list");
}

void test_packs() {
    for (const RewritePack& pack : rewrite_packs()) {
        size_t expected = 0;
        for (size_t at = 0; (at = pack.rules.find("rewrite ", at)) != std::string_view::npos; at++)
            expected++;
        RewriteRules rules;
        add_pack(rules, pack);
        ok(rules.size() == expected && expected > 0 && !rules.unfinished(), std::string(pack.name).c_str());
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
