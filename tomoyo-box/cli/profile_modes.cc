// SPDX-License-Identifier: GPL-2.0-only
// ProfileModes: words and colours.
#include "tomoyo-box/cli/profile_modes.h"

#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"

#include <fcntl.h>

policy::Profiles read_profiles(const Interface& interface) {
    policy::Profiles profiles;
    const Fd fd = interface.open("profile", O_RDONLY);
    policy::PolicyReader reader(fd.get(), interface.path("profile"));
    for (std::string_view line; reader.next_normalized(line);)
        profiles.add(line);
    return profiles;
}

std::string ProfileModes::mode(std::string_view domain, unsigned number) const {
    const policy::Profile* profile = profiles_.find(take_word(domain), number);
    if (!profile)
        return "undefined";
    bool used[TMY_MODES] = {};
    for (const unsigned config : profile->values.config)
        if (config != TMY_CONFIG_USE_DEFAULT)
            used[config & TMY_CONFIG_MODE] = true;
    std::string modes;
    for (unsigned mode = 0; mode < TMY_MODES; mode++)
        if (used[mode])
            modes.append(modes.empty() ? "" : ",")
                .append(policy::view(tmy_mode_word(static_cast<tmy_mode>(mode))));
    return modes;
}

std::string ProfileModes::paint(std::string_view mode, std::string_view text) {
    const char* color = mode.find("enforcing") != mode.npos    ? ansi::green
                        : mode.find("permissive") != mode.npos ? ansi::cyan
                        : mode.find("learning") != mode.npos   ? ansi::yellow
                        : mode == "undefined"                  ? ansi::red
                                                               : ansi::dim;
    return fmt::format("{}{}{}", color, text, ansi::off);
}
