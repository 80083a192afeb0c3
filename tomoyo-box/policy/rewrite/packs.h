// SPDX-License-Identifier: GPL-2.0-only
// Packs: rules for patternize that come with us, each for one kind of names that differ from run to run.
#pragma once

#include "tomoyo-box/policy/rewrite/rules.h"

#include <span>
#include <string_view>

namespace policy {

struct RewritePack {
    std::string_view name;
    std::string_view summary; // a sentence
    bool by_default;          // in force without a configuration, and what init-policy writes into one
    std::string_view rules;   // lines of patternize.conf
};

std::span<const RewritePack> rewrite_packs(); // in the order in which they are applied
const RewritePack* find_pack(std::string_view name);

void add_pack(RewriteRules& rules, const RewritePack& pack);

} // namespace policy
