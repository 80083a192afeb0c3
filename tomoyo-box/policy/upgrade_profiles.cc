// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: profiles.
#include "tomoyo-box/policy/upgrade_change.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>

namespace policy::upgrade {

namespace {

constexpr std::string_view version_key = "PROFILE_VERSION=", version_line = "PROFILE_VERSION=20150505",
                           global_preference = "PREFERENCE::";
constexpr std::string_view known_versions[] = {"20090903", "20100903", "20110903", "20150505"};

// One item each.
constexpr struct Item {
    std::string_view before, now;
} items[] = {
    {"MAC_FOR_FILE=", "CONFIG::file"},
    {"MAC_FOR_NETWORK=", "CONFIG::network"},
    {"MAC_FOR_ENV=", "CONFIG::misc::env"},
};

// The mode of this name or number; TMY_MODES: there is none.
tmy_mode mode_named(std::string_view text) {
    int mode = 0;
    while (mode < TMY_MODES && text != view(tmy_mode_word(static_cast<tmy_mode>(mode))) &&
           !(text.size() == 1 && text[0] == '0' + mode))
        mode++;
    return static_cast<tmy_mode>(mode);
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The value of KEY in "{ key=value key=value }"; empty when it has none.
std::string_view value_of(std::string_view text, std::string_view key) {
    while (!text.empty())
        if (std::string_view word = take_word(text); strip(word, key) && strip(word, "="))
            return word;
    return {};
}

// The number of a profile and what is set of it.
bool take_profile(std::string_view& line, unsigned& profile) {
    std::string_view rest = line;
    const auto number = take_number(rest, 255);
    if (!number || !strip(rest, "-"))
        return false;
    profile = *number;
    line = rest;
    return true;
}

bool takes_penalty(std::string_view text) {
    for (const char* key : {"enforcing_penalty", "penalty"})
        if (const std::string_view seconds = value_of(text, key); !seconds.empty() && seconds != "0")
            return true;
    return false;
}

constexpr const char* no_penalty = "2.6 knows no penalty";

} // namespace

Profiles::Profiles(const Document& document, const Context& context)
    : from_(context.from), needs_version_(within(context.from, first_syntax)), facts_(TMY_PROFILES + 1) {
    for (size_t i = 0; i < document.size(); i++)
        survey(document.text(i));
}

void Profiles::survey(std::string_view line) {
    needs_version_ &= !line.starts_with(version_key);
    unsigned profile = TMY_PROFILES;
    take_profile(line, profile);
    Facts& facts = facts_[profile];
    facts.seen = true;
    facts.has_mode |= line.starts_with(items[0].before);
    if (strip(line, "TOMOYO_VERBOSE="))
        std::fill(std::begin(facts.verbose), std::end(facts.verbose), line != "disabled");
    if (!strip(line, global_preference))
        return;
    const tmy_mode mode = mode_named(line.substr(0, line.find('=')));
    if (const std::string_view verbose = value_of(line, "verbose"); mode != TMY_MODES && !verbose.empty())
        facts.verbose[mode] = verbose != "no";
}

std::string_view Profiles::reject_log(unsigned profile, tmy_mode mode) const {
    return facts_[profile].verbose[mode].value_or(facts_[TMY_PROFILES].verbose[mode].value_or(true)) ? "yes"
                                                                                                     : "no";
}

void Profiles::put_limit(std::string_view space, unsigned profile, std::string_view limit,
                         Change& change) const {
    change.line({space, std::to_string(profile),
                 "-PREFERENCE={ max_audit_log=1024 max_learning_entry=", limit, " }"});
}

// "PREFERENCE::WHICH=VALUE" of one profile, or of all (-1).
void Profiles::convert_preference(std::string_view which, std::string_view value, std::string_view space,
                                  int profile, Change& change) const {
    if (which != "learning" && which != "permissive" && which != "enforcing")
        return change.lose("2.6 has one max_audit_log in PREFERENCE for all kinds of records");
    change.nothing(); // verbose is in the reject_log of the profiles
    if (takes_penalty(value))
        change.reason = no_penalty;
    if (which != "learning")
        return;
    std::string_view limit = value_of(value, "max_entry");
    if (limit.empty())
        limit = value_of(value, "max_learning_entry");
    if (limit.empty())
        return;
    if (!is_number(limit))
        return change.lose("a limit is a number");
    for (unsigned i = 0; i < TMY_PROFILES; i++)
        if (profile < 0 ? facts_[i].seen : i == static_cast<unsigned>(profile))
            put_limit(space, i, limit, change);
}

void Profiles::convert_setting(unsigned profile, std::string_view space, std::string_view setting,
                               Change& change) const {
    const std::string number = std::to_string(profile);
    const auto put = [&](std::string_view item, tmy_mode mode) {
        change.line({space, number, "-", item, "={ mode=", view(tmy_mode_word(mode)),
                     " grant_log=no reject_log=", reject_log(profile, mode), " }"});
    };
    std::string_view value = setting;
    for (const Item& item : items)
        if (strip(value, item.before)) {
            const tmy_mode mode = mode_named(value);
            return mode == TMY_MODES
                       ? change.lose("the mode must be disabled, learning, permissive or enforcing")
                       : put(item.now, mode);
        }
    if (strip(value, "MAX_ACCEPT_ENTRY="))
        return is_number(value) ? put_limit(space, profile, value, change)
                                : change.lose("a limit is a number");
    if (strip(value, "TOMOYO_VERBOSE="))
        return facts_[profile].has_mode ? change.nothing() : put(items[0].now, TMY_DISABLED);
    const size_t equals = std::min(setting.find('='), setting.size());
    const std::string_view key = setting.substr(0, equals);
    value.remove_prefix(std::min(equals + 1, value.size()));
    if (std::string_view which = key; strip(which, global_preference))
        return convert_preference(which, value, space, static_cast<int>(profile), change);
    if (key == "PREFERENCE" && value.find("enforcing_penalty=") != std::string_view::npos) {
        std::string kept;
        for (std::string_view rest = value; !rest.empty();)
            if (const std::string_view word = take_word(rest); !word.starts_with("enforcing_penalty="))
                kept.append(kept.empty() ? "" : " ").append(word);
        change.line({space, number, "-", key, "=", kept});
        change.reason = takes_penalty(value) ? no_penalty : nullptr;
    }
    if (!key.starts_with("CONFIG") || !within(from_, first_syntax) ||
        value.find("_log=") != std::string_view::npos)
        return;
    if (const tmy_mode mode = mode_named(value_of(value, "mode")); mode != TMY_MODES)
        put(key, mode);
}

void Profiles::convert(std::string_view line, Change& change) const {
    std::string_view rest = line;
    take_namespace(rest);
    const std::string_view space = line.substr(0, line.size() - rest.size());
    if (std::string_view version = rest; strip(version, version_key)) {
        if (std::find(std::begin(known_versions), std::end(known_versions), version) ==
            std::end(known_versions))
            change.lose("a kernel with this version of profiles would not start");
        else if (rest != version_line)
            change.line({space, version_line});
        return;
    }
    unsigned profile = 0;
    if (take_profile(rest, profile))
        return convert_setting(profile, space, rest, change);
    if (std::string_view which = rest; strip(which, global_preference)) {
        const size_t equals = std::min(which.find('='), which.size());
        const std::string_view value = which.substr(std::min(equals + 1, which.size()));
        convert_preference(which.substr(0, equals), value, space, -1, change);
    }
}

} // namespace policy::upgrade
