// SPDX-License-Identifier: GPL-2.0-only
// SuggestedPolicy: words of lines, replaced.
#include "tomoyo-box/policy/rewrite/apply.h"

#include "tomoyo-box/base/text.h"

namespace policy {

SuggestedPolicy::SuggestedPolicy(const Suggester& suggester, std::span<const Suggestion> suggestions)
    : suggester_(suggester) {
    std::vector<Change> changes;
    std::vector<Suggester::Key> order;
    for (const Suggestion& suggestion : suggestions)
        if (suggestion.refused_by.empty())
            for (const Suggestion::Line& line : suggestion.lines)
                for (const uint32_t number : line.covered) {
                    order.push_back({uint64_t{suggester.place(number)} << 16 | line.word,
                                     static_cast<uint32_t>(changes.size())});
                    changes.push_back({suggester.place(number), number, line.word, &suggestion.pattern});
                }
    Suggester::sort(order);
    for (const Suggester::Key& key : order)
        changes_.push_back(changes[key.name]);
}

std::string_view SuggestedPolicy::next(std::string_view line) {
    const uint32_t place = read_++;
    if (at_ == changes_.size() || changes_[at_].place != place)
        return line;
    std::string_view rest = suggester_.line(changes_[at_].line); // without "acl_group N" in front
    buffer_.assign(line, 0, line.size() - rest.size());
    for (size_t word = 1; !rest.empty(); word++) {
        const std::string_view text = take_word(rest);
        buffer_.append(word > 1 ? " " : "");
        if (at_ < changes_.size() && changes_[at_].place == place && changes_[at_].word == word)
            buffer_ += *changes_[at_++].pattern;
        else
            buffer_ += text;
    }
    return buffer_;
}

} // namespace policy
