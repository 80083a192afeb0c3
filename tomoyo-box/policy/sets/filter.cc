// SPDX-License-Identifier: GPL-2.0-only
// How the filters of policy text read.
#include "tomoyo-box/policy/sets/filter.h"

#include "tomoyo-box/base/output.h"

#include <unistd.h>

namespace policy {

Input filter_input(const std::string& path) {
    if (path == "-" && isatty(STDIN_FILENO))
        warn("reading policy from the terminal; end with Ctrl-D");
    return {path, false};
}

bool next_line(LineReader& reader, bool compat, std::string_view& line) {
    if (!reader.next_normalized(line) || (compat && !reader.has_newline()))
        return false;
    if (reader.had_nul() && !compat) {
        warn("{}: it holds a NUL byte, which is written as \\000; mend the line",
             reader.where(line.size() + 1));
        line = reader.with_spelt_nuls();
    }
    return true;
}

} // namespace policy
