// SPDX-License-Identifier: GPL-2.0-only
// LineReader: text from a descriptor, a line at a time, in memory that depends on the longest line only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

class LineReader {
public:
    // FD stays the caller's. NAME is for messages ("standard input", a path).
    LineReader(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

    // The next line without its newline; false at the end. The view lives until the next call.
    // The byte behind it can be read. A last line without newline is a line like any other. Throws Error when
    // reading fails.
    bool next(std::string_view& line);

    const std::string& name() const { return name_; }
    unsigned long number() const { return number_; }  // of the last line, from 1
    uint64_t offset() const { return line_offset_; }  // where the last line began, in bytes
    bool has_newline() const { return has_newline_; } // did the last line end in one?
    std::string where() const;                        // "NAME:LINE", for messages
    std::string_view line() const { return line_; }   // the last one

protected:
    // The last line, to be written to: it is handed out once.
    char* line_in_buffer() { return buffer_.get() + (line_.data() - buffer_.get()); }

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
    std::string_view line_;
};
