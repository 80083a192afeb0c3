// SPDX-License-Identifier: GPL-2.0-only
// Unpacked: where the operations of a line are, and a line for each.
#include "tomoyo-box/policy/sets/unpack.h"

#include "tomoyo-box/policy/language/words.h"

#include <algorithm>

namespace policy {

namespace {

// LINE becomes what begins with its list of operations; false when it can have none.
bool find_operations(std::string_view& line) {
    const bool has_namespace = line.starts_with('<');
    if (has_namespace) {
        if (!starts_domain(line))
            return false;
        take_word(line);
    }
    if (strip(line, "acl_group ")) {
        const auto group = scanned_number(line);
        if (!group || *group > 255)
            return false;
        take_word(line);
    } else if (has_namespace) {
        return false;
    }
    if (strip(line, "file "))
        return true;
    if (!strip(line, "network "))
        return false;
    take_word(line); // the family
    take_word(line); // the type
    return true;
}

} // namespace

void Unpacked::start(std::string_view line) {
    line_ = line;
    front_ = 0;
    packed_ = any_ = lacks_operation_ = false;
    more_ = true;
    std::string_view tail = line;
    if (!find_operations(tail))
        return;
    operations_ = tail.substr(0, tail.find(' '));
    if (operations_.size() == tail.size() || operations_.find('/') == std::string_view::npos)
        return;
    packed_ = true;
    front_ = line.size() - tail.size();
    tail_ = tail.substr(operations_.size());
}

bool Unpacked::next(std::string_view& line) {
    if (!more_)
        return false;
    if (!packed_) {
        more_ = false;
        line = line_;
        return true;
    }
    const size_t slashes = std::min(operations_.find_first_not_of('/'), operations_.size());
    operations_.remove_prefix(slashes);
    if (operations_.empty() && (slashes > 0 || !compat_)) {
        more_ = false;
        lacks_operation_ = compat_ || !any_;
        line = line_;
        return lacks_operation_ && !compat_;
    }
    const size_t end = operations_.find('/');
    more_ = end != std::string_view::npos;
    any_ = true;
    buffer_ = line_.substr(0, front_);
    buffer_ += operations_.substr(0, end);
    buffer_ += tail_;
    operations_.remove_prefix(more_ ? end + 1 : operations_.size());
    line = buffer_;
    return true;
}

} // namespace policy
