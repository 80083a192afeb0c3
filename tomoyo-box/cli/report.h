// SPDX-License-Identifier: GPL-2.0-only
// Report: what has been found wrong in policy files, as it is printed and counted.
#pragma once

#include "tomoyo-box/base/json.h"
#include "tomoyo-box/policy/check/advice.h"

#include <cstdint>
#include <string_view>

namespace policy {

class Report {
public:
    // To standard output; for programs, as JSON.
    explicit Report(bool json);

    struct Place {
        std::string_view file;
        unsigned long line = 0; // from 1, 0: the file as a whole
        size_t column = 0;      // from 1 in RAW, 0: none
        std::string_view raw{}; // the line as it is written, to be shown
    };
    void error(const Place& place, std::string_view text, const Advice& advice = {});
    void warning(const Place& place, std::string_view text, const Advice& advice = {});
    void note(const Place& place, std::string_view text); // is not counted

    // In the words of tomoyo-tools 2.6.1.
    void legacy_error(unsigned long line, std::string_view text);
    void legacy_warning(unsigned long line, std::string_view text);

    void count_line() { lines_++; }

    // Prints the sums; returns the exit code: 2 for errors, 1 for warnings.
    int finish();

private:
    enum Severity : uint8_t { is_error, is_warning, is_note };
    void show(const Place& place, Severity severity, std::string_view text, const Advice& advice);
    void show_json(const Place& place, Severity severity, std::string_view text, const Advice& advice);

    bool json_, color_;
    Json text_;
    uint64_t lines_ = 0, errors_ = 0, warnings_ = 0;
};

} // namespace policy
