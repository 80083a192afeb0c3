// SPDX-License-Identifier: GPL-2.0-only
// PolicySummary: one pass over each file of the interface.
#include "tomoyo-box/kernel/policy_summary.h"

#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/kernel/domain_reader.h"
#include "tomoyo-box/kernel/process.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/profiles.h"
#include "tomoyo-box/policy/language/words.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>

namespace {

using policy::kind_of;
using policy::Language;

std::string mode_word(unsigned config) {
    return std::string(policy::view(tmy_mode_word(static_cast<tmy_mode>(config & TMY_CONFIG_MODE))));
}

class SummaryReader {
public:
    SummaryReader(const Presence& presence, PolicySummary& summary)
        : presence_(presence), summary_(summary) {}

    void read() {
        read_profiles();
        for_each_line_of(kind_of(Language::exceptions).kernel_file,
                         [&](std::string_view) { summary_.exceptions++; });
        for_each_line_of(kind_of(Language::managers).kernel_file,
                         [&](std::string_view) { summary_.managers++; });
        read_domain_policy();
        const char* const stat = kind_of(Language::quotas).kernel_file;
        const bool old = !exists(path(stat)) && exists(path(policy::old_stat_file));
        for_each_line_of(old ? policy::old_stat_file : stat,
                         [&](std::string_view line) { read_counter(line); });
        if (exists(path("features")))
            for_each_line_of("features", [&](std::string_view line) {
                Feature feature;
                feature.name = take_word(line);
                feature.state = take_word(line);
                feature.reason = line;
                summary_.features.push_back(std::move(feature));
            });
        read_processes_of_domains();
    }

private:
    std::string path(std::string_view file) const { return fmt::format("{}/{}", presence_.directory, file); }

    // When it cannot be opened, the summary says so.
    Fd open(std::string_view file) {
        Fd fd = open_fd(path(file), O_RDONLY);
        if (!fd)
            summary_.unseen.push_back(fmt::format("{}: {}", path(file), errno_text(errno)));
        return fd;
    }

    // Calls VISIT(line) for every line of a file of the interface that is not empty.
    template <typename Visit> void for_each_line_of(std::string_view file, Visit visit) {
        const Fd fd = open(file);
        if (!fd)
            return;
        policy::PolicyReader reader(fd.get(), path(file));
        for (std::string_view line; reader.next_normalized(line);)
            if (!line.empty())
                visit(line);
    }

    ProfileUse& profile_of(const std::string& domain, unsigned number) {
        return summary_.profiles[{domain.substr(0, domain.find(' ')), number}];
    }

    void read_profiles() {
        policy::Profiles profiles;
        for_each_line_of(kind_of(Language::profiles).kernel_file,
                         [&](std::string_view line) { profiles.add(line); });
        for (const auto& [key, defined] : profiles.all()) {
            ProfileUse& profile = summary_.profiles[key];
            profile.defined = true;
            profile.comment = defined.comment;
            profile.mode = mode_word(defined.values.config[TMY_ITEM_CONFIG]);
            for (unsigned item = 0; item < TMY_ITEM_CONFIG; item++)
                if (const unsigned config = defined.values.config[item]; config != TMY_CONFIG_USE_DEFAULT)
                    profile.also.insert(mode_word(config));
        }
    }

    void read_domain_policy() {
        const char* const file = kind_of(Language::domains).kernel_file;
        const Fd fd = open(file);
        if (!fd)
            return;
        summary_.readable = true;
        DomainReader reader(fd.get(), path(file));
        Progress progress("reading domains", 0);
        DomainSummary domain;
        while (reader.next(domain)) {
            progress.at(++summary_.domains);
            summary_.entries += domain.entries;
            summary_.full += domain.quota_exceeded;
            summary_.failed += domain.transition_failed;
            profile_of(domain.name, domain.profile).domains++;
        }
    }

    // "TITLE: NUMBER (NOTE)": the lines of stat, and of meminfo in the versions that had it instead.
    void read_counter(std::string_view line) {
        const size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return;
        Counter counter{std::string(line.substr(0, colon)), 0, {}};
        std::string_view rest = line.substr(colon + 1);
        strip(rest, " ");
        std::from_chars(rest.data(), rest.data() + rest.size(), counter.value);
        take_word(rest);
        if (strip(rest, "(") && rest.ends_with(')'))
            counter.note = policy::normalize(rest.substr(0, rest.size() - 1));
        (counter.title.starts_with("Policy ") ? summary_.events : summary_.memory)
            .push_back(std::move(counter));
    }

    void read_processes_of_domains() {
        if (!presence_.interface || !presence_.real)
            return;
        try {
            for (const Process& process : read_processes(*presence_.interface))
                if (!process.domain.empty())
                    profile_of(process.domain, static_cast<unsigned>(process.profile)).processes++;
            summary_.has_processes = true;
        } catch (const Error& error) {
            summary_.unseen.push_back(error.message());
        }
    }

    const Presence& presence_;
    PolicySummary& summary_;
};

} // namespace

bool PolicySummary::uses(const std::string& mode) const {
    for (const auto& [key, profile] : profiles)
        if (profile.domains && profile.has_mode(mode))
            return true;
    return false;
}

void read_policy_summary(const Presence& presence, PolicySummary& summary) {
    SummaryReader(presence, summary).read();
}
