// SPDX-License-Identifier: GPL-2.0-only
// What checks print in C++ when they fail: this program runs itself, failing, and looks at that.
#include "tests/unit/tap.h"

#include <cstdio>
#include <vector>

namespace {

using namespace std::string_view_literals;

void fail_on_purpose() {
    is("a\0b"sv, "a\0c"sv, "a NUL inside");
    is(std::string("abc"), "abd", "string and literal");
    is(static_cast<const char*>(nullptr), "", "NULL is not empty");
    is(-1, 4294967295U, "signed and unsigned");
    is(std::optional<unsigned>(), 7U, "nothing");
    is(std::vector<std::string>{"a", "b"}, std::vector<std::string>{"a"}, "a list");
    is(std::string(200, 'x'), std::string(100, 'x') + 'y' + std::string(99, 'x'), "long text");
    isnt(true, true, "not this");
    begins("abc", "bc", "the start");
    finishes("abc", "ab", "the end");
    has("abc", "d", "a part");
    lacks("abc", "b", "no part");
}

constexpr std::string_view expected =
    "not ok 1 - a NUL inside\n#  got: \"a\\000b\"\n# want: \"a\\000c\"\n"
    "not ok 2 - string and literal\n#  got: \"abc\"\n# want: \"abd\"\n"
    "not ok 3 - NULL is not empty\n#  got: NULL\n# want: \"\"\n"
    "not ok 4 - signed and unsigned\n#  got: \"-1\"\n# want: \"4294967295\"\n"
    "not ok 5 - nothing\n#  got: \"nothing\"\n# want: \"7\"\n"
    "not ok 6 - a list\n#  got: \"{\"a\", \"b\"}\"\n# want: \"{\"a\"}\"\n"
    "not ok 7 - long text\n"
    "#  got: ...\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...\n"
    "# want: ...\"xxxxxxxxxxxxxxxxxxxxxxxxyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...\n"
    "# first difference at byte 100 of 200, wanted 200\n"
    "not ok 8 - not this\n# unwanted: \"true\"\n"
    "not ok 9 - the start\n#  got: \"abc\"\n# want at its start: \"bc\"\n"
    "not ok 10 - the end\n#  got: \"abc\"\n# want at its end: \"ab\"\n"
    "not ok 11 - a part\n#  got: \"abc\"\n# want in it: \"d\"\n"
    "not ok 12 - no part\n#  got: \"abc\"\n# unwanted in it: \"b\"\n"
    "1..12\n";

// What this program prints when it fails, without the places; PLACES: how many of these were there.
std::string failures(const char* self, size_t& places) {
    std::string output;
    FILE* pipe = popen(formatted("'%s' fail", self), "r");
    char line[512];
    while (pipe && fgets(line, sizeof(line), pipe)) {
        const bool place = std::string_view(line).starts_with("# failed at tests/unit/tap_cxx.cc:");
        places += place;
        if (!place)
            output += line;
    }
    if (pipe)
        pclose(pipe);
    return output;
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1) {
        fail_on_purpose();
        return done();
    }
    size_t places = 0;
    is(failures(argv[0], places), expected, "each failure prints what it got and what it wanted");
    is(places, 12, "and where it is");
    is(std::string_view(), "", "text without memory is empty text");
    is(std::optional<int>(3), 3, "a value and an optional one");
    is(std::vector<int>{1, 2}, std::vector<int>{1, 2}, "equal lists");
    return done();
}
