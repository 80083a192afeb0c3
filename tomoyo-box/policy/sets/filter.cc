// SPDX-License-Identifier: GPL-2.0-only
// How the filters of policy text read.
#include "tomoyo-box/policy/sets/filter.h"

#include "tomoyo-box/base/error.h"

namespace policy {

bool next_line(PolicyReader& reader, bool compat, std::string_view& line) {
    if (!reader.next_normalized(line) || (compat && !reader.has_newline()))
        return false;
    if (reader.had_nul() && !compat)
        throw Error(exit_trouble, reader.where(line.size() + 1) + ": it holds a NUL byte",
                    "what is behind it would be lost; mend the line");
    return true;
}

} // namespace policy
