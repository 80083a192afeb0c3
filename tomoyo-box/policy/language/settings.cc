// SPDX-License-Identifier: GPL-2.0-only
// Settings: names, values, and when the kernel's value is the one that was asked for (kernel
// ABI 5.2, 5.4, 7.8).
#include "tomoyo-box/policy/language/settings.h"

#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

#include <algorithm>

namespace policy {

namespace {

SettingName name_of(const QuotaLine& line) {
    return {.space = {}, .type = static_cast<unsigned>(line.memory)};
}

// What the kernel has, to be asked about one setting after the other.
class Present {
public:
    Present(Language language, std::string_view text) {
        for_each_line(text, [&](std::string_view raw) {
            const std::string line = normalize(raw);
            if (language == Language::profiles)
                profiles_.add(line);
            else if (QuotaLine quota; !parse(line, quota))
                quotas_[quota.memory] = quota.bytes;
        });
    }

    // What the kernel has instead; empty when it has what LINE, which is understood, asks for.
    std::string instead_of(const ProfileLine& line) const {
        if (profiles_.holds(line))
            return {};
        const std::string present = profiles_.present(line);
        return present.empty() ? "the kernel has no such setting"
                               : fmt::format("the kernel has '{}'", present);
    }
    std::string instead_of(const QuotaLine& line) const {
        const uint64_t present = quotas_[line.memory];
        return present == line.bytes ? "" : fmt::format("the kernel has '{}'", present);
    }

private:
    Profiles profiles_;
    uint64_t quotas_[TMY_MEMORIES] = {};
};

} // namespace

std::optional<Problem> Settings::take(std::string_view line, bool& may_write) {
    std::optional<Problem> problem;
    SettingName name;
    if (language_ == Language::profiles) {
        ProfileLine parsed;
        problem = parse(line, parsed);
        name = name_of(parsed);
        // It may be a setting of a kernel that knows more than we do.
        may_write = !problem || parsed.names_profile;
    } else {
        QuotaLine parsed;
        problem = parse(line, parsed);
        name = name_of(parsed);
        may_write = !problem;
    }
    if (!problem)
        last_.insert_or_assign(std::move(name), settings_.size());
    return problem;
}

bool Settings::add(std::string_view line, std::string where, std::string_view raw) {
    if (line.empty() || line.front() == '#' || tmy_parse_order(span(line)) == TMY_ORDER_RESET)
        return false;
    // "savepolicy -s" prints more than quotas.
    if (language_ == Language::quotas &&
        (line.starts_with("Policy ") || line.starts_with("Total memory used:")))
        return false;
    bool may_write = false;
    const auto problem = take(line, may_write);
    if (problem)
        where += fmt::format(":{}", raw_column(raw, problem->column));
    settings_.push_back({std::move(where), std::string(line), problem ? problem->reason : nullptr});
    return may_write;
}

std::vector<Settings::Refusal> Settings::refused_by(std::string_view text) const {
    const Present present(language_, text);
    // The reason why setting I is not in force, if that matters.
    const auto reason = [&](size_t i, auto parsed) -> std::string {
        (void)parse(settings_[i].line, parsed);
        return last_.at(name_of(parsed)) == i ? present.instead_of(parsed) : "";
    };
    std::vector<Refusal> refused;
    for (size_t i = 0; i < settings_.size(); i++) {
        const Setting& asked = settings_[i];
        std::string why = asked.problem                     ? asked.problem
                          : language_ == Language::profiles ? reason(i, ProfileLine())
                                                            : reason(i, QuotaLine());
        if (!why.empty())
            refused.push_back({asked.where, asked.line, std::move(why), asked.problem != nullptr});
    }
    return refused;
}

} // namespace policy
