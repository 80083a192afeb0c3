// SPDX-License-Identifier: GPL-2.0-only
// PolicyReader: a LineReader whose lines can be had in canonical blanks.
#pragma once

#include "tomoyo-box/base/line_reader.h"

#include <string>
#include <string_view>

namespace policy {

// Where COLUMN (from 1) of the normalized LINE is in the line itself.
size_t raw_column(std::string_view line, size_t column);

class PolicyReader : public LineReader {
public:
    using LineReader::LineReader;
    PolicyReader(LineReader reader) : LineReader(std::move(reader)) {}

    bool next(std::string_view& line) {
        rewritten_ = had_nul_ = false;
        return LineReader::next(line);
    }

    // The next line in canonical blanks (engine: tmy_normalize), which may be empty.
    bool next_normalized(std::string_view& line);

    // The last line of next_normalized() is as it was read: it holds printable characters and single blanks.
    bool was_canonical() const { return !rewritten_; }
    bool had_nul() const { return had_nul_; } // next_normalized() met a NUL byte, which ended the line
    // The last line in canonical blanks, to its end: with \000 in the place of NUL bytes.
    std::string_view with_spelt_nuls();
    // The last line of next_normalized() as it was read.
    std::string_view raw() const { return rewritten_ ? std::string_view(raw_) : line(); }

    using LineReader::where;
    std::string where(size_t column) const; // "NAME:LINE:COLUMN", of a column in the normalized line

private:
    bool had_nul_ = false;
    bool rewritten_ = false; // raw_ is the line as it was read
    std::string raw_;
    std::string spelt_;
};

} // namespace policy
