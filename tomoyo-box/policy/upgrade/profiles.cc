// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: profiles, of which one setting was spread over several lines.
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/upgrade/converter.h"

#include <algorithm>

namespace policy::upgrade {

namespace {

constexpr std::string_view version_key = "PROFILE_VERSION=", preference = "PREFERENCE::",
                           penalty_key = "enforcing_penalty=";
constexpr const char* no_penalty = "2.6 knows no penalty";
constexpr const char* known_versions = "20090903 20100903 20110903 20150505"; // each at a multiple of 9

constexpr Renamed items[] = {
    {"MAC_FOR_FILE=", "CONFIG::file"},
    {"MAC_FOR_NETWORK=", "CONFIG::network"},
    {"MAC_FOR_ENV=", "CONFIG::misc::env"},
};

// The mode of this name or number; TMY_MODES: there is none.
unsigned mode_named(std::string_view text) {
    unsigned mode = 0;
    while (mode < TMY_MODES && text != view(tmy_mode_word(static_cast<tmy_mode>(mode))) &&
           !(text.size() == 1 && text[0] == static_cast<char>('0' + mode)))
        mode++;
    return mode;
}

// The value of KEY in "{ key=value key=value }"; empty when it has none.
std::string_view value_of(std::string_view text, std::string_view key) {
    while (!text.empty())
        if (std::string_view word = take_word(text); strip(word, key))
            return word;
    return {};
}

// The number in front of "-", or that of all profiles.
unsigned take_profile(std::string_view& line) {
    std::string_view rest = line;
    const auto number = take_number(rest, TMY_PROFILES - 1);
    if (!number || !strip(rest, "-"))
        return TMY_PROFILES;
    line = rest;
    return *number;
}

bool is_zero(std::string_view number) { return number.find_first_not_of('0') == std::string_view::npos; }

} // namespace

void Converter::survey_profiles() {
    for (size_t i = 0; i < document_.size(); i++) {
        std::string_view line = document_.text(i);
        has_version_ |= line.starts_with(version_key);
        Profile& profile = profiles_[take_profile(line)];
        profile.seen = true;
        profile.has_mode |= line.starts_with(items[0].before);
        const bool for_all = strip(line, "TOMOYO_VERBOSE=");
        if (!for_all && !strip(line, preference))
            continue;
        const unsigned only = mode_named(line.substr(0, line.find('=')));
        const std::string_view verbose = for_all ? line : value_of(line, "verbose=");
        for (unsigned mode = 0; mode < TMY_MODES; mode++)
            if (for_all || mode == only)
                (verbose == "no" || verbose == "disabled" ? profile.quiet : profile.loud)[mode] =
                    !verbose.empty();
    }
}

void Converter::put_mode(unsigned profile, std::string_view item, unsigned mode) {
    const bool quiet = profiles_[profile].quiet[mode] ||
                       (profiles_[TMY_PROFILES].quiet[mode] && !profiles_[profile].loud[mode]);
    change_.put(profile)
        .put("-")
        .put(item)
        .put("={ mode=")
        .put(view(tmy_mode_word(static_cast<tmy_mode>(mode))));
    change_.put(quiet ? " grant_log=no reject_log=no }\n" : " grant_log=no reject_log=yes }\n");
}

void Converter::put_limit(unsigned profile, std::string_view limit) {
    change_.put(profile).put("-PREFERENCE={ max_audit_log=1024 max_learning_entry=").put(limit).put(" }\n");
}

// "learning={ verbose=no max_entry=2048 }", of one profile or of all.
void Converter::convert_preference(unsigned profile, std::string_view setting) {
    if (mode_named(setting.substr(0, setting.find('='))) == TMY_MODES)
        return change_.lose("2.6 has max_audit_log instead");
    change_.same = false; // verbose is in the reject_log of the profiles
    if (!is_zero(value_of(setting, penalty_key)))
        change_.reason = no_penalty;
    const std::string_view limit = value_of(setting, "max_entry=");
    for (unsigned i = 0; !limit.empty() && i < TMY_PROFILES; i++)
        if (i == profile || (profile == TMY_PROFILES && profiles_[i].seen))
            put_limit(i, limit);
}

void Converter::convert_setting(unsigned profile, std::string_view setting) {
    std::string_view value = setting;
    if (strip(value, "MAX_ACCEPT_ENTRY="))
        return put_limit(profile, value);
    if (strip(value, "TOMOYO_VERBOSE=")) {
        change_.same = false;
        if (!profiles_[profile].has_mode)
            put_mode(profile, items[0].now, TMY_DISABLED);
        return;
    }
    for (const Renamed& item : items)
        if (strip(value, item.before)) {
            const unsigned mode = mode_named(value);
            return mode == TMY_MODES ? change_.lose("unknown mode") : put_mode(profile, item.now, mode);
        }
    if (strip(value, preference))
        return convert_preference(profile, value);
    const unsigned mode = mode_named(value_of(setting, "mode="));
    if (setting.starts_with("CONFIG") && is_from(first_syntax) && mode < TMY_MODES &&
        setting.find("_log=") == std::string_view::npos)
        put_mode(profile, setting.substr(0, setting.find('=')), mode);
}

void Converter::convert_profile_line(std::string_view line) {
    std::string_view rest = line;
    take_namespace(rest);
    const std::string_view head = line.substr(0, line.size() - rest.size());
    if (strip(rest, version_key)) {
        if (rest.size() != 8 || std::string_view(known_versions).find(rest) % 9 != 0)
            return change_.lose("a kernel with this version of profiles would not start");
        return (void)change_.put(head).put(version_key).put("20150505\n");
    }
    if (is_from(v2_6))
        return;
    // 1.8 has a penalty among the limits; none is what 2.6 does anyway.
    if (line.find("-PREFERENCE={ ") != std::string_view::npos) {
        const char* separator = "";
        while (!line.empty()) {
            std::string_view word = take_word(line);
            if (!strip(word, penalty_key)) {
                change_.put(separator).put(word);
                separator = " ";
            } else if (!is_zero(word)) {
                change_.reason = no_penalty;
            }
        }
        return (void)change_.put("\n");
    }
    const unsigned profile = take_profile(rest);
    if (!head.empty())
        return; // what there were no namespaces for is as it was
    if (profile < TMY_PROFILES)
        convert_setting(profile, rest);
    else if (strip(rest, preference))
        convert_preference(profile, rest);
}

} // namespace policy::upgrade
