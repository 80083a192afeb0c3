// SPDX-License-Identifier: GPL-2.0-only
// Parts: where a run of letters and digits, or of other characters, ends.
#include "tomoyo-box/policy/rewrite/parts.h"

#include "tomoyo-box/base/text.h"

#include <algorithm>

namespace policy {

namespace {
bool alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
} // namespace

size_t character_length(std::string_view text) {
    if (text.front() != '\\' || text.size() == 1)
        return 1;
    return text[1] == '\\' ? 2 : std::min<size_t>(4, text.size());
}

size_t PartEnds::next() {
    if (at_ >= component_.size() || count_++ >= most)
        return 0;
    const bool kind = alphanumeric(component_[at_]);
    do
        at_ += character_length(component_.substr(at_));
    while (at_ < component_.size() && alphanumeric(component_[at_]) == kind);
    return at_;
}

} // namespace policy
