// SPDX-License-Identifier: GPL-2.0-only
// Name forms: names that no object of an operation can have, because the kernel calls such objects otherwise
// (kernel ABI specification 3.5 to 3.8, 3.12).
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

struct NameForm {
    std::string_view name; // a part of the entry's line
    unsigned operations;   // those of the entry that never see it; 0: of no entry
    std::string now;       // what it is called
    std::string_view reason;
};

// Names of an entry; all are of the same operations. Empty: an object may have any of them.
std::vector<NameForm> odd_names(const tmy_entry& entry);

// A name that any operation may be about, as in a group.
std::optional<NameForm> odd_name(std::string_view name);

} // namespace policy
