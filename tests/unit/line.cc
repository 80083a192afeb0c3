// SPDX-License-Identifier: GPL-2.0-only
// Lines in C++: what the engine says of them, with the column of what is wrong, and their canonical text.
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/policy_reader.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/line_reader.h"
#include "tomoyo-box/policy/language/words.h"

#include <cstring>
#include <memory>

namespace {

using namespace policy;

// LINE in memory of just its size, so that reading over its end is found.
struct Exact {
    explicit Exact(std::string_view line) : bytes(new char[line.size()]), size(line.size()) {
        std::memcpy(bytes.get(), line.data(), size);
    }
    std::string_view view() const { return {bytes.get(), size}; }
    std::unique_ptr<char[]> bytes;
    size_t size;
};

// The canonical text, or "COLUMN: REASON".
std::string judged(Language language, std::string_view line) {
    const Exact copy(line);
    const Line parsed = parse_line(language, copy.view());
    if (const auto* problem = std::get_if<Problem>(&parsed))
        return std::to_string(problem->column) + ": " + problem->reason;
    if (const auto* domain = std::get_if<DomainLine>(&parsed))
        return canonical(*domain);
    if (const auto* exception = std::get_if<ExceptionLine>(&parsed))
        return canonical(*exception);
    if (const auto* profile = std::get_if<ProfileLine>(&parsed))
        return canonical(*profile);
    if (const auto* manager = std::get_if<ManagerLine>(&parsed))
        return canonical(*manager);
    if (const auto* quota = std::get_if<QuotaLine>(&parsed))
        return std::to_string(quota->memory) + " " + std::to_string(quota->bytes);
    return std::holds_alternative<Blank>(parsed)     ? "blank"
           : std::holds_alternative<Comment>(parsed) ? "comment"
                                                     : "order";
}

struct Case {
    const char* line;
    const char* judged; // null: the line itself
};

template <size_t size> void test(Language language, const Case (&cases)[size]) {
    for (const Case& one : cases)
        is(judged(language, one.line), (one.judged ? one.judged : one.line), one.line);
}

void test_domain_lines() {
    test(Language::domains,
         {{"", "blank"},
          {"# file read /a", "comment"},
          {"reset", "order"},
          {"select transition_only", "order"},
          {"<kernel> /a", nullptr},
          {"delete <kernel> /a", nullptr},
          {"select <kernel> /a", nullptr},
          {"select domain=<kernel> /a", nullptr},
          {"select pid=1x", nullptr},
          {"select Q=5", nullptr},
          {"select foo", "8: there is nothing of that kind to select"},
          {"use_profile 007", "use_profile 7"},
          {"use_profile 256", "13: the number of a profile is 0 to 255"},
          {"use_profile 3 # enforcing", "use_profile 3"},
          {"use_profile 3x", "13: the number of a profile is 0 to 255"},
          {"delete use_group 01", "delete use_group 1"},
          {"use_group 1 second group", "use_group 1"},
          {"quota_exceeded", nullptr},
          {"delete transition_failed", nullptr},
          {"transition_failed x", "1: an entry starts with file, network, misc or task"},
          {"file write/read /a", "file read/write /a"},
          {"delete file create /a 0X1f", "delete file create /a 0x1F"},
          {"file execute /a  keep", "17: not a condition, which is A=B or A!=B, without spaces"},
          {"file reda /a", "6: unknown file operation"},
          {"file read/rename /a", "11: operations with different operands in one list"},
          {"file read", "10: a name is missing here"},
          {"bogus", "1: an entry starts with file, network, misc or task"},
          {"<kernel> a", "10: the name of a domain goes on with paths"},
          {"<kernel>/a", "1: the name of a domain starts with <NAMESPACE>"},
          {"delete <kernel> /b a", "20: the name of a domain goes on with paths"}});
    const std::string longest = "<kernel> /" + std::string(TMY_DOMAIN_MAX_LENGTH - 10, 'x');
    is(judged(Language::domains, longest), longest, "a name of 4085 bytes");
    is(judged(Language::domains, longest + 'x'), "4086: the name of a domain is at most 4085 bytes long",
       "a name of 4086 bytes");
    const std::string name = "/" + std::string(1000000, 'x');
    is(judged(Language::domains, "file write/read " + name), "file read/write " + name,
       "a line of a megabyte");
    about("what the lines below are about is said by domains, selections and deletions of domains");
    ok(is_heading("<kernel>"), named("<kernel>"));
    ok(is_heading("<x"), named("<x"));
    ok(is_heading("select <x"), named("select <x"));
    ok(!is_heading("select foo"), named("select foo"));
    ok(is_heading("delete <kernel>"), named("delete <kernel>"));
    ok(is_heading("reset"), named("reset"));
    ok(!is_heading("select transition_only"), named("select transition_only"));
    ok(!is_heading("delete file read /a"), named("delete file read /a"));
    ok(!is_heading(""), named("is_heading(\"\")"));
    ok(!is_heading("file read /a"), named("file read /a"));
}

void test_exception_lines() {
    test(Language::exceptions,
         {{"keep_domain /a", "keep_domain any from /a"},
          {"initialize_domain /a", "initialize_domain /a from any"},
          {"<kernel> path_group A /a", "path_group A /a"},
          {"delete <n> number_group A 0X0a", "delete <n> number_group A 0xA"},
          {"acl_group 08 file append/read /a", "acl_group 8 file read/append /a"},
          {"acl_group 256 file read /a", "11: the number of an acl_group must be 0 to 255"},
          {"acl_group 1 file reda /a", "18: unknown file operation"},
          {"<n> keep_domian /a", "5: unknown directive of exception policy"},
          {"<kernel>", "9: nothing follows the namespace"},
          {"select transition_only", "order"},
          {"select <kernel>", "1: unknown directive of exception policy"}});
    std::string_view line = "<n> path_group A /a";
    about("a namespace is taken");
    is(take_namespace(line), "<n>", named("take_namespace(line)"));
    is(line, "path_group A /a", named("line"));
    about("without one it is <kernel>");
    is(take_namespace(line), "<kernel>", named("take_namespace(line)"));
    is(line, "path_group A /a", named("line"));
    line = "<n>";
    about("a namespace with nothing behind it is none");
    is(take_namespace(line), "<kernel>", named("take_namespace(line)"));
    is(line, "<n>", named("line"));
}

void test_other_lines() {
    test(Language::profiles, {{"PROFILE_VERSION=20150505", nullptr},
                              {"<n> PROFILE_VERSION=1", nullptr},
                              {"009-COMMENT=a - b", "9-COMMENT=a - b"},
                              {"delete 1-CONFIG::file={ mode=learning }", "1-CONFIG::file={ mode=learning }"},
                              {"1-CONFIG::reed=x", "11: CONFIG has no such item"},
                              {"1-COMMENT", "10: '=' is missing"},
                              {"-CONFIG=x", "1: the number of the profile is missing"},
                              {"<n> 256-COMMENT=", "5: the number of a profile is at most 255"}});
    ProfileLine profile;
    about("a wrong line may name a profile");
    ok(parse("7-NONSENSE=", profile), named("7-NONSENSE="));
    ok(profile.names_profile, named("profile.names_profile"));
    is(profile.setting.profile, 7, named("profile.setting.profile"));
    about("or say nothing at all");
    ok(parse("<n", profile), named("<n"));
    ok(!profile.names_profile, named("profile.names_profile"));
    is(profile.setting.type, TMY_PROFILE_LINE_NOTHING, named("profile.setting.type"));
    test(Language::managers, {{"/usr/sbin/a", nullptr},
                              {"delete <kernel> /a", nullptr},
                              {"delete manage_by_non_root", nullptr},
                              {"/a /b", "1: a manager is a program or the name of a domain"}});
    test(Language::quotas,
         {{"Memory used by policy: 5", "0 5"},
          {"Memory used by query message: 007 (Quota: 5)", "2 7"},
          {"Memory used by policy: 0x5", "25: a quota is a decimal number of bytes"},
          {"Memory used by audit log: x", "27: a quota is a decimal number of bytes"},
          {"Memory used by me: 1", "16: there are quotas for 'policy:', 'audit log:' and 'query message:'"},
          {"Policy update: 1", "1: a quota starts with 'Memory used by'"}});
}

void test_columns() {
    about("in a line that is normalized it is the same");
    is(raw_column("file read /a", 6), 6, named("file read /a"));
    is(raw_column("", 1), 1, named("raw_column(\"\", 1)"));
    about("blanks in front of it count");
    is(raw_column("\t file  read\t\t/a \r", 1), 3, named("\t file  read\t\t/a \r"));
    is(raw_column("\t file  read\t\t/a \r", 6), 9, named("\t file  read\t\t/a \r"));
    is(raw_column("\t file  read\t\t/a \r", 11), 15, named("\t file  read\t\t/a \r"));
    is(raw_column("  file read ", 10), 12, "the end is behind the last character");
    is(raw_column("   ", 1), 1, "in a line of blanks");
}

} // namespace

int main() {
    test_domain_lines();
    test_exception_lines();
    test_other_lines();
    test_columns();
    return done();
}
