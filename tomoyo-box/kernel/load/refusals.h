// SPDX-License-Identifier: GPL-2.0-only
// Refusals: tells which lines of a policy the kernel did not accept: on standard error, or as JSON on
// standard output.
#pragma once

#include "tomoyo-box/base/json.h"

#include <cstddef>
#include <string>
#include <string_view>

// A line, or the beginning of a very long one, for a message.
std::string shorten(std::string_view line);

class Refusals {
public:
    // Without ALL only the first 20 are shown, and the others counted.
    Refusals(bool all, bool json);

    // WHERE is "FILE:LINE". REASON may be empty.
    void add(const std::string& where, std::string_view line, std::string_view reason);

    // WHERE is "FILE:LINE:COLUMN", the place that REASON is about.
    void add_mistake(const std::string& where, std::string_view line, std::string_view reason);

    // The line was not even written, as the kernel would read something else in it, or nothing.
    void add_unsent(const std::string& where, std::string_view line, std::string_view reason);

    // LINES more that had no chance after the last one.
    void add_lost(size_t lines);

    // Once, after the last of them.
    void finish();

    size_t count() const { return count_ + lost_; }

private:
    bool shown() const;
    bool add_json(const std::string& where, std::string_view line, std::string_view reason, bool sent);

    bool all_, json_;
    Json text_;
    size_t count_ = 0;
    size_t lost_ = 0;
};
