// SPDX-License-Identifier: GPL-2.0-only
// Settings: the lines of profile and stat, which give a value to a name; the last value counts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class Settings {
public:
    enum Language { profile, stat };
    explicit Settings(Language language) : language_(language) {}

    // Takes down a normalized line of the input; WHERE is for the answer. False when the line sets nothing,
    // or when the kernel would read something else in it: then it must not be written.
    bool add(std::string_view line, std::string where);

    struct Refusal {
        std::string where;
        std::string line;
        std::string reason;
    };
    // What has not been taken over, in the order of the input. TEXT is what the kernel has now, in the form
    // in which it would be written: quotas as in stat.conf.
    std::vector<Refusal> refused_by(std::string_view text) const;

private:
    struct Setting {
        std::string name; // empty: a line that was not understood
        std::string value;
        std::string where;
        std::string line;
    };
    Language language_;
    std::vector<Setting> settings_;
    std::map<std::string, size_t> last_; // by name
};

} // namespace policy
