// SPDX-License-Identifier: GPL-2.0-only
// Profiles: the engine's profiles by namespace and number.
#include "tomoyo-box/policy/language/profiles.h"

#include "tomoyo-box/policy/language/print.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

namespace policy {

namespace {

bool is_version(const ProfileLine& line) { return line.setting.type == TMY_PROFILE_LINE_VERSION; }

// What a value leaves as it was, it leaves different in two profiles that have nothing in common; so the
// engine itself tells what a value says. The engine searches values for words it knows (kernel ABI
// specification 5.2).
class Effect {
public:
    Effect(tmy_profile_line setting, std::string_view value) : setting_(setting) {
        setting_.value = span(value);
        const uint8_t item = setting.item;
        tmy_profile_init(&one_);
        tmy_profile_init(&other_);
        one_.config[item] = TMY_ENFORCING;
        other_.config[item] = uint8_t(TMY_DISABLED) | TMY_CONFIG_GRANT_LOG | TMY_CONFIG_REJECT_LOG;
        one_.max_audit_log = one_.max_learning_entry = 0;
        other_.max_audit_log = other_.max_learning_entry = ~0U;
        tmy_profile_apply(&one_, &setting_);
        tmy_profile_apply(&other_, &setting_);
    }

    // Does the value say anything?
    bool any() const {
        const uint8_t config = one_.config[setting_.item];
        return (same_bits() & (TMY_CONFIG_MODE | TMY_CONFIG_GRANT_LOG | TMY_CONFIG_REJECT_LOG)) != 0 ||
               config == TMY_CONFIG_USE_DEFAULT || one_.max_audit_log == other_.max_audit_log ||
               one_.max_learning_entry == other_.max_learning_entry;
    }

    // Is what it says so in PROFILE?
    bool in(const tmy_profile& profile) const {
        const auto agrees = [](uint32_t one, uint32_t other, uint32_t present) {
            return one != other || present == one;
        };
        return ((one_.config[setting_.item] ^ profile.config[setting_.item]) & same_bits()) == 0 &&
               agrees(one_.max_audit_log, other_.max_audit_log, profile.max_audit_log) &&
               agrees(one_.max_learning_entry, other_.max_learning_entry, profile.max_learning_entry);
    }

private:
    uint8_t same_bits() const {
        return setting_.type == TMY_PROFILE_LINE_CONFIG
                   ? static_cast<uint8_t>(~(one_.config[setting_.item] ^ other_.config[setting_.item]))
                   : 0;
    }

    tmy_profile_line setting_;
    tmy_profile one_, other_;
};

// Does every word say something? A misspelt one does not.
bool all_words_count(const ProfileLine& line) {
    for (std::string_view rest = view(line.setting.value); !rest.empty();) {
        const std::string_view word = take_word(rest);
        if (word.find_first_not_of("{}") != word.npos && !says_anything(line, word))
            return false;
    }
    return true;
}

} // namespace

SettingName name_of(const ProfileLine& line) {
    return {std::string(line.space), line.setting.type, line.setting.profile, line.setting.item};
}

bool says_anything(const ProfileLine& line, std::string_view word) {
    return Effect(line.setting, word).any();
}

void Profiles::add(const ProfileLine& line) {
    if (is_version(line)) {
        versions_.insert_or_assign(std::string(line.space), line.setting.number);
        return;
    }
    if (!line.names_profile)
        return;
    const auto [at, is_new] = profiles_.try_emplace({std::string(line.space), line.setting.profile});
    Profile& profile = at->second;
    if (is_new)
        tmy_profile_init(&profile.values);
    if (line.setting.type == TMY_PROFILE_LINE_COMMENT)
        profile.comment = view(line.setting.value);
    tmy_profile_apply(&profile.values, &line.setting);
}

void Profiles::add(std::string_view line) {
    ProfileLine parsed;
    (void)parse(line, parsed);
    add(parsed);
}

const Profile* Profiles::find(std::string_view space, unsigned number) const {
    const auto at = profiles_.find({std::string(space), number});
    return at == profiles_.end() ? nullptr : &at->second;
}

unsigned long Profiles::version(std::string_view space) const {
    const auto at = versions_.find(space);
    return at == versions_.end() ? static_cast<unsigned long>(TMY_PROFILE_VERSION) : at->second;
}

bool Profiles::holds(const ProfileLine& line) const {
    if (is_version(line))
        return version(line.space) == line.setting.number;
    const Profile* const profile = find(line.space, line.setting.profile);
    if (!profile)
        return false;
    if (line.setting.type == TMY_PROFILE_LINE_COMMENT)
        return profile->comment == view(line.setting.value);
    const Effect effect(line.setting, view(line.setting.value));
    return effect.any() && all_words_count(line) && effect.in(profile->values);
}

std::string Profiles::present(const ProfileLine& line) const {
    if (is_version(line))
        return fmt::format("PROFILE_VERSION={}", version(line.space));
    const Profile* const profile = find(line.space, line.setting.profile);
    if (!profile)
        return {};
    unsigned part = 0; // as tmy_put_profile_line() counts
    if (line.setting.type == TMY_PROFILE_LINE_PREFERENCE)
        part = 1;
    else if (line.setting.type == TMY_PROFILE_LINE_CONFIG)
        part = line.setting.item == TMY_ITEM_CONFIG ? 2 : 3 + line.setting.item;
    return printed([&](struct tmy_text* text) {
        tmy_put_profile_line(text, &profile->values, static_cast<uint8_t>(line.setting.profile),
                             span(profile->comment), part);
    });
}

} // namespace policy
