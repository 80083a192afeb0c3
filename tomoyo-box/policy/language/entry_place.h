// SPDX-License-Identifier: GPL-2.0-only
// EntryPlace: where the parts of an entry are in its line. It holds for wrong lines too, and means nothing
// for lines that are no entries.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <string_view>

namespace policy {

struct EntryPlace {
    size_t entry;             // behind "delete ", the namespace and "acl_group N "
    size_t operations;        // of the list, "read/write"; the end of the line when there is none
    size_t operations_length; // 0: there is none
};

EntryPlace place_entry(Language language, std::string_view line);

} // namespace policy
