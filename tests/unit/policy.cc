// SPDX-License-Identifier: GPL-2.0-only
// Statements, ledger, transcript and settings: what an input says, and what of it the kernel shows.
#include "tests/unit/tap.h"
#include "tomoyo-box/kernel/load/statement_table.h"
#include "tomoyo-box/kernel/load/transcript.h"
#include "tomoyo-box/policy/language/settings.h"
#include "tomoyo-box/policy/language/statement.h"

#include <string>
#include <vector>

namespace {

using namespace policy;
using Lines = std::vector<std::string_view>;

void test_deletions() {
    const auto domains = [](std::string_view line, uint16_t bits) {
        return deletion_of(Language::domains, line, bits);
    };
    is(domains("file read/write /a", 1 << TMY_WRITE), "delete file write /a", "a part of the operations");
    is(domains("network inet dgram bind/send 1.2.3.4 5", 1 << TMY_SEND),
       "delete network inet dgram send 1.2.3.4 5", "of a socket");
    about("what has no operations, or is not understood, goes as it is");
    is(domains("misc env A", 1), "delete misc env A", named("misc env A"));
    is(domains("use_group 3", 1), "delete use_group 3", named("use_group 3"));
    is(domains("newer thing", 1), "delete newer thing", named("newer thing"));
    about("namespaces stay");
    is(deletion_of(Language::exceptions, "<n> acl_group 3 file read/append /a", 1 << TMY_APPEND),
       "delete <n> acl_group 3 file append /a", named("<n> acl_group 3 file read/append /a"));
    is(deletion_of(Language::exceptions, "<n> path_group A /a", 1), "delete <n> path_group A /a",
       named("<n> path_group A /a"));
}

// The numbers of the lines (from 0) that are missing when the kernel has KERNEL.
std::string missing(Language language, const Lines& input, const Lines& kernel) {
    StatementParser parser(language, 1, StatementParser::parts);
    StatementTable ledger;
    for (const std::string_view line : input) {
        const Statement statement = parser.next(line);
        if (statement.kind != Statement::nothing && statement.kind != Statement::command)
            ledger.add(statement);
    }
    ledger.close();
    StatementParser reading(language, 1, StatementParser::parts);
    reading.adopt(parser);
    for (const std::string_view line : kernel)
        if (const Statement statement = reading.next(line); statement.kind != Statement::nothing)
            ledger.found(statement);
    std::string numbers;
    for (size_t i = 0; i < ledger.size(); i++)
        if (ledger.missing(i))
            numbers += std::to_string(i) + " ";
    is(ledger.complete(), numbers.empty(), "complete when nothing is missing");
    return numbers;
}

void test_ledger() {
    const auto domains = [](const Lines& input, const Lines& kernel) {
        return missing(Language::domains, input, kernel);
    };
    is(domains({"<kernel>", "file read /a", "file write /a"}, {"<kernel>", "file read/write /a"}), "",
       "the kernel merges operations");
    is(domains({"<kernel>", "file read/append /a"}, {"<kernel>", "file read /a"}), "1 ",
       "an operation that is not there is missed");
    is(domains({"<kernel>", "file read /a"}, {"<kernel> /x", "file read /a", "<kernel>"}), "1 ",
       "an entry of another domain does not count");
    is(domains({"<kernel>", "file create /a 1"}, {"<kernel>", "file read /a", "file link /a 1"}), "1 ",
       "nor an operation of another kind");
    is(domains({"<kernel>", "file create /a 0X1f", "use_group 007", "file execute /a grant_log=no task.uid=0",
                "network inet stream bind 0:0:0:0:0:0:0:1 80-80"},
               {"<kernel>", "use_group 7", "file create /a 0x1F", "file execute /a task.uid=0 grant_log=no",
                "network inet stream bind ::1 80"}),
       "", "other forms of the same");
    is(domains({"<kernel>", "file execute /a keep", "file execute /b"},
               {"<kernel>", "file execute /a", "file read/execute /b"}),
       "1 ", "an entry with a transition is another one");
    is(domains({"<kernel>", "file read/nosuch /a"}, {"<kernel>", "file read /a"}), "1 ",
       "what is not understood is its text");
    is(domains({"<kernel>", "use_profile 1", "use_profile 2"}, {"<kernel>", "use_profile 2"}), "",
       "the last profile counts");
    is(domains({"<kernel>", "use_profile 2"}, {"<kernel>", "use_profile 1"}), "1 ",
       "a profile not taken is missed");
    is(domains({"<kernel>", "file read /a", "delete file read /a"}, {"<kernel>"}), "",
       "what a later line deletes is not missed");
    is(domains({"<kernel>", "delete file read /a"}, {"<kernel>", "file read /a"}), "1 ",
       "what should be gone is missed when it is there");
    is(domains({"<kernel>", "delete file read /a", "file read/write /a"}, {"<kernel>", "file read/write /a"}),
       "", "unless a later line wants it again");
    is(domains({"delete <kernel> /a"}, {"<kernel> /a"}), "0 ", "so for domains");
    ok(domains({"<kernel> /a", "delete <kernel> /a", "<kernel> /a", "file read /b"},
               {"<kernel> /a", "file read /b"}) == "0 1 " ||
           domains({"delete <kernel> /a", "<kernel> /a", "file read /b"}, {"<kernel> /a", "file read /b"})
               .empty(),
       "a domain deleted and made again");
    is(domains({"file read /a", "<kernel>", "<kernel>x", "file read /b"}, {"<kernel>"}), "0 2 3 ",
       "lines without a domain are wrong, and so is what only looks like one");
    const auto exceptions = [](const Lines& input, const Lines& kernel) {
        return missing(Language::exceptions, input, kernel);
    };
    is(exceptions({"keep_domain /a", "initialize_domain /b", "path_group A /c", "<n> path_group A /d"},
                  {"<kernel> keep_domain any from /a", "<kernel> initialize_domain /b from any",
                   "<kernel> path_group A /c", "<n> path_group A /d"}),
       "", "namespaces and short forms");
    is(exceptions({"path_group A /c"}, {"<n> path_group A /c"}), "0 ", "another namespace does not count");
    is(missing(Language::managers, {"/a", "<kernel> /b", "delete /c", "/d"}, {"/a", "<kernel> /b"}), "3 ",
       "managers");
}

bool confirmed(const Lines& input, const Lines& kernel) {
    Transcript transcript;
    StatementParser parser(Language::domains, 1, StatementParser::lines), reading = parser;
    for (const std::string_view line : input)
        transcript.add(parser.next(line));
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
    const auto add = [](Settings& settings, std::string_view line, const char* where) {
        return settings.add(line, where, line);
    };
    Settings profile(Language::profiles);
    ok(add(profile, "1-CONFIG={ mode=learning }", "a:1"), "a profile line");
    ok(add(profile, "<kernel> 1-CONFIG={ mode=enforcing grant_log=no }", "a:2"),
       "the same with its namespace");
    ok(!add(profile, "-CONFIG={ mode=enforcing }", "a:3"), "without a number it must not be written");
    about("comments are not written");
    ok(!add(profile, "# comment", "a:4"), named("# comment"));
    ok(!add(profile, "", "a:5"), named("add(profile, \"\", \"a:5\")"));
    about("a misspelt word is not written, unless the kernel finds one in it");
    Settings misspelt(Language::profiles);
    ok(!add(misspelt, "2-CONFIG={ mode=enforcng }", "a:1"), named("enforcng"));
    ok(add(misspelt, "2-CONFIG={ mode=enforcing, }", "a:2"), named("enforcing,"));
    const auto refused = profile.refused_by("1-CONFIG={ mode=enforcing grant_log=no reject_log=yes }\n");
    about("the last value counts, and may say less than the kernel");
    is(refused.size(), 1, named("refused.size()"));
    is(refused[0].where, "a:3:1", named("refused[0].where"));
    is(profile.refused_by("1-CONFIG={ mode=learning grant_log=no reject_log=yes }\n").size(), 2,
       "another value was not accepted");

    Settings quota(Language::quotas);
    ok(add(quota, "Memory used by audit log: 007 (Quota: 5)", "s:1"), "a quota");
    ok(!add(quota, "Memory used by audit log: 0x7", "s:2"), "not in hexadecimal: the kernel would read 0");
    ok(!add(quota, "Policy update: 7", "s:3"), "statistics are not written");
    is(quota.refused_by("Memory used by audit log:   7\n").size(), 1, "numbers are compared by value");
}

// Is SETTING in force in a kernel that prints LINES?
bool holds(const Lines& lines, std::string_view setting) {
    Profiles profiles;
    for (const std::string_view line : lines)
        profiles.add(line);
    ProfileLine parsed;
    return !parse(setting, parsed) && profiles.holds(parsed);
}

void test_profiles() {
    const Lines kernel = {"PROFILE_VERSION=20150505",
                          "1-COMMENT=a = b",
                          "1-PREFERENCE={ max_audit_log=7 max_learning_entry=8 }",
                          "1-CONFIG={ mode=learning grant_log=no reject_log=yes }",
                          "1-CONFIG::file={ mode=enforcing grant_log=yes reject_log=no }",
                          "<n> 1-CONFIG={ mode=permissive grant_log=no reject_log=yes }"};
    for (const char* setting :
         {"1-CONFIG={ mode=learning }", "1-CONFIG=learning", "001-CONFIG={grant_log=no reject_log=yes}",
          "1-CONFIG::file={ mode=permissive mode=enforcing }", "1-CONFIG::network=use_default",
          "1-COMMENT=a = b", "1-PREFERENCE={ max_learning_entry=8 }", "<n> 1-CONFIG={ mode=permissive }",
          "PROFILE_VERSION=20150505", "<x> PROFILE_VERSION=20150505", "<kernel> 1-CONFIG={ mode=learning }"})
        ok(holds(kernel, setting), setting);
    for (const char* setting :
         {"1-CONFIG={ mode=enforcing }", "1-CONFIG={ }",
          "1-CONFIG=", "1-CONFIG={ mode=learning grant_lok=no }", "1-CONFIG={ mode=learnin }",
          "1-CONFIG=use_default", "1-CONFIG::file=use_default", "1-CONFIG::network={ grant_log=no }",
          "1-CONFIG::network={ mode=learning }", "1-COMMENT=a", "1-PREFERENCE={ max_learning_entry=7 }",
          "1-PREFERENCE={ max_learning=8 }", "2-COMMENT=", "<x> 1-CONFIG={ mode=learning }",
          "PROFILE_VERSION=1", "1-CONFIG::bogus={ mode=learning }"})
        ok(!holds(kernel, setting), setting);

    Profiles profiles;
    profiles.add("3-CONFIG::file::open={ mode=learning }");
    profiles.add("4-NONSENSE");
    profiles.add("-COMMENT=x");
    about("D-05 a number defines a profile, whatever follows; no number defines none");
    is(profiles.all().size(), 2, named("profiles.all().size()"));
    ok(profiles.find("<kernel>", 4), named("<kernel>"));
    ok(!profiles.find("<kernel>", 0), named("<kernel>"));
    ProfileLine line;
    about("settings are shown as the kernel prints them");
    ok(!parse("3-CONFIG::file::open=", line), named("3-CONFIG::file::open="));
    is(profiles.present(line), "3-CONFIG::file::open={ mode=learning grant_log=yes reject_log=yes }",
       named("profiles.present(line)"));
    ok(!parse("3-CONFIG::file=", line), named("3-CONFIG::file="));
    is(profiles.present(line).size(), 0, named("profiles.present(line).empty()"));
}

} // namespace

int main() {
    test_deletions();
    test_ledger();
    test_transcript();
    test_settings();
    test_profiles();
    return done();
}
