// SPDX-License-Identifier: GPL-2.0-only
// Nearest: the words are those of the engine's tables.
#include "tomoyo-box/policy/check/nearest.h"

#include "lsm/engine/operation.h"
#include "tomoyo-box/base/distance.h"
#include "tomoyo-box/policy/language/line.h"

#include <bit>

namespace policy {

namespace {

constexpr size_t npos = std::string_view::npos;
constexpr size_t longest_word = 40; // of those that are known

// Words of the policy language that are no entries of the engine's tables.
constexpr std::string_view plain_names[] = {
    "file",
    "network",
    "misc",
    "task",
    "inet",
    "unix",
    "use_profile",
    "use_group",
    "from",
    "any",
    "grant_log",
    "quota_exceeded",
    "select",
    "delete",
    "COMMENT",
    "PREFERENCE",
    "CONFIG",
    "CONFIG::",
    "exec.realpath",
    "symlink.target",
    "NULL",
    "acl_group",
    "PROFILE_VERSION",
    "transition_failed",
};

// Calls visit(name) for every word that means something somewhere.
template <typename Visit> void each_name(Visit visit) {
    for (const std::string_view name : plain_names)
        visit(name);
    for (unsigned kind = 0; kind < TMY_KINDS; kind++)
        for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(kind)); i++)
            visit(view(tmy_operation_word(static_cast<tmy_kind>(kind), i)));
    for (unsigned i = 0; i < TMY_PROTOCOLS; i++)
        visit(view(tmy_protocol_word(static_cast<tmy_protocol>(i))));
    for (unsigned i = 0; i < TMY_EXCEPTIONS; i++)
        visit(view(tmy_exception_word(static_cast<tmy_exception_type>(i))));
    for (unsigned i = TMY_KEEP; i <= TMY_PARENT; i++)
        visit(view(tmy_transition_word(static_cast<tmy_transition_type>(i))));
    for (unsigned i = 0; i < TMY_KEYWORDS; i++)
        visit(view(tmy_keyword_word(static_cast<tmy_keyword>(i))));
    for (unsigned i = 0; i < TMY_ITEM_CONFIG; i++)
        visit(view(tmy_item_name(static_cast<tmy_item>(i))));
}

// Which letters a word has; each slip of the finger changes two of them at most.
uint32_t letters(std::string_view word) {
    uint32_t set = 0;
    for (const char c : word)
        set |= 1u << (c & 31);
    return set;
}

} // namespace

std::vector<std::string_view> nearest_words(std::string_view word) {
    if (word.empty() || word.size() > longest_word)
        return {};
    std::vector<std::string_view> near;
    std::vector<size_t> distances; // of those in NEAR
    const size_t limit = 1 + word.size() / 4;
    const uint32_t has = letters(word);
    each_name([&](std::string_view name) {
        const bool far = std::popcount(letters(name) ^ has) > 2 * static_cast<int>(limit);
        size_t slips = far ? limit + 1 : distance(word, name);
        if (name.size() > word.size() + 1 && name.ends_with(word) &&
            std::string_view("._:").find(name[name.size() - word.size() - 1]) != npos)
            slips = 1;
        else if (slips == 0 || slips > limit || slips >= word.size())
            return;
        size_t at = near.size();
        while (at > 0 && distances[at - 1] > slips)
            at--;
        near.insert(near.begin() + static_cast<ptrdiff_t>(at), name);
        distances.insert(distances.begin() + static_cast<ptrdiff_t>(at), slips);
    });
    return near;
}

bool is_known_word(std::string_view word) {
    bool known = false;
    each_name([&](std::string_view name) { known |= name == word; });
    return known;
}

} // namespace policy
