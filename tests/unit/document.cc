// SPDX-License-Identifier: GPL-2.0-only
// Documents: every line in its order, whatever it says, and the parts about each domain.
#include "tomoyo-box/policy/language/document.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;

Document document(Language language, std::string_view text) {
    const Fd fd(memfd_create("document", MFD_CLOEXEC));
    if (!write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        abort();
    policy::PolicyReader reader(fd.get(), "file");
    return {language, reader};
}

// The lines as they are written, which put together are the text again.
std::string whole(const Document& lines) {
    std::string text;
    for (size_t i = 0; i < lines.size(); i++)
        text.append(lines.raw(i)).append(i + 1 < lines.size() || lines.complete() ? "\n" : "");
    return text;
}

// The parts: "HEADING:LINES ".
std::string parts(const Document& lines) {
    std::string text;
    lines.each_domain([&](size_t first, size_t last) {
        text.append(lines.text(first)).append(":").append(std::to_string(last - first - 1)).append(" ");
    });
    return text;
}

void test_lines() {
    for (const char* text :
         {"", "\n", "\n\n", "a", "a\n", " a\n\n# b\t\n\tfile  read /a \n", "\n \n", "a\n "}) {
        const Document lines = document(Language::domains, text);
        is(whole(lines), text, "nothing is lost");
    }
    using namespace std::string_view_literals;
    const Document lines =
        document(Language::domains,
                 "# head\n<kernel> /a\n\n  file  read\t/a\nbogus x\nfile read /b\0c\nuse_profile 1"sv);
    about("seven lines, the last without a newline");
    is(lines.size(), 7, named("lines.size()"));
    ok(!lines.complete(), named("lines.complete()"));
    about("as written, and normalized");
    is(lines.raw(3), "  file  read\t/a", named("lines.raw(3)"));
    is(lines.text(3), "file read /a", named("lines.text(3)"));
    is(lines.text(1), "<kernel> /a", named("lines.text(1)"));
    about("a NUL is kept");
    is(lines.raw(5), std::string_view("file read /b\0c", 14), named("lines.raw(5)"));
    is(lines.text(5), "file read /b", named("lines.text(5)"));
    std::string kinds;
    lines.each([&](size_t, const Line& line) { kinds += std::to_string(line.index()) + " "; });
    is(kinds, "1 3 0 3 8 8 3 ", "comment, domain, blank, entry, two problems, profile");
    const auto problems = lines.problems();
    about("problems know where they are");
    is(problems.size(), 2, named("problems.size()"));
    is(problems[0].line, 4, named("problems[0].line"));
    is(lines.where(4, problems[0].problem), "file:5:1", named("lines.where(4, problems[0].problem)"));
    is(lines.where(5, problems[1].problem), "file:6:13", named("lines.where(5, problems[1].problem)"));
}

void test_domains() {
    is(parts(document(Language::domains,
                      "file read /x\n<kernel>\nuse_profile 0\n\n<kernel> /a\n<kernel> b\nfile read /b\n"
                      "delete <kernel> /c\n#\nselect <kernel> /a\nfile read /c\n<kernel>\n")),
       "<kernel>:2 <kernel> /a:0 <kernel> b:1 delete <kernel> /c:1 select <kernel> /a:1 <kernel>:0 ",
       "parts begin with what says which domain they are about");
    is(parts(document(Language::exceptions, "<kernel> path_group A /a\n")), "",
       "only domain policy has domains");
}

void test_large() {
    std::string text;
    for (int i = 0; i < 100000; i++)
        text += "<kernel> /d/" + std::to_string(i) + "\nuse_profile 1\n\nfile read /" + std::to_string(i) +
                "\n\n";
    text += "<kernel> /last\nfile read /" + std::string(1000000, 'x') + "\n";
    const Document lines = document(Language::domains, text);
    size_t domains = 0, entries = 0;
    lines.each_domain([&](size_t first, size_t last) {
        domains++;
        for (size_t i = first; i < last; i++) {
            const Line line = lines.line(i);
            const auto* domain = std::get_if<DomainLine>(&line);
            entries += domain && domain->type == TMY_LINE_ENTRY;
        }
    });
    about("100,000 domains and a line of a megabyte");
    is(domains, 100001, named("domains"));
    is(entries, 100001, named("entries"));
    about("without a problem, and all there");
    is(lines.problems().size(), 0, named("lines.problems().empty()"));
    is(whole(lines), text, named("whole(lines)"));
}

} // namespace

int main() {
    test_lines();
    test_domains();
    test_large();
    return done();
}
