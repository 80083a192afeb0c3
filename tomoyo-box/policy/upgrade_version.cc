// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: the versions and how their lines tell them apart.
#include "tomoyo-box/policy/upgrade.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/words.h"

#include <bit>

namespace policy::upgrade {

namespace {

// In the order of their bits.
constexpr std::string_view version_list[] = {"1.7", "1.8", "1.8.5", "2.2", "2.3", "2.4", "2.5", "2.6"};

struct Evidence {
    Language language;
    std::string_view begin; // of the line, without namespace and without the number of a profile
    Versions writers;
};

constexpr Language domains = Language::domains, exceptions = Language::exceptions,
                   profiles = Language::profiles, managers = Language::managers, quotas = Language::quotas;

// The first that fits counts.
constexpr Evidence evidence[] = {
    {domains, "allow_env ", v1_7},
    {domains, "allow_network ", v1_7},
    {domains, "allow_signal ", v1_7},
    {domains, "allow_capability ", v1_7},
    {domains, "allow_argv0 ", v1_7},
    {domains, "execute_handler ", v1_7},
    {domains, "denied_execute_handler ", v1_7},
    {domains, "ignore_global_allow_env", v1_7},
    {domains, "ignore_global_allow_read", first_syntax},
    {domains, "allow_", first_syntax},
    {domains, "capability ", v1_8 | v1_8_5},
    {domains, "ipc ", v1_8 | v1_8_5},
    {domains, "task auto_execute_handler ", v1_8 | v1_8_5},
    {domains, "task denied_execute_handler ", v1_8 | v1_8_5},
    {domains, "file ", second_syntax},
    {domains, "network ", second_syntax},
    {domains, "misc ", second_syntax},
    {domains, "task ", second_syntax},
    {domains, "use_group ", second_syntax},
    {exceptions, "allow_env ", v1_7},
    {exceptions, "allow_read ", first_syntax},
    {exceptions, "file_pattern ", first_syntax},
    {exceptions, "deny_rewrite ", first_syntax},
    {exceptions, "alias ", v1_7 | v2_2},
    {exceptions, "deny_autobind ", ccs_versions},
    {exceptions, "acl_group ", second_syntax},
    {exceptions, "reset_domain ", second_syntax},
    {exceptions, "no_reset_domain ", second_syntax},
    {profiles, "PROFILE_VERSION=20090903", v1_7 | v2_3},
    {profiles, "PROFILE_VERSION=20100903", v1_8 | v2_4},
    {profiles, "PROFILE_VERSION=20110903", v2_5},
    {profiles, "PROFILE_VERSION=20150505", v1_8_5 | v2_6},
    {profiles, "MAC_FOR_FILE=", v1_7 | v2_2},
    {profiles, "MAC_FOR_", v1_7},
    {profiles, "MAX_ACCEPT_ENTRY=", v1_7 | v2_2},
    {profiles, "TOMOYO_VERBOSE=", v1_7 | v2_2},
    {profiles, "PREFERENCE::", v1_7 | v2_3},
    {profiles, "CONFIG::capability", ccs_versions},
    {profiles, "CONFIG::ipc", ccs_versions},
    {managers, "/usr/sbin/ccs-", ccs_versions},
    {managers, "/usr/lib/ccs/", ccs_versions},
    {quotas, "Policy:", first_syntax},
    {quotas, "Query lists:", first_syntax},
    {quotas, "Shared:", v1_7 | v2_2},
    {quotas, "Private:", v1_7 | v2_2},
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
