// SPDX-License-Identifier: GPL-2.0-only
// LineReader: text from a descriptor, a line at a time, in memory that depends on the longest line only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// Where COLUMN (from 1) of the normalized LINE is in the line itself.
size_t raw_column(std::string_view line, size_t column);

class LineReader {
public:
    // FD stays the caller's. NAME is for messages ("standard input", a path).
    LineReader(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

    // The next line without its newline; false at the end. The view lives until the next call.
    // A last line without newline is a line like any other. Throws Error when reading fails.
    bool next(std::string_view& line);

    // The next line in canonical blanks (engine: tmy_normalize), which may be empty.
    bool next_normalized(std::string_view& line);

    const std::string& name() const { return name_; }
    unsigned long number() const { return number_; }  // of the last line, from 1
    uint64_t offset() const { return line_offset_; }  // where the last line began, in bytes
    bool has_newline() const { return has_newline_; } // did the last line end in one?
    std::string where() const;                        // "NAME:LINE", for messages
    std::string where(size_t column) const; // "NAME:LINE:COLUMN", of a column in the normalized line
    // The last line as it was read.
    std::string_view raw() const { return rewritten_ ? std::string_view(raw_) : line_; }
    bool had_nul() const { return had_nul_; } // next_normalized() met a NUL byte, which ended the line
    // The last line in canonical blanks, to its end: with \000 in the place of NUL bytes.
    std::string_view with_spelt_nuls();

private:
    bool fill();
    size_t find_newline();

    int fd_;
    std::string name_;
    std::unique_ptr<char[]> buffer_; // not a string: nobody wants it filled with zeros before it is read into
    size_t capacity_ = 0;
    size_t size_ = 0;     // bytes that have been read into it
    size_t from_ = 0;     // begin of the next line
    size_t searched_ = 0; // no newline before this
    unsigned long number_ = 0;
    uint64_t buffer_offset_ = 0;
    uint64_t line_offset_ = 0;
    bool ended_ = false;
    bool has_newline_ = true;
    bool had_nul_ = false;
    bool rewritten_ = false; // raw_ is the line as it was read, else line_ is
    std::string raw_;
    std::string spelt_;
    std::string_view line_;
};
