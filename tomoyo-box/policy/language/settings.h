// SPDX-License-Identifier: GPL-2.0-only
// Settings: the lines of profile and stat, which give a value to a name; the last value counts.
#pragma once

#include "tomoyo-box/policy/language/profiles.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class Settings {
public:
    // LANGUAGE: profiles or quotas.
    explicit Settings(Language language) : language_(language) {}

    // Takes down a line of the input; WHERE is for the answer, and RAW the line as it was before it was
    // normalized. False when the line sets nothing, or when the kernel would read something else in it: then
    // it must not be written.
    bool add(std::string_view line, std::string where, std::string_view raw);

    struct Refusal {
        std::string where;
        std::string line;
        std::string reason;
        bool mistake; // in the line: WHERE has the column
        bool written;
    };
    // What has not been taken over, in the order of the input. TEXT is what the kernel has now, in the form
    // in which it would be written: quotas as in stat.conf.
    std::vector<Refusal> refused_by(std::string_view text) const;

private:
    struct Setting {
        std::string where;
        std::string line;
        std::string mistake; // empty: none
        bool written;
    };
    // Understands a line, and takes down that it is the last one about what it sets; or says in SETTING what
    // is wrong, and returns the column of that.
    size_t parse_into(std::string_view line, Setting& setting);

    Language language_;
    std::vector<Setting> settings_;
    std::map<SettingName, size_t> last_;
};

} // namespace policy
