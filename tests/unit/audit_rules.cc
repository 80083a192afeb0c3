// SPDX-License-Identifier: GPL-2.0-only
// auditd.conf: which file a record goes to, and what is wrong in a line.
#include "tomoyo-box/policy/audit/rules.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/template/template.h"

#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;

std::vector<Refusal> parse(AuditRules& rules, std::string_view text) {
    const Fd fd(memfd_create("rules", MFD_CLOEXEC));
    if (!write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        return {{0, {"no file", 0}}};
    policy::PolicyReader reader(fd.get(), "rules");
    return rules.parse(reader);
}

constexpr const char* header = "#2026/11/21 19:02:41# profile=3 mode=enforcing granted=no";

// Where a record goes by one condition, of which nothing is behind.
bool holds(const std::string& condition) {
    AuditRules rules;
    if (!parse(rules, condition + "\ndestination /yes\n").empty())
        return false;
    return rules.destination(header, "<kernel> /usr/sbin/httpd", "file read /tmp/a b") != nullptr;
}

// "COLUMN: REASON", or nothing.
std::string judged(std::string_view line) {
    AuditRules rules;
    const auto problem = rules.add(line);
    return problem ? std::to_string(problem->column) + ": " + problem->reason : "";
}

void test_conditions() {
    about("contains looks for whole words in a line");
    ok(holds("header.contains granted=no"), named("header.contains granted=no"));
    ok(holds("header.contains mode=enforcing granted=no"),
       named("header.contains mode=enforcing granted=no"));
    ok(!holds("header.contains granted"), named("header.contains granted"));
    ok(!holds("header.contains ranted=no"), named("header.contains ranted=no"));
    about("contains looks for any part of a single word");
    ok(holds("header[3].contains rofile"), named("header[3].contains rofile"));
    ok(!holds("header[3].contains granted"), named("header[3].contains granted"));
    about("equals compares a whole line, or a whole word");
    ok(holds("domain.equals <kernel> /usr/sbin/httpd"), named("domain.equals <kernel> /usr/sbin/httpd"));
    ok(!holds("domain.equals <kernel>"), named("domain.equals <kernel>"));
    ok(holds("domain[2].equals /usr/sbin/httpd"), named("domain[2].equals /usr/sbin/httpd"));
    ok(!holds("domain[2].equals /usr/sbin"), named("domain[2].equals /usr/sbin"));
    about("starts looks for whole words in front of a line, for any text in front of a word");
    ok(holds("acl.starts file read"), named("acl.starts file read"));
    ok(!holds("acl.starts file rea"), named("acl.starts file rea"));
    ok(holds("acl[3].starts /tmp/"), named("acl[3].starts /tmp/"));
    ok(!holds("acl[3].starts tmp/"), named("acl[3].starts tmp/"));
    ok(holds("acl[0].equals file read /tmp/a b"), "word 0 is the whole line");
    about("a word that is not there never matches");
    ok(!holds("acl[5].contains a"), named("acl[5].contains a"));
    ok(!holds("acl[4294967295].starts b"), named("acl[4294967295].starts b"));
    ok(holds("acl[4].equals b"), named("acl[4].equals b"));
}

void test_chunks() {
    AuditRules rules;
    is(parse(rules, "# comment\n\nheader.contains granted=yes\ndestination /dev/null\n"
                    "header.contains profile=3\nacl[2].equals read\ndestination /var/log/a\\040b\n"
                    "destination /rest")
           .size(),
       0, "conditions and destinations, the last without a newline");
    const std::string* reject = rules.destination(header, "<kernel>", "file read /a");
    about("the first rule whose conditions all hold decides");
    ok(reject, named("reject"));
    is(*reject, "/var/log/a b", named("*reject"));
    const std::string* other = rules.destination(header, "<kernel>", "file write /a");
    about("a destination without conditions takes what is left");
    ok(other, named("other"));
    is(*other, "/rest", named("*other"));
    is(rules.destinations(), std::vector<std::string_view>{"/dev/null", "/var/log/a b", "/rest"},
       "destinations come in the order of the rules");
    about("conditions without a destination are noticed");
    ok(!rules.unfinished(), named("rules.unfinished()"));
    ok(!rules.add("acl.equals x"), named("acl.equals x"));
    ok(rules.unfinished(), named("rules.unfinished()"));
}

void test_problems() {
    is(judged("header foo"), "7: '.contains', '.equals' or '.starts' is expected", "no operator");
    is(judged("header[x].contains a"), "8: the number of a word is expected, from 1; 0 is the whole line",
       "no number");
    is(judged("header[1.contains a"), "9: ']' is expected", "no bracket");
    is(judged("header.contains"), "16: the text to compare with is missing", "no text");
    isnt(judged("header[-1].contains a"), "", "a negative number");
    is(judged("path.contains a"), "1: neither a directive nor a condition", "no such field");
    is(judged("destination foo"), "13: an absolute path is expected", "a relative path");
    is(judged("destination"), "12: an absolute path is expected", "no path");
    is(judged("destination /tmp/a\\052b"),
       "13: a path is one word, without wildcards; a blank in it is \\040", "a wrong escape");
    about("blanks and wildcards");
    isnt(judged("destination /tmp/a b"), "", named("destination /tmp/a b"));
    isnt(judged("destination /tmp/\\*"), "", named("destination /tmp/\\*"));
    AuditRules rules;
    const auto refused = parse(rules, "\nbad\ndestination /a\nworse\n");
    about("every wrong line is told with its number");
    is(refused.size(), 2, named("refused.size()"));
    is(refused[0].line, 2, named("refused[0].line"));
    is(refused[1].line, 4, named("refused[1].line"));
    is(rules.destinations().size(), 1, named("rules.destinations().size()"));
}

} // namespace

int main() {
    test_conditions();
    test_chunks();
    test_problems();
    AuditRules rules;
    about("the file that init-policy writes is right");
    is(parse(rules, auditd_template).size(), 0, named("parse(rules, auditd_template).empty()"));
    is(rules.destinations().size(), 5, named("rules.destinations().size()"));
    return done();
}
