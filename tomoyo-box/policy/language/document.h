// SPDX-License-Identifier: GPL-2.0-only
// Document: a policy file as it is written: every line in its order, comments, blank lines and unknown lines
// too, each to be understood when it is asked for.
//
// It holds the text once and eight bytes for a line, so that its memory depends on the size of the file
// alone.
#pragma once

#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/policy_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace policy {

class Document {
public:
    // Reads to the end. Throws Error when reading fails.
    Document(Language language, PolicyReader& reader);

    Language language() const { return language_; }
    const std::string& name() const { return name_; }

    // Lines are counted from 0 here, from 1 in what where() says.
    size_t size() const { return starts_.size(); }
    std::string_view raw(size_t i) const;                      // as it is written, without its newline
    std::string_view text(size_t i) const;                     // normalized
    Line line(size_t i) const;                                 // what it says; views into text(i)
    std::string where(size_t i) const;                         // "FILE:LINE"
    std::string where(size_t i, const Problem& problem) const; // "FILE:LINE:COLUMN"
    bool complete() const { return complete_; }                // does the last line end in a newline?

    // Calls visit(i, line) for each line, in order.
    template <typename Visit> void each(Visit visit) const {
        for (size_t i = 0; i < size(); i++)
            visit(i, line(i));
    }

    // Calls visit(first, last) for each part of a domain policy: line FIRST says which domain the lines are
    // about, from there up to LAST, which is not one of them. It names the domain, selects or deletes it
    // (then they are about none), or is wrong (likewise). A domain may come more than once; lines in front of
    // the first part are no domain's.
    template <typename Visit> void each_domain(Visit visit) const {
        for (size_t first = next_heading(0), last; first < size(); first = last) {
            last = next_heading(first + 1);
            visit(first, last);
        }
    }

    struct Located {
        size_t line;
        Problem problem;
    };
    std::vector<Located> problems() const;

private:
    struct Rewritten { // a line that is not normalized as it is written
        size_t line;
        size_t at; // of the normalized line, in rewritten_text_
        size_t length;
        bool had_nul;
    };
    const Rewritten* rewritten(size_t i) const;
    size_t next_heading(size_t i) const;

    Language language_;
    std::string name_;
    std::string text_;
    std::vector<size_t> starts_;
    std::vector<Rewritten> rewritten_; // by line
    std::string rewritten_text_;
    bool complete_ = true;
};

} // namespace policy
