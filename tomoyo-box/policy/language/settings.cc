// SPDX-License-Identifier: GPL-2.0-only
// Settings: names, values, and when the kernel's value is the one that was asked for (kernel
// ABI 5.2, 5.4, 7.8).
#include "tomoyo-box/policy/language/settings.h"

#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/profile_value.h"
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

size_t Settings::parse_into(std::string_view line, Setting& setting) {
    std::optional<Problem> problem;
    SettingName name;
    if (language_ == Language::profiles) {
        ProfileLine parsed;
        problem = parse(line, parsed);
        name = name_of(parsed);
        // It may be a setting of a kernel that knows more than we do.
        setting.written = !problem || parsed.names_profile;
        if (const auto odd = odd_word(parsed); !problem && odd && odd->mistake()) {
            setting.written = false;
            setting.mistake = odd->text();
            return static_cast<size_t>(odd->word.data() - line.data()) + 1;
        }
    } else {
        QuotaLine parsed;
        problem = parse(line, parsed);
        name = name_of(parsed);
        setting.written = !problem;
    }
    if (problem)
        setting.mistake = problem->reason;
    else
        last_.insert_or_assign(std::move(name), settings_.size());
    return problem ? problem->column : 0;
}

bool Settings::add(std::string_view line, std::string where, std::string_view raw) {
    if (line.empty() || line.front() == '#' || tmy_parse_order(span(line)) == TMY_ORDER_RESET)
        return false;
    // "savepolicy -s" prints more than quotas.
    if (language_ == Language::quotas &&
        (line.starts_with("Policy ") || line.starts_with("Total memory used:")))
        return false;
    Setting setting{std::move(where), std::string(line), {}, false};
    if (const size_t column = parse_into(line, setting))
        setting.where += fmt::format(":{}", raw_column(raw, column));
    settings_.push_back(std::move(setting));
    return settings_.back().written;
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
        std::string why = !asked.mistake.empty()            ? asked.mistake
                          : language_ == Language::profiles ? reason(i, ProfileLine())
                                                            : reason(i, QuotaLine());
        if (!why.empty())
            refused.push_back(
                {asked.where, asked.line, std::move(why), !asked.mistake.empty(), asked.written});
    }
    return refused;
}

} // namespace policy
