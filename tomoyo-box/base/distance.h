// SPDX-License-Identifier: GPL-2.0-only
// Distance: how far a mistyped word is from one that is known.
#pragma once

#include <cstddef>
#include <string_view>

// Edit distance with transpositions: how many slips of the finger lie between two names.
size_t distance(std::string_view a, std::string_view b);
