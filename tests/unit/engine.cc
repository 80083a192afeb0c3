// SPDX-License-Identifier: GPL-2.0-only
// The engine in C++: a policy is loaded, says what it did not take, prints itself and decides.
#include "tomoyo-box/policy/language/engine.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;
using namespace std::string_view_literals;

// "LINE:COLUMN: REASON" for each line that was refused.
std::string load(Policy& policy, Language language, std::string_view text) {
    const Fd fd(memfd_create("policy", MFD_CLOEXEC));
    if (!write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        abort();
    policy::PolicyReader reader(fd.get(), "file");
    std::string refused;
    for (const Refusal& one : policy.load(language, reader))
        refused += std::to_string(one.line) + ":" + std::to_string(one.problem.column) + ": " +
                   one.problem.reason + "\n";
    return refused;
}

void test_load_and_print() {
    Policy policy;
    is(policy.text(Language::domains), "<kernel>\nuse_profile 0\n\n\n", "a new policy has one domain");
    is(load(policy, Language::domains,
            "# comment\n\n<kernel> /a\nuse_profile 1\nfile write/read /x\nfile reda /y\n"
            "delete file read /z\nfile read /\0y\n<kernel> b\nfile read /c\n<kernel> /b\0c\nfile read /d"sv),
       "6:6: unknown file operation\n"
       "7:1: there is no such thing to delete\n"
       "8:12: it holds a NUL byte\n"
       "9:10: the name of a domain goes on with paths\n"
       "10:1: no domain is selected\n"
       "11:12: it holds a NUL byte\n"
       "12:1: no domain is selected\n",
       "what is not taken over is told, and harms nothing else");
    is(policy.text(Language::domains),
       "<kernel>\nuse_profile 0\n\n\n<kernel> /a\nuse_profile 1\n\nfile read/write /x\n\n",
       "the rest is printed as the kernel prints it");
    about("exception policy");
    is(load(policy, Language::exceptions, "path_group A /a\nkeep_domain /x\nselect transition_only\n"), "",
       named("path_group A /a\nkeep_domain /x\nselect transition_only\n"));
    is(policy.text(Language::exceptions), "keep_domain any from /x\npath_group A /a\n",
       named("policy.text(Language::exceptions)"));
    is(load(policy, Language::profiles, "1-COMMENT=x\n2-NONSENSE=\n"),
       "2:3: neither COMMENT, PREFERENCE nor CONFIG\n", "profiles");
    has(policy.text(Language::profiles), "\n1-COMMENT=x\n1-PREFERENCE=", "and their text");
    about("managers");
    is(load(policy, Language::managers, "/a\n<kernel> /b\ndelete /c\n/d /e\nmanage_by_non_root\n"),
       "3:1: there is no such thing to delete\n4:1: a manager is a program or the name of a "
       "domain\n",
       named("/a\n<kernel> /b\ndelete /c\n/d /e\nmanage_by_non_root\n"));
    is(policy.text(Language::managers), "/a\n<kernel> /b\n", named("policy.text(Language::managers)"));
    std::string long_line = "<kernel>\nfile read /" + std::string(1000000, 'x') + "\n";
    about("a line of a megabyte goes in and out");
    is(load(policy, Language::domains, long_line), "",
       named("load(policy, Language::domains, long_line).empty()"));
    cmp_ok(policy.text(Language::domains).size(), >, long_line.size(),
           named("policy.text(Language::domains).size()"));
}

void test_stream() {
    Policy policy;
    Stream stream(policy, Language::domains);
    about("a line need not be normalized");
    ok(!stream.write("  <kernel>\t/a "), named("  <kernel>\t/a "));
    ok(!stream.write("file read /x"), named("file read /x"));
    const auto problem = stream.write(" file  reda /x");
    about("the column is one of the normalized line");
    ok(problem, named("problem"));
    is(problem->column, 6, named("problem->column"));
    about("one domain is read");
    ok(!stream.write("select domain=<kernel> /a"), named("select domain=<kernel> /a"));
    is(stream.read(), "# select domain=<kernel> /a\n<kernel> /a\nuse_profile 0\n\nfile read /x\n\n",
       named("stream.read()"));
    is(stream.read(), "", named("stream.read().empty()"));
}

tmy_request read_request(std::string_view name) {
    tmy_request request{};
    request.kind = TMY_PATH;
    request.operation = TMY_READ;
    request.names[0].text = span(name);
    return request;
}

void test_decide() {
    Policy policy;
    about("a policy to ask");
    is(load(policy, Language::exceptions, "acl_group 3 file read @G\npath_group G /group/\\*\n"), "",
       named("acl_group 3 file read @G\npath_group G /group/\\*\n"));
    is(load(policy, Language::domains,
            "<kernel> /a\nuse_group 3\nfile read /x/\\*.txt\nfile write /w\nfile read /u task.uid=5\n"),
       "", named("<kernel> /a\nuse_group 3\nfile read /x/\\*.txt\nfile write /w\nfile read /u task.uid=5\n"));
    const auto verdict = [&](std::string_view name, tmy_facts* facts = nullptr) {
        tmy_request request = read_request(name);
        request.facts = facts;
        return policy.decide("<kernel> /a", request).value();
    };
    about("granted, by the pattern that is told");
    is(verdict("/x/1.txt").verdict, TMY_GRANTED, named("/x/1.txt"));
    is(verdict("/x/1.txt").matched, "/x/\\*.txt", named("/x/1.txt"));
    is(verdict("/group/g").verdict, TMY_GRANTED, "granted by an acl_group and a path_group");
    about("denied");
    is(verdict("/w").verdict, TMY_DENIED, named("/w"));
    is(verdict("/w").matched.size(), 0, named("/w"));
    const std::string name = "/x/" + std::string(100000, 'y') + ".txt";
    is(verdict(name).verdict, TMY_GRANTED, "however long the name is");
    tmy_facts facts{};
    facts.uid = 5;
    is(verdict("/u", &facts).verdict, TMY_GRANTED, "a condition that holds");
    facts.uid = 6;
    about("one that does not, or of which nothing is known");
    is(verdict("/u", &facts).verdict, TMY_DENIED, named("/u"));
    is(verdict("/u").verdict, TMY_DENIED, named("/u"));
    tmy_request request = read_request("/x");
    ok(!policy.decide("<kernel> /none", request), "there is no such domain");
    Policy moved = std::move(policy);
    ok(moved.decide("<kernel> /a", request).has_value(), "a policy may move");
}

} // namespace

int main() {
    test_load_and_print();
    test_stream();
    test_decide();
    return done();
}
