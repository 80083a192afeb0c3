// SPDX-License-Identifier: GPL-2.0-only
// Profiles: what the lines of a profile file make of each profile, and whether a setting is in force among
// them.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace policy {

struct Profile {
    tmy_profile values;
    std::string comment;
};

// What a line of a profile file sets; lines about the same thing have equal names.
struct SettingName {
    std::string space;
    unsigned type = 0, profile = 0, item = 0;
    auto operator<=>(const SettingName&) const = default;
};
SettingName name_of(const ProfileLine& line);

// Would the kernel read anything in this WORD of the value of SETTING?
bool says_anything(const ProfileLine& setting, std::string_view word);

class Profiles {
public:
    // Takes over a line, or the part of a wrong one that counts: it may name a profile.
    void add(const ProfileLine& line);
    void add(std::string_view line);

    // By namespace and number.
    const std::map<std::pair<std::string, unsigned>, Profile>& all() const { return profiles_; }
    const Profile* find(std::string_view space, unsigned number) const; // null: it is not defined
    unsigned long version(std::string_view space) const;                // PROFILE_VERSION

    // Is all that SETTING says so here, and does it say anything that means something?
    bool holds(const ProfileLine& setting) const;

    // What is here of what SETTING sets, as the kernel prints it, without namespace; empty when it prints
    // nothing.
    std::string present(const ProfileLine& setting) const;

private:
    std::map<std::pair<std::string, unsigned>, Profile> profiles_;
    std::map<std::string, unsigned long, std::less<>> versions_;
};

} // namespace policy
