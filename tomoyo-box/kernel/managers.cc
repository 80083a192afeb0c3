// SPDX-License-Identifier: GPL-2.0-only
// Managers: a program is one by its real path, or by its domain.
#include "tomoyo-box/kernel/managers.h"

#include "tomoyo-box/policy/language/words.h"

namespace {

bool has_line(std::string_view text, std::string_view wanted) {
    bool found = false;
    for_each_line(text, [&](std::string_view line) { found |= line == wanted; });
    return found;
}

} // namespace

bool Managers::may_change(const std::string& real, const std::string& called) const {
    const std::string name = policy::encode(called);
    return has_line(managers_, policy::encode(real)) ||
           (has_line(managers_, "<kernel> " + name) &&
            has_line(exceptions_, "initialize_domain " + name + " from any"));
}
