// SPDX-License-Identifier: GPL-2.0-only
// Document: the lines of a policy file and where they are.
#include "tomoyo-box/policy/language/document.h"

#include <fmt/core.h>

#include <algorithm>

namespace policy {

Document::Document(Language language, PolicyReader& reader) : language_(language), name_(reader.name()) {
    for (std::string_view line; reader.next_normalized(line);) {
        if (reader.raw() != line || reader.had_nul()) {
            rewritten_.push_back({starts_.size(), rewritten_text_.size(), line.size(), reader.had_nul()});
            rewritten_text_ += line;
        }
        starts_.push_back(text_.size());
        text_ += reader.raw();
        complete_ = reader.has_newline();
        if (complete_)
            text_ += '\n';
    }
}

std::string_view Document::raw(size_t i) const {
    const size_t end = i + 1 < size() ? starts_[i + 1] - 1 : text_.size() - complete_;
    return std::string_view(text_).substr(starts_[i], end - starts_[i]);
}

const Document::Rewritten* Document::rewritten(size_t i) const {
    const auto at = std::lower_bound(rewritten_.begin(), rewritten_.end(), i,
                                     [](const Rewritten& one, size_t line) { return one.line < line; });
    return at != rewritten_.end() && at->line == i ? &*at : nullptr;
}

std::string_view Document::text(size_t i) const {
    const Rewritten* const other = rewritten(i);
    return other ? std::string_view(rewritten_text_).substr(other->at, other->length) : raw(i);
}

Line Document::line(size_t i) const {
    const Rewritten* const other = rewritten(i);
    if (other && other->had_nul)
        return Problem{"it holds a NUL byte", other->length + 1};
    return parse_line(language_, text(i));
}

std::string Document::where(size_t i) const { return fmt::format("{}:{}", name_, i + 1); }

std::string Document::where(size_t i, const Problem& problem) const {
    return fmt::format("{}:{}", where(i), raw_column(raw(i), problem.column));
}

size_t Document::next_heading(size_t i) const {
    if (language_ != Language::domains)
        return size();
    while (i < size() && !is_heading(text(i)))
        i++;
    return i;
}

std::vector<Document::Located> Document::problems() const {
    std::vector<Located> list;
    each([&](size_t i, const Line& line) {
        if (const auto* problem = std::get_if<Problem>(&line))
            list.push_back({i, *problem});
    });
    return list;
}

} // namespace policy
