// SPDX-License-Identifier: GPL-2.0-only
// ProfileLine: namespace, number, key, value.
#include "tomoyo-box/policy/profile_line.h"

#include "tomoyo-box/policy/words.h"

#include <algorithm>

namespace policy {

ProfileLine parse_profile_line(std::string_view line) {
    ProfileLine parts;
    if (starts_domain(line))
        parts.space = take_word(line);
    const size_t equals = std::min(line.find('='), line.size());
    parts.key = line.substr(0, equals);
    if (equals < line.size()) {
        parts.has_value = true;
        parts.value = line.substr(equals + 1);
    }
    const size_t dash = std::min(parts.key.find('-'), parts.key.size());
    parts.profile = number_to_255(parts.key.substr(0, dash));
    if (parts.profile)
        parts.key.remove_prefix(std::min(dash + 1, parts.key.size()));
    return parts;
}

} // namespace policy
