// SPDX-License-Identifier: GPL-2.0-only
// Kinds of policy: their letters on a command line, their names in the kernel's interface and on disk.
#pragma once

#include "lsm/engine/stream.h"

#include <cstdint>
#include <span>

namespace policy {

enum class Language : uint8_t {
    domains = TMY_FILE_DOMAIN_POLICY,
    exceptions = TMY_FILE_EXCEPTION_POLICY,
    profiles = TMY_FILE_PROFILE,
    managers = TMY_FILE_MANAGER,
    quotas = TMY_FILE_STAT,
};

struct PolicyKind {
    Language language;
    char letter;             // "-d", "checkpolicy d"
    const char* kernel_file; // of the kernel's interface
    const char* file;        // of a policy directory
};

// In the order in which a boot needs them: what is referred to comes before what refers to it.
inline constexpr PolicyKind policy_kinds[] = {
    {Language::profiles, 'p', "profile", "profile.conf"},
    {Language::managers, 'm', "manager", "manager.conf"},
    {Language::exceptions, 'e', "exception_policy", "exception_policy.conf"},
    {Language::domains, 'd', "domain_policy", "domain_policy.conf"},
    {Language::quotas, 's', "stat", "stat.conf"},
};

// Of the other kinds a load changes single values or lines.
inline bool can_be_replaced(const PolicyKind& kind) {
    return kind.language == Language::domains || kind.language == Language::exceptions;
}

// A snapshot holds all but the quotas.
inline constexpr std::span<const PolicyKind> snapshot_kinds = std::span(policy_kinds).first<4>();

// `stat` in the versions 2.2 to 2.3 and 1.8.
inline constexpr const char* old_stat_file = "meminfo";

const PolicyKind& kind_of(Language language);
const PolicyKind* kind_of(char letter); // null: there is no such letter

} // namespace policy
