// SPDX-License-Identifier: GPL-2.0-only
// Audit records taken apart, and what becomes of them as conditions.
#include "tomoyo-box/policy/audit/conditions.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"

#include <sys/mman.h>
#include <unistd.h>

namespace policy {

static std::string tap_show(const AuditItem& item) {
    return std::string(item.block).append(".").append(item.key).append("=").append(item.value);
}

} // namespace policy

namespace {

using namespace policy;

constexpr std::string_view begin =
    "#2026/11/21 19:03:24# profile=3 mode=enforcing granted=no (global-pid=107)";

// The records that are in TEXT, each as "DOMAIN|LINE|ITEMS", and what is wrong as "WHERE: REASON".
std::string read(std::string_view text) {
    const Fd fd(memfd_create("audit", MFD_CLOEXEC));
    if (!write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        return "no file";
    LineReader lines(fd.get(), "log");
    AuditReader reader(lines);
    AuditRecord record;
    std::optional<AuditProblem> problem;
    std::string found;
    while (reader.next(record, problem)) {
        if (problem)
            found += problem->where + ": " + problem->reason + "\n";
        else
            found +=
                record.domain + "|" + record.line + "|" + std::to_string(record.header.items.size()) + "\n";
    }
    return found;
}

std::string text_of(std::string_view words) { return std::string(begin) + std::string(words); }

std::string record(std::string_view words, std::string_view line) {
    return text_of(words) + "\n<kernel> /a\n" + std::string(line) + "\n";
}

bool parses(std::string_view words, AuditHeader& header, std::string& text) {
    text = text_of(words);
    return !parse(text, header);
}

// The column of what is wrong behind BEGIN; 0 when nothing is.
size_t wrong_at(std::string_view words) {
    AuditHeader header;
    const auto problem = parse(text_of(words), header);
    return problem ? problem->column - begin.size() : 0;
}

std::string all_of(std::string_view words, bool legacy = false) {
    AuditHeader header;
    std::string text;
    return parses(words, header, text) ? conditions(header, legacy ? Conditions::legacy : Conditions::all)
                                       : "none";
}

std::string exec_of(std::string_view words) {
    AuditHeader header;
    std::string text;
    return parses(words, header, text) ? exec_conditions(header) : "none";
}

void test_headers() {
    AuditHeader header;
    std::string text;
    about("a header says when");
    ok(parses(" task={ pid=1 } exec={ realpath=\"/b\" argc=2 argv[]={ \"a\" ... } envp[]={ } } s=\"\"",
              header, text),
       named(" task={ pid=1 } exec={ realpath=\"/b\" argc=2 argv[]={ \"a\" ... } envp[]={ } } s=\"\""));
    is(header.time, "2026/11/21 19:03:24", named("header.time"));
    const std::vector<AuditItem> expected = {
        {"", "profile", "3"},      {"", "mode", "enforcing"}, {"", "granted", "no"},
        {"", "global-pid", "107"}, {"task", "pid", "1"},      {"exec", "realpath", "\"/b\""},
        {"exec", "argc", "2"},     {"argv[]", "", "\"a\""},   {"argv[]", "", "..."},
        {"", "s", "\"\""},
    };
    is(header.items, expected, "each fact is in its block, lists are inside of exec");
    about("ABI 7.7 what the kernel prints when it could not read the arguments");
    ok(parses(" exec={ argv[]={ ... } envp[]= { ... } }", header, text),
       named(" exec={ argv[]={ ... } envp[]= { ... } }"));
    is(header.items.back().block, "envp[]", named("header.items.back().block"));
    about("an argument is not taken for the end or the begin of a block");
    ok(parses(" exec={ argv[]={ \"}\" \"x={\" \"a\"q\" } }", header, text),
       named(" exec={ argv[]={ \"}\" \"x={\" \"a\"q\" } }"));
    is(header.items.size(), 7, named("header.items.size()"));
}

void test_wrong_headers() {
    AuditHeader header;
    about("a header begins with a '#'");
    is(parse("", header)->column, 1, named("parse(\"\", header)->column"));
    is(parse("x", header)->column, 1, named("x"));
    is(parse("#2026", header)->column, 6, "the time needs its end");
    is(wrong_at(""), 0, "a header needs no blocks");
    is(wrong_at(" task={ pid=1"), 14, "a block that is not closed is wrong at its end");
    is(wrong_at(" task={ pid=1 } }"), 17, "an end without begin");
    about("only lists are inside of a block");
    is(wrong_at(" task={ pid=1 path1={ } }"), 15, named(" task={ pid=1 path1={ } }"));
    is(wrong_at(" exec={ a[]={ } b={ } }"), 17, named(" exec={ a[]={ } b={ } }"));
    about("what is quoted is quoted at both ends");
    is(wrong_at(" exec={ argv[]={ \"a } }"), 18, named(" exec={ argv[]={ \"a } }"));
    is(wrong_at(" a=\""), 2, named(" a=\""));
    is(wrong_at(" a[]={ x }"), 8, named(" a[]={ x }"));
    about("names and values");
    is(wrong_at(" ={ }"), 2, named(" ={ }"));
    is(wrong_at(" =1"), 2, named(" =1"));
    is(wrong_at(" a="), 2, named(" a="));
    is(wrong_at(" a"), 2, named(" a"));
}

void test_files() {
    const std::string a = record("", "file read /a"), b = record("", "file read /b");
    constexpr const char* both = "<kernel> /a|file read /a|4\n<kernel> /a|file read /b|4\n";
    is(read(a + "\n" + b + "\n"), both, "U-201 a file of tomoyo-auditd");
    about("U-201 raw records");
    is(read(a + '\0' + b + '\0'), both, named("read(a + '\\0' + b + '\\0')"));
    is(read(a + '\0' + '\0' + '\n' + b), both, named("read(a + '\\0' + '\\0' + '\\n' + b)"));
    is(read(a + b), both, "nothing between records");
    is(read(a + b.substr(0, b.size() - 1)), both, "D-03 the end of the file ends a line");
    about("files without records");
    is(read(""), "", named("read(\"\").empty()"));
    is(read("\n\n"), "", named("\n\n"));
    is(read({"\0\0", 2}), "", named("\0\0"));
    is(read(text_of(" task={ pid=1 } ") + "\r\n<kernel>  /a\t\n file  read /a \n"),
       "<kernel> /a|file read /a|5\n", "blanks are those of the policy language");
    const std::string big(1 << 20, 'x');
    is(read(record("", "file read /" + big) + '\0' + b),
       "<kernel> /a|file read /" + big + "|4\n" + "<kernel> /a|file read /b|4\n", "a record of a megabyte");
}

void test_wrong_files() {
    const std::string good = record("", "file read /a");
    constexpr const char* found = "<kernel> /a|file read /a|4\n";
    const std::string no_domain = ": the record ends before the name of its domain\n";
    const std::string no_line = ": the record ends before its line of policy\n";
    const std::string header = text_of("\n");
    about("a record that the end of the file cuts");
    is(read(header), "log:1" + no_domain, named("read(header)"));
    is(read(header + "<kernel> /a\n"), "log:2" + no_line, named("<kernel> /a\n"));
    about("a record that a NUL byte cuts");
    is(read(header + '\0' + good), "log:2" + no_domain + found, named("read(header + '\\0' + good)"));
    is(read(text_of("") + '\0' + good), "log:1" + no_domain + found,
       named("read(text_of(\"\") + '\\0' + good)"));
    about("a record that the next one cuts");
    is(read(header + good), "log:2" + no_domain + found, named("read(header + good)"));
    is(read(header + "<kernel>\n" + good), "log:3" + no_line + found, named("<kernel>\n"));
    is(read("x\ny\n" + good + "z\n" + good),
       "log:1: it is not part of a record, which begins with '#'\n" + std::string(found) +
           "log:6: it is not part of a record, which begins with '#'\n" + found,
       "what is between records is reported once");
    is(read(header + "x\nfile read /a\n\n" + good),
       "log:2: it is not the name of a domain\n" + std::string(found), "a record without domain");
    is(read(std::string(2, '\0') + text_of("  a\n") + good),
       "log:1:79: it is neither KEY=VALUE nor a block\n" + std::string(found),
       "columns are those of the file");
}

void test_conditions() {
    is(all_of(
           " task={ pid=1 type=execute_handler } path1={ uid=2 } path1.parent={ perm=01777 } path2={ ino=3 }"
           " path2.parent={ gid=4 } symlink.target=\"a\\040b\""),
       " task.pid=1 task.type=execute_handler path1.uid=2 path1.parent.perm=01777 path2.ino=3 "
       "path2.parent.gid=4"
       " symlink.target=\"a\\040b\"",
       "4.18 everything there are conditions for, in the order of the header");
    is(all_of(" path3={ uid=1 } x=1"), "", "4.18 and nothing else");
    constexpr const char* program =
        " exec={ realpath=\"/b\" argc=2 envc=4 argv[]={ \"a\" \"b\" } envp[]={ \"A=x=y\" "
        "\"B=\" \"=c\" \"d\" } }";
    const std::string all =
        " exec.realpath=\"/b\" exec.argc=2 exec.envc=4 exec.argv[0]=\"a\" exec.argv[1]=\"b\" "
        "exec.envp[\"A\"]=\"x=y\" exec.envp[\"B\"]=\"\"";
    is(all_of(program), all, "4.18 a program");
    is(all_of(program, true), all + " exec.envp[\"\"]=\"c\"", "4.18 a variable without name");
    is(exec_of(program),
       " exec.realpath=\"/b\" exec.argc=2 exec.argv[0]=\"a\" exec.argv[1]=\"b\" exec.envc=4 "
       "exec.envp[\"A\"]=\"x=y\"",
       "4.19 a program");
    constexpr const char* shortened =
        " exec={ realpath=\"/b\" argc=2 envc=1 argv[]={ \"a\" ... } envp[]={ \"A=1\" } }";
    about("variables behind arguments that the kernel has shortened");
    finishes(all_of(shortened), " exec.argv[0]=\"a\" exec.envp[\"A\"]=\"1\"",
             named(" exec.argv[0]=\"a\" exec.envp[\"A\"]=\"1\""));
    finishes(all_of(shortened, true), " exec.argv[0]=\"a\"", named(" exec.argv[0]=\"a\""));
    is(exec_of(" exec={ realpath=\"/b\" argc=2 envc=1 argv[]={ ... } envp[]= { ... } }"),
       " exec.realpath=\"/b\" exec.argc=2 exec.envc=1", "4.19 arguments that the kernel could not read");
    about("4.19 no program");
    is(exec_of(" exec={ argc=2 envc=1 }"), "", named(" exec={ argc=2 envc=1 }"));
    is(exec_of(" task={ pid=1 }"), "", named(" task={ pid=1 }"));
}

// One truth: the kernel takes what we print.
void test_engine() {
    const std::string line =
        "file execute /b" +
        all_of(" task={ pid=1 ppid=0 uid=0 } path1={ uid=0 gid=0 ino=3 major=0 minor=2 perm=0755 type=char "
               "dev_major=1"
               " dev_minor=3 } path1.parent={ uid=0 gid=0 ino=42 perm=01777 } exec={ realpath=\"/b\" argc=2 "
               "envc=3"
               " argv[]={ \"a\\\\b\\040\"q\" \"\" } envp[]={ \"A=\\303\\251\" \"B=\" \"=c\" } }");
    DomainLine parsed;
    const auto problem = parse(line, parsed);
    if (problem)
        printf("# column %zu of %s: %s\n", problem->column, line.c_str(), problem->reason);
    about("what is printed is policy");
    ok(!problem, named("problem"));
    is(parsed.type, TMY_LINE_ENTRY, named("parsed.type"));
}

} // namespace

int main() {
    test_headers();
    test_wrong_headers();
    test_files();
    test_wrong_files();
    test_conditions();
    test_engine();
    return done();
}
