// SPDX-License-Identifier: GPL-2.0-only
// The string streams that CLI11 gets print what the library's would.
#include "tomoyo-box/cli/mini_stream.h"

#include "tests/unit/tap.h"

namespace {

template <typename... Items> std::string printed(const Items&... items) {
    mini::ostringstream out;
    out.precision(16);
    (out << ... << items);
    return out.str();
}

} // namespace

int main() {
    is(printed("a", 'b', std::string("c"), -4, 5U, true), "abc-451", "text, characters and integers");
    is(printed(3.0), "3", "a sum of flags is a number without a fraction, whatever type it has");
    is(printed(0.1), "0.1", "16 digits of a fraction");
    mini::stringstream escaped;
    escaped << mini::hex << 0x1fU << 10;
    is(escaped.str(), "1f10", "one number is hexadecimal");
    is(printed(mini::setw(3), "a", "b"), "  ab", "a width is for one item");

    mini::stringstream list;
    list.str("a,,b");
    std::string item;
    std::string items;
    while (mini::getline(list, item, ','))
        items += '[' + item + ']';
    is(items, "[a][][b]", "the pieces between delimiters");
    return done();
}
