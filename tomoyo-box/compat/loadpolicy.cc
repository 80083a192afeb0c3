// SPDX-License-Identifier: GPL-2.0-only
// loadpolicy of tomoyo-tools: how its words are understood.
#include "tomoyo-box/compat/loadpolicy.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/store/layout.h"

#include <utility>

namespace compat {

using policy::PolicyKind;

namespace {

constexpr std::string_view letters_of_2_2 = "aedpmuf-";

// 2.2 and 2.3 called "stat" "meminfo", and its letter was u.
char letter_of(const PolicyKind& kind) {
    return kind.language == policy::Language::quotas ? 'u' : kind.letter;
}

std::string usage_2_6_1(const std::string& name) {
    const std::string kernel = "/sys/kernel/security/tomoyo/";
    std::string usage = name + " {-e|-ef|-d|-df|-m|-p|-s} [remote_ip:remote_port]\n\n";
    for (const char letter : std::string_view("edmps"))
        for (const bool replace : {false, true})
            if (const PolicyKind& kind = *policy::kind_of(letter); !replace || policy::can_be_replaced(kind))
                usage += fmt::format("-{}{} : Read from stdin and {} {}{} .\n", letter, replace ? "f" : " ",
                                     replace ? "overwrite" : "append to", kernel, kind.kernel_file);
    usage += fmt::format("remote_ip:remote_port : Write to tomoyo-editpolicy-agent listening at "
                         "remote_ip:remote_port rather than {} directory.\n",
                         kernel);
    return usage;
}

} // namespace

bool is_letters(const std::vector<std::string>& words) {
    return !words.empty() && words.front() != "-" &&
           words.front().find_first_not_of(letters_of_2_2) == std::string::npos;
}

std::vector<LoadJob> jobs_of_letters(const Command& command, const std::vector<std::string>& words,
                                     bool& replace) {
    std::string letters = words.front();
    std::string directory;
    for (size_t i = 1; i < words.size(); i++) {
        if (words[i] == "-")
            letters += '-';
        else if (directory.empty() && is_directory(words[i]))
            directory = words[i];
        else
            throw command.usage_error(fmt::format(
                "'{}' is neither '-' nor a policy directory; files need -d, -e, -m, -p or -s", words[i]));
    }
    const auto has = [&](char letter) { return letters.find(letter) != std::string::npos; };
    const bool from_stdin = has('-');
    replace |= has('f');
    std::vector<LoadJob> jobs;
    for (const PolicyKind& kind : policy::policy_kinds) {
        const bool both = has('a') && policy::can_be_replaced(kind);
        if (!both && !has(letter_of(kind)))
            continue;
        if (directory.empty())
            directory = store::default_directory;
        jobs.push_back({&kind, {from_stdin ? "-" : directory + "/" + kind.file}});
    }
    if (from_stdin && jobs.size() > 1)
        throw command.usage_error("standard input can hold one policy only; name one of e, d, p, m, u");
    return jobs;
}

LoadRequest load_request(const Call& call) {
    const auto refuse = [&](const std::string& message) {
        if (!message.empty())
            warn_line(message + "\n"); // comes first
        out().write(usage_2_6_1(call.name));
        return Error(exit_trouble, "wrong usage").legacy("");
    };
    LoadRequest request{};
    for (const std::string& word : call.args) {
        if (word.find(':') != std::string::npos) {
            if (!std::exchange(request.agent, word).empty())
                throw refuse("You cannot specify multiple remote agents at the same time.");
            continue;
        }
        if (request.kind)
            throw refuse("You cannot specify multiple policies at the same time.");
        const bool replaces = word == "-ef" || word == "-df";
        if (word.size() != (replaces ? 3U : 2U) || word[0] != '-' || !policy::kind_of(word[1]))
            throw refuse("");
        request.kind = policy::kind_of(word[1]);
        request.replace = replaces;
    }
    if (!request.kind)
        throw refuse("You need to specify policy to load.");
    return request;
}

} // namespace compat
