// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: the versions and how their lines tell them apart.
#include "tomoyo-box/policy/upgrade/upgrade.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/language/words.h"

#include <bit>

namespace policy::upgrade {

namespace {

// In the order of their bits.
constexpr const char* version_list[] = {"1.7", "1.8", "1.8.5", "2.2", "2.3", "2.4", "2.5", "2.6"};

struct Evidence {
    Language language;
    Versions writers;
    const char* begin; // of the line, without namespace and without the number of a profile
};

constexpr Language domains = Language::domains, exceptions = Language::exceptions,
                   profiles = Language::profiles, managers = Language::managers, quotas = Language::quotas;

// The first that fits counts.
constexpr Evidence evidence[] = {
    {domains, v1_7, "allow_env "},
    {domains, v1_7, "allow_network "},
    {domains, v1_7, "allow_signal "},
    {domains, v1_7, "allow_capability "},
    {domains, v1_7, "allow_argv0 "},
    {domains, v1_7, "execute_handler "},
    {domains, v1_7, "denied_execute_handler "},
    {domains, v1_7, "ignore_global_allow_env"},
    {domains, first_syntax, "ignore_global_allow_read"},
    {domains, first_syntax, "allow_"},
    {domains, v1_8 | v1_8_5, "capability "},
    {domains, v1_8 | v1_8_5, "ipc "},
    {domains, v1_8 | v1_8_5, "task auto_execute_handler "},
    {domains, v1_8 | v1_8_5, "task denied_execute_handler "},
    {domains, second_syntax, "file "},
    {domains, second_syntax, "network "},
    {domains, second_syntax, "misc "},
    {domains, second_syntax, "task "},
    {domains, second_syntax, "use_group "},
    {exceptions, v1_7, "allow_env "},
    {exceptions, first_syntax, "allow_read "},
    {exceptions, first_syntax, "file_pattern "},
    {exceptions, first_syntax, "deny_rewrite "},
    {exceptions, v1_7 | v2_2, "alias "},
    {exceptions, ccs_versions, "deny_autobind "},
    {exceptions, second_syntax, "acl_group "},
    {exceptions, second_syntax, "reset_domain "},
    {exceptions, second_syntax, "no_reset_domain "},
    {profiles, v1_7 | v2_3, "PROFILE_VERSION=20090903"},
    {profiles, v1_8 | v2_4, "PROFILE_VERSION=20100903"},
    {profiles, v2_5, "PROFILE_VERSION=20110903"},
    {profiles, v1_8_5 | v2_6, "PROFILE_VERSION=20150505"},
    {profiles, v1_7 | v2_2, "MAC_FOR_FILE="},
    {profiles, v1_7, "MAC_FOR_"},
    {profiles, v1_7 | v2_2, "MAX_ACCEPT_ENTRY="},
    {profiles, v1_7 | v2_2, "TOMOYO_VERBOSE="},
    {profiles, v1_7 | v2_3, "PREFERENCE::"},
    {profiles, ccs_versions, "CONFIG::capability"},
    {profiles, ccs_versions, "CONFIG::ipc"},
    {managers, ccs_versions, "/usr/sbin/ccs-"},
    {managers, ccs_versions, "/usr/lib/ccs/"},
    {quotas, first_syntax, "Policy:"},
    {quotas, first_syntax, "Query lists:"},
    {quotas, v1_7 | v2_2, "Shared:"},
    {quotas, v1_7 | v2_2, "Private:"},
};

// "4 /path": a bit for each way to open.
bool is_bit_mask(std::string_view line) {
    return line.size() > 2 && line[0] >= '1' && line[0] <= '7' && line[1] == ' ';
}

} // namespace

std::string version_names(Versions versions) {
    std::string names;
    const int count = std::popcount(versions);
    for (int bit = 0, named = 0; bit < 8; bit++) {
        if (!(versions >> bit & 1))
            continue;
        if (named++)
            names += named == count ? " or " : ", ";
        names += version_list[bit];
    }
    return names;
}

Versions versions_named(std::string_view name) {
    if (name == "auto")
        return any_version;
    if (name == "1.8")
        return v1_8 | v1_8_5;
    for (int bit = 0; bit < 8; bit++)
        if (name == version_list[bit])
            return static_cast<Versions>(1 << bit);
    return 0;
}

Versions writers_of(Language language, std::string_view line) {
    if (language == Language::domains && is_bit_mask(line))
        return v1_7 | v2_2;
    if (language == Language::exceptions || language == Language::profiles)
        take_namespace(line);
    if (language == Language::profiles)
        if (std::string_view rest = line; take_number(rest, 255) && strip(rest, "-"))
            line = rest;
    for (const Evidence& one : evidence)
        if (one.language == language && line.starts_with(one.begin))
            return one.writers;
    return any_version;
}

void Detector::see(const Document& document) {
    for (size_t i = 0; i < document.size(); i++) {
        const std::string_view line = document.text(i);
        if (line.empty() || line.front() == '#')
            continue;
        const Versions writers = writers_of(document.language(), line);
        if (const auto both = static_cast<Versions>(from_ & writers)) {
            if (both != from_)
                where_ = document.where(i);
            from_ = both;
        } else if (!sure_ && document.language() != Language::managers) { // managers may be left from before
            throw Error(exit_trouble,
                        fmt::format("{}: this line was written by {}, but {} by {}", document.where(i),
                                    version_names(writers), where_, version_names(from_)),
                        "say which it is with --from=VERSION");
        }
    }
}

std::string Detector::verdict() const {
    if (from_ & v2_6)
        return "nothing in it is older than 2.6";
    return "it was written by " + version_names(from_);
}

} // namespace policy::upgrade
