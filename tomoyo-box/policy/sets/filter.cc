// SPDX-License-Identifier: GPL-2.0-only
// How the filters of policy text read.
#include "tomoyo-box/policy/sets/filter.h"

namespace policy {

bool next_line(PolicyReader& reader, bool compat, ReadObserver& observer, std::string_view& line) {
    if (!reader.next_normalized(line) || (compat && !reader.has_newline()))
        return false;
    if (reader.had_nul() && !compat) {
        observer.warning(reader.where(line.size() + 1) +
                         ": it holds a NUL byte, which is written as \\000; mend the line");
        line = reader.with_spelt_nuls();
    }
    return true;
}

} // namespace policy
