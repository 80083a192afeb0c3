// SPDX-License-Identifier: GPL-2.0-only
// The engine itself as C++ sees it.
#include "tomoyo-box/policy/language/engine.h"

#include "tomoyo-box/base/error.h"

#include <algorithm>
#include <cerrno>

namespace policy {

namespace {

constexpr size_t piece = 65536; // bytes that are read at once

Error no_memory() { return system_trouble("keep the policy", ENOMEM); }

// What is read in here stays until the end.
struct Reading {
    Reading() { tmy_read_begin(); }
    ~Reading() { tmy_read_end(); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
};

size_t longest_text(const tmy_request& request) {
    size_t longest = 0;
    const auto see = [&](Span text) { longest = std::max(longest, text.length); };
    for (unsigned i = 0; i < tmy_entry_names(static_cast<tmy_kind>(request.kind)); i++)
        see(request.names[i].text);
    if (const tmy_facts* const facts = request.facts) {
        see(facts->realpath);
        see(facts->symlink_target);
        for (uint32_t i = 0; facts->arguments && i < facts->argc; i++)
            see(facts->argv[i]);
        for (uint32_t i = 0; facts->arguments && i < facts->envc; i++)
            see(facts->envp[i]);
    }
    return longest;
}

} // namespace

Policy::Policy() : policy_(tmy_policy_create()) {
    if (!policy_)
        throw no_memory();
}

std::vector<Refusal> Policy::load(Language language, PolicyReader& reader) {
    std::vector<Refusal> refused;
    Stream stream(*this, language);
    for (std::string_view line; reader.next_normalized(line);) {
        if (reader.had_nul()) {
            // What is left of it may mean more than was meant.
            if (language == Language::domains && is_heading(line))
                (void)stream.write("reset");
            refused.push_back({reader.number(), {"it holds a NUL byte", line.size() + 1}});
        } else if (!line.empty() && line.front() != '#') {
            if (const auto problem = stream.write(line))
                refused.push_back({reader.number(), *problem});
        }
    }
    return refused;
}

std::string Policy::text(Language language) {
    std::string text;
    Stream stream(*this, language);
    for (std::string_view some; !(some = stream.read()).empty();)
        text += some;
    return text;
}

std::optional<Decision> Policy::decide(std::string_view domain, tmy_request& request) const {
    std::vector<unsigned long> scratch(TMY_MATCH_SCRATCH(longest_text(request)));
    const Reading reading;
    request.domain = tmy_find_domain(policy_.get(), span(domain));
    if (!request.domain)
        return std::nullopt;
    request.scratch = scratch.data();
    Decision decision;
    decision.verdict = tmy_decide(policy_.get(), &request);
    decision.matched = view(tmy_matched(&request));
    request.scratch = nullptr;
    return decision;
}

Stream::Stream(const Policy& policy, Language language)
    : stream_(tmy_stream_open(policy.get(), static_cast<tmy_file>(language))) {
    if (!stream_)
        throw no_memory();
}

std::optional<Problem> Stream::write(std::string_view line) {
    buffer_ = line;
    struct tmy_problem problem = {};
    const int error = tmy_stream_write(stream_.get(), buffer_.data(), buffer_.size(), &problem);
    if (!error)
        return std::nullopt;
    if (error == -ENOMEM)
        throw no_memory();
    if (!problem.reason)
        return Problem{error == -ENOENT ? "there is no such thing to delete" : "it is not understood", 1};
    return located(buffer_, problem);
}

std::string_view Stream::read() {
    buffer_.resize(piece);
    const long got = tmy_stream_read(stream_.get(), buffer_.data(), buffer_.size());
    if (got < 0)
        throw no_memory();
    return std::string_view(buffer_).substr(0, static_cast<size_t>(got));
}

} // namespace policy
