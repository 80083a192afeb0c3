// SPDX-License-Identifier: GPL-2.0-only
// ProfileModes: what the number of a profile means, in a word and in a colour.
#pragma once

#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/profiles.h"

#include <string>
#include <string_view>

// What the profile file of the kernel defines. Throws Error.
policy::Profiles read_profiles(const Interface& interface);

class ProfileModes {
public:
    explicit ProfileModes(policy::Profiles profiles) : profiles_(std::move(profiles)) {}

    // The mode of profile NUMBER in the namespace of DOMAIN: "enforcing"; of one whose items differ all of
    // them, "learning,enforcing". "undefined" when there is no such profile.
    std::string mode(std::string_view domain, unsigned number) const;

    // TEXT in the colour of MODE, for a terminal: the stricter the mode, the more it stands out.
    static std::string paint(std::string_view mode, std::string_view text);

private:
    policy::Profiles profiles_;
};
