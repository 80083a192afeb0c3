// SPDX-License-Identifier: GPL-2.0-only
// Selector: the conditions of tools/*.conf, "does this text occur there in a record": acl[2].starts /tmp/
//
// A record is a few texts, called fields. What they are is the business of whoever asks.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

struct Condition {
    enum How : uint8_t { contains, equals, starts };
    uint8_t field = 0; // which of the names that parse_condition() was given
    How how = contains;
    unsigned long word = 0; // from 1; 0 is the whole text, of which whole words are compared
    std::string text;

    bool holds(std::string_view field_text) const;
};

// FIELDS: their names. LINE must be normalized.
std::optional<Problem> parse_condition(std::string_view line, std::span<const std::string_view> fields,
                                       Condition& condition);

// Conditions that must all hold; none always do.
using Selector = std::vector<Condition>;
bool selects(const Selector& selector, std::span<const std::string_view> record);

} // namespace policy
