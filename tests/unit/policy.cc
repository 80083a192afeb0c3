// SPDX-License-Identifier: GPL-2.0-only
// Statements, operations, ledger and transcript: what an input says, and what of it the kernel shows.
#include "tests/unit/tap.h"
#include "tomoyo-box/policy/ledger.h"
#include "tomoyo-box/policy/operations.h"
#include "tomoyo-box/policy/settings.h"
#include "tomoyo-box/policy/statement.h"
#include "tomoyo-box/policy/transcript.h"

#include <string>
#include <vector>

namespace {

using namespace policy;
using Lines = std::vector<std::string_view>;

void test_operations() {
    OperationList list;
    ok(find_operations("file read/write /a", list) && list.head == "file " && list.tail == " /a",
       "file: cut around the list");
    ok(with_operations(list, list.bits) == "file read/write /a", "file: put together again");
    ok(find_operations("file write/read /a task.uid=0", list) &&
           with_operations(list, list.bits) == "file read/write /a task.uid=0",
       "operations come in the kernel's order");
    ok(find_operations("network inet dgram send/bind 1.2.3.4 5", list) &&
           with_operations(list, list.bits) == "network inet dgram bind/send 1.2.3.4 5",
       "network: the fourth word");
    ok(find_operations("acl_group 3 file append /a", list) && list.head == "acl_group 3 file ",
       "acl_group N");
    for (const char* line : {"file", "file read", "file / /a", "file // /a", "file read/ /a", "file /read /a",
                             "file readx /a", "file read/rename /a", "network inet",
                             "network inet stream bind", "misc env PATH", "acl_group 3", "filex read /a", ""})
        ok(!find_operations(line, list), line);
    const std::string many = "file " + std::string(300, 'x') + "/read /a";
    ok(!find_operations(many, list) && !find_operations(many, list), "a long unknown word");
    ok(is_operation("file", "unmount") && !is_operation("file", "bind") && is_operation("network", "bind"),
       "words belong to directives");
}

// The numbers of the lines (from 0) that are missing when the kernel has KERNEL.
std::string missing(Language language, const Lines& input, const Lines& kernel) {
    Follower follower(language, 1, Follower::parts);
    Ledger ledger;
    for (const std::string_view line : input) {
        const Statement statement = follower.next(line);
        if (statement.kind != Statement::nothing && statement.kind != Statement::command)
            ledger.add(statement);
    }
    ledger.close();
    Follower reading(language, 1, Follower::parts);
    reading.adopt(follower);
    for (const std::string_view line : kernel)
        if (const Statement statement = reading.next(line); statement.kind != Statement::nothing)
            ledger.found(statement);
    std::string numbers;
    for (size_t i = 0; i < ledger.size(); i++)
        if (ledger.missing(i))
            numbers += std::to_string(i) + " ";
    ok(ledger.complete() == numbers.empty(), "complete when nothing is missing");
    return numbers;
}

void test_ledger() {
    const auto domains = [](const Lines& input, const Lines& kernel) {
        return missing(Language::domains, input, kernel);
    };
    ok(domains({"<kernel>", "file read /a", "file write /a"}, {"<kernel>", "file read/write /a"}).empty(),
       "the kernel merges operations");
    ok(domains({"<kernel>", "file read/append /a"}, {"<kernel>", "file read /a"}) == "1 ",
       "an operation that is not there is missed");
    ok(domains({"<kernel>", "file read /a"}, {"<kernel> /x", "file read /a", "<kernel>"}) == "1 ",
       "an entry of another domain does not count");
    ok(domains({"<kernel>", "file create /a 1"}, {"<kernel>", "file read /a", "file link /a 1"}) == "1 ",
       "nor an operation of another kind");
    ok(domains({"<kernel>", "use_profile 1", "use_profile 2"}, {"<kernel>", "use_profile 2"}).empty(),
       "the last profile counts");
    ok(domains({"<kernel>", "use_profile 2"}, {"<kernel>", "use_profile 1"}) == "1 ",
       "a profile not taken is missed");
    ok(domains({"<kernel>", "file read /a", "delete file read /a"}, {"<kernel>"}).empty(),
       "what a later line deletes is not missed");
    ok(domains({"<kernel>", "delete file read /a"}, {"<kernel>", "file read /a"}) == "1 ",
       "what should be gone is missed when it is there");
    ok(domains({"<kernel>", "delete file read /a", "file read/write /a"}, {"<kernel>", "file read/write /a"})
           .empty(),
       "unless a later line wants it again");
    ok(domains({"delete <kernel> /a"}, {"<kernel> /a"}) == "0 ", "so for domains");
    ok(domains({"<kernel> /a", "delete <kernel> /a", "<kernel> /a", "file read /b"},
               {"<kernel> /a", "file read /b"}) == "0 1 " ||
           domains({"delete <kernel> /a", "<kernel> /a", "file read /b"}, {"<kernel> /a", "file read /b"})
               .empty(),
       "a domain deleted and made again");
    ok(domains({"file read /a", "<kernel>", "<kernel>x", "file read /b"}, {"<kernel>"}) == "0 2 3 ",
       "lines without a domain are wrong, and so is what only looks like one");
    const auto exceptions = [](const Lines& input, const Lines& kernel) {
        return missing(Language::exceptions, input, kernel);
    };
    ok(exceptions({"keep_domain /a", "initialize_domain /b", "path_group A /c", "<n> path_group A /d"},
                  {"<kernel> keep_domain any from /a", "<kernel> initialize_domain /b from any",
                   "<kernel> path_group A /c", "<n> path_group A /d"})
           .empty(),
       "namespaces and short forms");
    ok(exceptions({"path_group A /c"}, {"<n> path_group A /c"}) == "0 ", "another namespace does not count");
    ok(missing(Language::managers, {"/a", "<kernel> /b", "delete /c", "/d"}, {"/a", "<kernel> /b"}) == "3 ",
       "managers");
}

bool confirmed(const Lines& input, const Lines& kernel) {
    Transcript transcript;
    Follower follower(Language::domains, 1, Follower::lines), reading = follower;
    for (const std::string_view line : input)
        transcript.add(follower.next(line));
    for (const std::string_view line : kernel)
        if (const Statement statement = reading.next(line); statement.kind != Statement::nothing)
            if (!transcript.found(statement))
                break;
    return transcript.confirmed();
}

void test_transcript() {
    const Lines kernel = {"<kernel>",    "use_profile 0", "", "file read /a", "file write /b",
                          "<kernel> /x", "use_profile 1", "", "file read /a"};
    ok(confirmed({}, kernel), "nothing is always there");
    ok(confirmed({"<kernel>", "file write /b", "<kernel> /x", "use_profile 1", "file read /a"}, kernel),
       "some lines in their order");
    ok(confirmed({"<kernel> /x", "file read /a"}, kernel), "a later domain alone");
    ok(!confirmed({"<kernel>", "file write /b", "file read /a"}, kernel), "another order proves nothing");
    ok(!confirmed({"<kernel> /x", "file write /b"}, kernel), "an entry of another domain proves nothing");
    ok(!confirmed({"<kernel>", "use_profile 1"}, kernel), "nor its profile");
    ok(!confirmed({"<kernel>", "file read /a", "delete file read /c"}, kernel),
       "a deletion is never confirmed");
    std::vector<std::string> many = {"<kernel>"};
    for (int i = 0; i < 10000; i++)
        many.push_back("file read /" + std::to_string(i));
    ok(confirmed({many.begin(), many.end()}, {many.begin(), many.end()}), "10,000 lines");
    ok(!confirmed({many.begin(), many.end()}, {many.begin(), many.end() - 1}), "10,000 lines but one");
}

void test_settings() {
    Settings profile(Settings::profile);
    ok(profile.add("1-CONFIG={ mode=learning }", "a:1"), "a profile line");
    ok(profile.add("<kernel> 1-CONFIG={ mode=enforcing grant_log=no }", "a:2"),
       "the same with its namespace");
    ok(!profile.add("-CONFIG={ mode=enforcing }", "a:3"), "without a number it must not be written");
    ok(!profile.add("# comment", "a:4") && !profile.add("", "a:5"), "comments are not written");
    const auto refused = profile.refused_by("1-CONFIG={ mode=enforcing grant_log=no reject_log=yes }\n");
    ok(refused.size() == 1 && refused[0].where == "a:3",
       "the last value counts, and may say less than the kernel");
    ok(profile.refused_by("1-CONFIG={ mode=learning grant_log=no reject_log=yes }\n").size() == 2,
       "another value was not accepted");

    Settings quota(Settings::stat);
    ok(quota.add("Memory used by audit log: 007 (Quota: 5)", "s:1"), "a quota");
    ok(!quota.add("Memory used by audit log: 0x7", "s:2"), "not in hexadecimal: the kernel would read 0");
    ok(!quota.add("Policy update: 7", "s:3"), "statistics are not written");
    ok(quota.refused_by("Memory used by audit log:   7\n").size() == 1, "numbers are compared by value");
}

} // namespace

int main() {
    test_operations();
    test_ledger();
    test_transcript();
    test_settings();
    return done();
}
