// SPDX-License-Identifier: GPL-2.0-only
// LineReader: lines out of pieces of any size, and nothing lost at the end.
#include "tomoyo-box/policy/language/policy_reader.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"

#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

Fd file_with(const std::string& text) {
    Fd fd(memfd_create("lines", MFD_CLOEXEC));
    if (!write_all(fd.get(), text))
        return {};
    lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

std::vector<std::string> lines_of(const std::string& text) {
    const Fd fd = file_with(text);
    policy::PolicyReader reader(fd.get(), "text");
    std::vector<std::string> lines;
    std::string_view line;
    while (reader.next(line))
        lines.emplace_back(line);
    return lines;
}

using Lines = std::vector<std::string>;

void test_ends() {
    is(lines_of("").size(), 0, "an empty file has no line");
    is(lines_of("\n"), Lines{""}, "one newline is one empty line");
    is(lines_of("a\nb\n"), (Lines{"a", "b"}), "lines end at newlines");
    is(lines_of("a\nb"), (Lines{"a", "b"}), "D-03 a last line without newline counts");
}

void test_long_lines() {
    const std::string huge(1000000, 'x');
    is(lines_of("a\n" + huge + "\nb\n" + huge), (Lines{"a", huge, "b", huge}),
       "D-06 a line of 1 MB is not cut");
    std::string many;
    for (int i = 0; i < 100000; i++)
        many += std::to_string(i) + "\n";
    const Lines lines = lines_of(many);
    about("100,000 lines");
    is(lines.size(), 100000, named("lines.size()"));
    is(lines.back(), "99999", named("lines.back()"));
}

void test_position() {
    const std::string text = std::string(40000, ' ') + "first\n\n  file \t read /a \nlast";
    const Fd fd = file_with(text);
    policy::PolicyReader reader(fd.get(), "policy");
    std::string_view line;
    about("first line");
    ok(reader.next_normalized(line), named("reader.next_normalized(line)"));
    is(line, "first", named("line"));
    is(reader.number(), 1, named("reader.number()"));
    is(reader.offset(), 0, named("reader.offset()"));
    about("an empty line is a line");
    ok(reader.next_normalized(line), named("reader.next_normalized(line)"));
    is(line.size(), 0, named("line.empty()"));
    is(reader.offset(), 40006, named("reader.offset()"));
    about("where a line is");
    ok(reader.next_normalized(line), named("reader.next_normalized(line)"));
    is(line, "file read /a", named("line"));
    is(reader.where(), "policy:3", named("reader.where()"));
    const uint64_t offset = reader.offset();
    is(text.substr(offset, 6), "  file", "an offset leads back to the line");
    about("the end stays the end");
    ok(reader.next_normalized(line), named("reader.next_normalized(line)"));
    is(line, "last", named("line"));
    ok(!reader.next(line), named("reader.next(line)"));
    ok(!reader.next(line), named("reader.next(line)"));
}

} // namespace

int main() {
    test_ends();
    test_long_lines();
    test_position();
    return done();
}
