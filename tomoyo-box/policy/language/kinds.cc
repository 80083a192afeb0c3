// SPDX-License-Identifier: GPL-2.0-only
// Kinds of policy: the search in their table.
#include "tomoyo-box/policy/language/kinds.h"

namespace policy {

const PolicyKind& kind_of(Language language) {
    const PolicyKind* kind = policy_kinds;
    while (kind->language != language)
        kind++;
    return *kind;
}

const PolicyKind* kind_of(char letter) {
    for (const PolicyKind& kind : policy_kinds)
        if (kind.letter == letter)
            return &kind;
    return nullptr;
}

} // namespace policy
