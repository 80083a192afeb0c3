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
    LineReader reader(fd.get(), "rules");
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
    ok(holds("header.contains granted=no") && holds("header.contains mode=enforcing granted=no") &&
           !holds("header.contains granted") && !holds("header.contains ranted=no"),
       "contains looks for whole words in a line");
    ok(holds("header[3].contains rofile") && !holds("header[3].contains granted"),
       "contains looks for any part of a single word");
    ok(holds("domain.equals <kernel> /usr/sbin/httpd") && !holds("domain.equals <kernel>") &&
           holds("domain[2].equals /usr/sbin/httpd") && !holds("domain[2].equals /usr/sbin"),
       "equals compares a whole line, or a whole word");
    ok(holds("acl.starts file read") && !holds("acl.starts file rea") && holds("acl[3].starts /tmp/") &&
           !holds("acl[3].starts tmp/"),
       "starts looks for whole words in front of a line, for any text in front of a word");
    ok(holds("acl[0].equals file read /tmp/a b"), "word 0 is the whole line");
    ok(!holds("acl[5].contains a") && !holds("acl[4294967295].starts b") && holds("acl[4].equals b"),
       "a word that is not there never matches");
}

void test_chunks() {
    AuditRules rules;
    ok(parse(rules, "# comment\n\nheader.contains granted=yes\ndestination /dev/null\n"
                    "header.contains profile=3\nacl[2].equals read\ndestination /var/log/a\\040b\n"
                    "destination /rest")
           .empty(),
       "conditions and destinations, the last without a newline");
    const std::string* reject = rules.destination(header, "<kernel>", "file read /a");
    ok(reject && *reject == "/var/log/a b", "the first rule whose conditions all hold decides");
    const std::string* other = rules.destination(header, "<kernel>", "file write /a");
    ok(other && *other == "/rest", "a destination without conditions takes what is left");
    ok((rules.destinations() == std::vector<std::string_view>{"/dev/null", "/var/log/a b", "/rest"}),
       "destinations come in the order of the rules");
    ok(!rules.unfinished() && !rules.add("acl.equals x") && rules.unfinished(),
       "conditions without a destination are noticed");
}

void test_problems() {
    ok(judged("header foo") == "7: '.contains', '.equals' or '.starts' is expected", "no operator");
    ok(judged("header[x].contains a") == "8: the number of a word is expected, from 1; 0 is the whole line",
       "no number");
    ok(judged("header[1.contains a") == "9: ']' is expected", "no bracket");
    ok(judged("header.contains") == "16: the text to compare with is missing", "no text");
    ok(judged("header[-1].contains a") != "", "a negative number");
    ok(judged("path.contains a") == "1: neither a directive nor a condition", "no such field");
    ok(judged("destination foo") == "13: an absolute path is expected", "a relative path");
    ok(judged("destination") == "12: an absolute path is expected", "no path");
    ok(judged("destination /tmp/a\\052b") ==
           "13: a path is one word, without wildcards; a blank in it is \\040",
       "a wrong escape");
    ok(judged("destination /tmp/a b") != "" && judged("destination /tmp/\\*") != "", "blanks and wildcards");
    AuditRules rules;
    const auto refused = parse(rules, "\nbad\ndestination /a\nworse\n");
    ok(refused.size() == 2 && refused[0].line == 2 && refused[1].line == 4 &&
           rules.destinations().size() == 1,
       "every wrong line is told with its number");
}

} // namespace

int main() {
    test_conditions();
    test_chunks();
    test_problems();
    AuditRules rules;
    ok(parse(rules, auditd_template).empty() && rules.destinations().size() == 5,
       "the file that init-policy writes is right");
    return done();
}
