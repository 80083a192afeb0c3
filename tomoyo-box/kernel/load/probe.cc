// SPDX-License-Identifier: GPL-2.0-only
// Probe: the counter of "Policy update:" in stat, before and after (kernel ABI specification 7.8).
#include "tomoyo-box/kernel/load/probe.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>

Probe::Probe(const Interface& interface, std::string_view file)
    : interface_(interface), file_(file), fd_(interface.open(file, O_WRONLY)) {}

void Probe::write(std::string_view line) {
    if (!write_all(fd_.get(), std::string(line) + "\n"))
        throw interface_.write_error(file_, errno);
}

uint64_t Probe::updates() const {
    const std::string text = interface_.read("stat");
    constexpr std::string_view title = "Policy update:";
    const size_t at = text.find_first_not_of(' ', title.size());
    uint64_t count = 0;
    if (!text.starts_with(title) || at == std::string::npos ||
        std::from_chars(text.data() + at, text.data() + text.size(), count).ec != std::errc())
        throw trouble("cannot understand {}", interface_.path("stat"));
    return count;
}

bool Probe::refuses(const std::string& selection, std::string_view line) {
    if (selection != selection_) {
        write(selection.empty() ? "reset" : selection);
        selection_ = selection;
    }
    for (int attempt = 0; attempt < 3; attempt++) {
        const uint64_t before = updates();
        write(line);
        if (updates() == before)
            return true;
    }
    return false;
}

bool Probe::has_domain(std::string_view name) const {
    const Fd fd = interface_.open(file_, O_RDWR);
    if (!write_all(fd.get(), fmt::format("select domain={}\n", name)))
        throw interface_.write_error(file_, errno);
    // Its answer is a comment of one line, and the domain if there is one.
    const std::string answer = read_all(fd.get(), interface_.path(file_));
    return answer.find('\n') + 1 < answer.size();
}
