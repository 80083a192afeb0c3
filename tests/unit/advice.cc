// SPDX-License-Identifier: GPL-2.0-only
// Advice about wrong lines, remarks on right ones, and what mainline makes of lines that we do not take.
#include "tomoyo-box/policy/check/advice.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/distance.h"
#include "tomoyo-box/policy/check/dialect.h"
#include "tomoyo-box/policy/check/remarks.h"

#include <string>

namespace {

using namespace policy;

struct Case {
    const char* line;
    const char* expected; // null: nothing
};

void check(const char* line, const std::string& got, const char* expected) {
    is(got, (expected ? expected : ""), line);
    if (got != (expected ? expected : ""))
        printf("# got '%s'\n", got.c_str());
}

// What is offered must be right itself.
template <size_t size> void advice(Language language, const Case (&cases)[size]) {
    for (const Case& one : cases) {
        const Advice found = advise(language, one.line);
        const bool is_line = found.kind == Advice::correction || found.kind == Advice::example;
        about(one.line);
        ok(find_problem(language, one.line), named("find_problem(language, one.line)"));
        ok(!(is_line && find_problem(language, found.text)),
           named("(is_line && find_problem(language, found.text))"));
        check(one.line, phrase(found), one.expected);
    }
}

void test_names() {
    advice(
        Language::domains,
        {{"fiel read /a", "did you mean 'file read /a'?"},
         {"file raed /a", "did you mean 'file read /a'?"},
         {"file read/wirte/appent /a", "did you mean 'file read/write/append /a'?"},
         {"read /a", "did you mean 'file read /a'?"},
         {"inet stream bind ::1 80", "did you mean 'network inet stream bind ::1 80'?"},
         {"network inet straem connect 1.2.3.4 80", "did you mean 'network inet stream connect 1.2.3.4 80'?"},
         {"use_profiel 3", "did you mean 'use_profile 3'?"},
         {"file read /a task.iud=0", "did you mean 'file read /a task.uid=0'?"},
         {"file read /a uid=0", "did you mean 'file read /a task.uid=0'?"},
         {"file read /a task.uid==0", "did you mean 'file read /a task.uid=0'?"},
         {"file read /a task.uid = 0", "did you mean 'file read /a task.uid=0'?"},
         {"file read /a if task.uid=0", "did you mean 'file read /a task.uid=0'?"},
         {"file read /a symlink.target=/b", "did you mean 'file read /a symlink.target=\"/b\"'?"},
         {"file execute /a kepe", "did you mean 'file execute /a keep'?"},
         {"initialize_domain /a", "this belongs in exception policy"},
         {"<a> /b \"", "did you mean '<a> /b'?"},
         {"frobnicate /a", nullptr}});
    advice(Language::exceptions, {{"path_gruop A /x", "did you mean 'path_group A /x'?"},
                                  {"<ns> initialise_domain /a", "did you mean '<ns> initialize_domain /a'?"},
                                  {"<ns path_group A /x", "did you mean '<ns> path_group A /x'?"},
                                  {"use_profile 3", "this belongs in domain policy"}});
    advice(Language::profiles, {{"1-CONFIG::file::exceute={ mode=learning }",
                                 "did you mean '1-CONFIG::file::execute={ mode=learning }'?"},
                                {"1-CONFG={ mode=learning }", "did you mean '1-CONFIG={ mode=learning }'?"}});
}

void test_old_lines() {
    advice(
        Language::domains,
        {{"allow_read /a", "did you mean 'file read /a'?"},
         {"allow_read/write /a", "did you mean 'file read/write/append /a'?"},
         {"allow_create /a", "for example 'file create /a 0600'"},
         {"allow_env PATH", "did you mean 'misc env PATH'?"},
         {"allow_network TCP connect 1.2.3.4 80", "did you mean 'network inet stream connect 1.2.3.4 80'?"},
         {"allow_network UDP connect 1.2.3.4 53", "did you mean 'network inet dgram send 1.2.3.4 53'?"},
         {"delete allow_read /a", "did you mean 'delete file read /a'?"},
         {"ignore_global_allow_read", "leave out 'use_group 0' instead"}});
    advice(Language::exceptions, {{"allow_read /a", "did you mean 'acl_group 0 file read /a'?"},
                                  {"deny_autobind 1-1024", "TOMOYO 2.6 has none"}});
}

void test_values() {
    advice(Language::domains, {{"use_profile 256", nullptr},
                               {"use_profile", "did you mean 'use_profile 0'?"},
                               {"use_profile 1x", "did you mean 'use_profile 1'?"},
                               {"quota_exceeded x", "did you mean 'quota_exceeded'?"},
                               {"file create /a", "for example 'file create /a 0600'"},
                               {"file mkblock /a 0600", "for example 'file mkblock /a 0600 0 0'"},
                               {"file rename /a", "for example 'file rename /a /path'"},
                               {"file create /a 0644-0600", "did you mean 'file create /a 0600-0644'?"},
                               {"file read /a 2-1=1", "did you mean 'file read /a 1-2=1'?"},
                               {"network inet stream connect 10.1.2.3/8 80",
                                "did you mean 'network inet stream connect 10.0.0.0-10.255.255.255 80'?"},
                               {"network inet stream connect 1.2.3.4 1024:65535",
                                "did you mean 'network inet stream connect 1.2.3.4 1024-65535'?"},
                               {"file read /my disk", "did you mean 'file read /my\\040disk'?"},
                               {"file read /a keep", nullptr},
                               {"file read /a\\b", "did you mean 'file read /a\\\\b'?"},
                               {"file read /a\\101", "did you mean 'file read /aA'?"},
                               {"file read /a\\", "did you mean 'file read /a\\\\'?"},
                               {"file read /a\\4", "did you mean 'file read /a\\\\4'?"},
                               {"<kernel> foo", "did you mean '<kernel> /foo'?"},
                               {"<kernel>/sbin/init", "did you mean '<kernel> /sbin/init'?"},
                               {"<kernel> /a if", "did you mean '<kernel> /a'?"},
                               {"kernel> /a", "did you mean '<kernel> /a'?"},
                               {"network inet dgarm listen ::1 80", nullptr},
                               {"<> /a", nullptr}});
    advice(Language::exceptions,
           {{"number_group N 5-1", "did you mean 'number_group N 1-5'?"},
            {"path_group A", "for example 'path_group A /path'"},
            {"initialize_domain a from any", "did you mean 'initialize_domain /a from any'?"}});
}

std::string remark(Language language, const char* line, bool strict) {
    const auto found = remark_on(language, line, parse_line(language, line), strict);
    return !found ? "" : (found->error ? "error " : "warning ") + std::to_string(found->column);
}

void test_remarks() {
    constexpr Case domains[] = {{"file read /a/*", "warning 14"},
                                {"file read /a/\\*", nullptr},
                                {"file read /a/\\\\*", "warning 16"},
                                {"file rename /a\\* /b*", "warning 20"},
                                {"network inet stream bind/send 1.2.3.4 80", "error 26"},
                                {"network inet seqpacket bind 1.2.3.4 80", "error 14"},
                                {"network unix raw bind /a", "error 14"},
                                {"network unix seqpacket bind /a", nullptr},
                                {"delete network unix dgram listen /a", "error 27"},
                                {"use_profile 3 # text", "warning 15"},
                                {"delete use_group 1 text", "warning 20"},
                                {"file mkdir /a 0755", nullptr},
                                {"file read /a 1=2", nullptr}};
    for (const Case& one : domains)
        check(one.line, remark(Language::domains, one.line, false), one.expected);
    check("strict: directories", remark(Language::domains, "file mkdir /a 0755", true), "warning 12");
    check("strict: files", remark(Language::domains, "file symlink /a/", true), "warning 14");
    check("strict: procfs", remark(Language::domains, "file read /proc/stat", true), "warning 11");
    check("strict: numbers", remark(Language::domains, "file read /a 1=2", true), "warning 14");
    constexpr Case exceptions[] = {{"path_group A /x*", "warning 16"},
                                   {"path_group A @B", "warning 14"},
                                   {"<ns> acl_group 3 network inet dgram listen ::1 8", "error 37"},
                                   {"keep_domain <kernel> /a", nullptr}};
    for (const Case& one : exceptions)
        check(one.line, remark(Language::exceptions, one.line, false), one.expected);
    check("strict: short form", remark(Language::exceptions, "keep_domain <kernel> /a", true), "warning 24");
    constexpr Case profiles[] = {{"1-CONFIG={ mode=enforced }", "error 12"},
                                 {"1-CONFIG={ mode=enforcing, }", "warning 12"},
                                 {"1-CONFIG={ mode=enforcing unheard_of=1 }", "warning 27"},
                                 {"1-CONFIG={ reject_lg=yes }", "error 12"},
                                 {"1-CONFIG={ mode=enforcing grant_log=no reject_log=yes }", nullptr},
                                 {"1-CONFIG::file=use_default", nullptr},
                                 {"1-PREFERENCE={ max_audit_log=5 enforcing_penalty=1 }", "warning 32"}};
    for (const Case& one : profiles)
        check(one.line, remark(Language::profiles, one.line, false), one.expected);
}

// Each in the words of section 9 of the kernel ABI specification.
void test_mainline() {
    constexpr struct {
        Language language;
        Case is;
    } cases[] = {
        {Language::domains, {"file readx /a", "as 'file read /a'"}},
        {Language::domains, {"file read/nosuch/write /a", "as 'file read/write /a'"}},
        {Language::domains, {"file xread /a", nullptr}},
        {Language::domains, {"file read/ /a", "as 'file read /a'"}},
        {Language::domains, {"network inet stream bindx ::1 80", "as 'network inet stream bind ::1 80'"}},
        {Language::domains, {"quota_exceeded x", "as 'quota_exceeded'"}},
        {Language::domains, {"use_profile 3x", "as 'use_profile 3'"}},
        {Language::domains, {"use_profile 256", nullptr}},
        {Language::domains, {"file create /a 18446744073709551617", "as 'file create /a 1'"}},
        {Language::domains,
         {"network inet stream bind 1.2.3.5-1.2.3.4 80", "as something that never matches"}},
        {Language::domains, {"file create /a 5-1", nullptr}},
        {Language::domains, {"file read /a\\b", nullptr}},
        {Language::profiles, {"-COMMENT=x", "as '0-COMMENT=x'"}},
        {Language::exceptions, {"path_group A", "as something that never matches"}},
        {Language::exceptions, {"path_group A /x\\", "as something that never matches"}},
        {Language::exceptions, {"<k path_group A /x", "as '<kernel> path_group A /x'"}},
        {Language::exceptions, {"number_group A 5-1", nullptr}}};
    for (const auto& [language, is] : cases)
        check(is.line, taken_by_mainline(language, is.line).value_or(""), is.expected);
}

} // namespace

int main() {
    test_names();
    test_old_lines();
    test_values();
    test_remarks();
    test_mainline();
    is(advise(Language::domains, "file raed /" + std::string(5000, 'a')).kind, Advice::none,
       "a very long line gets no advice");
    about("a transposition is one slip");
    is(distance("kepe", "keep"), 1, named("kepe"));
    is(distance("", "abc"), 3, named("distance(\"\", \"abc\")"));
    is(distance("abc", "abc"), 0, named("abc"));
    return done();
}
