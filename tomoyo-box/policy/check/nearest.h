// SPDX-License-Identifier: GPL-2.0-only
// Nearest: which words of the policy language may have been meant by one that is not known.
#pragma once

#include <string_view>
#include <vector>

namespace policy {

// The words that a slip or two of the finger lead to, nearest first; of a keyword its last part is near, too:
// "uid". Not WORD itself.
std::vector<std::string_view> nearest_words(std::string_view word);

bool is_known_word(std::string_view word);

} // namespace policy
