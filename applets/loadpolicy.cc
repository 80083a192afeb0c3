// SPDX-License-Identifier: GPL-2.0-only
// applet: loadpolicy
// path: /usr/sbin/tomoyo-loadpolicy
// also:
// summary: load policy into the kernel, and report what it did not accept
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/agent.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/kernel/load/load.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/store/layout.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace {

using policy::Language;
using policy::PolicyKind;

// Of the other kinds a load changes single values or lines.
bool may_replace(const PolicyKind& kind) {
    return kind.language == Language::domains || kind.language == Language::exceptions;
}

int load(const PolicyKind& kind, const std::vector<std::string>& files, const LoadOptions& options) {
    const Interface interface;
    const bool is_setting = kind.language == Language::profiles || kind.language == Language::quotas;
    try {
        if (options.compat)
            (void)interface.open(kind.kernel_file, O_WRONLY);
        std::vector<Input> inputs;
        inputs.reserve(files.size());
        for (const std::string& file : files) {
            inputs.push_back(policy_input(file, !is_setting && (options.verify || options.replace)));
        }
        return (is_setting ? load_settings : load_policy)(interface, kind.language, inputs, options);
    } catch (Error& error) {
        // The old program said nothing, or that it cannot open; when replacing, twice.
        if (!error.has_legacy())
            throw error.legacy("");
        if (options.replace && error.legacy_text().starts_with("Can't open "))
            throw error.legacy(
                fmt::format("Can't open {}{}\n{}", interface.path(kind.kernel_file),
                            kind.language == Language::exceptions ? " for reading and writing." : "",
                            error.legacy_text()));
        throw;
    }
}

// The command line: what to load, and from where.
struct Job {
    const PolicyKind* kind;
    std::vector<std::string> files;
};

// 2.2 and 2.3 called "stat" "meminfo", and its letter was u.
char old_letter(const PolicyKind& kind) { return kind.language == Language::quotas ? 'u' : kind.letter; }

constexpr const char* instead_of_agent = "tomoyo-loadpolicy -d <FILE";

// tomoyo-tools 2.2 and 2.3: a word made of letters, "-" for standard input, else the files of a policy
// directory.
constexpr std::string_view old_letters = "aedpmuf-";

bool is_old_form(const std::vector<std::string>& words) {
    return !words.empty() && words.front() != "-" &&
           words.front().find_first_not_of(old_letters) == std::string::npos;
}

std::vector<Job> old_form(const Command& command, const std::vector<std::string>& words,
                          LoadOptions& options) {
    std::string letters = words.front();
    std::string directory;
    for (size_t i = 1; i < words.size(); i++) {
        if (is_agent_address(words[i]))
            throw no_agents(instead_of_agent);
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
    options.replace |= has('f');
    std::vector<Job> jobs;
    for (const PolicyKind& kind : policy::policy_kinds) {
        const bool both = has('a') && may_replace(kind);
        if (!both && !has(old_letter(kind)))
            continue;
        if (directory.empty())
            directory = store::default_directory;
        jobs.push_back({&kind, {from_stdin ? "-" : directory + "/" + kind.file}});
    }
    if (from_stdin && jobs.size() > 1)
        throw command.usage_error("standard input can hold one policy only; name one of e, d, p, m, u");
    return jobs;
}

// tomoyo-tools 2.6.1 knows its seven words and an agent, nothing else.
std::vector<Job> compatible_form(const Call& call, LoadOptions& options) {
    const std::string kernel = "/sys/kernel/security/tomoyo/";
    std::string usage = call.name + " {-e|-ef|-d|-df|-m|-p|-s} [remote_ip:remote_port]\n\n";
    for (const char letter : std::string_view("edmps"))
        for (const bool replace : {false, true})
            if (const PolicyKind& kind = *policy::kind_of(letter); !replace || may_replace(kind))
                usage += fmt::format("-{}{} : Read from stdin and {} {}{} .\n", letter, replace ? "f" : " ",
                                     replace ? "overwrite" : "append to", kernel, kind.kernel_file);
    usage += fmt::format("remote_ip:remote_port : Write to tomoyo-editpolicy-agent listening at "
                         "remote_ip:remote_port rather than {} directory.\n",
                         kernel);
    const auto refuse = [&](const std::string& message) {
        if (!message.empty())
            warn_line(message + "\n"); // comes first
        out().write(usage);
        return Error(exit_trouble, "wrong usage").legacy("");
    };
    const PolicyKind* kind = nullptr;
    std::string agent;
    for (const std::string& word : call.args) {
        if (word.find(':') != std::string::npos) {
            if (!std::exchange(agent, word).empty())
                throw refuse("You cannot specify multiple remote agents at the same time.");
            continue;
        }
        if (kind)
            throw refuse("You cannot specify multiple policies at the same time.");
        const bool replaces = word == "-ef" || word == "-df";
        if (word.size() != (replaces ? 3u : 2u) || word[0] != '-' || !policy::kind_of(word[1]))
            throw refuse("");
        kind = policy::kind_of(word[1]);
        options.replace = replaces;
    }
    if (!kind)
        throw refuse("You need to specify policy to load.");
    if (!agent.empty())
        throw no_agents(instead_of_agent).legacy("Can't connect to " + agent);
    return {{kind, {"-"}}};
}

} // namespace

namespace applet {

int loadpolicy(const Call& call) {
    LoadOptions options;
    options.compat = call.compat;
    if (call.compat) {
        options.verify = false;
        const std::vector<Job> jobs = compatible_form(call, options);
        return load(*jobs.front().kind, jobs.front().files, options);
    }

    Command command(
        call, "Loads policy from standard input or FILEs into the kernel. What is there already stays,\n"
              "unless -f is given. Lines that the kernel did not accept are reported with their place.\n"
              "The words of tomoyo-tools 2.2 are understood, too: 'a' loads the exception and domain\n"
              "policy of /etc/tomoyo, 'df -' replaces the domain policy by standard input.");
    bool chosen[std::size(policy::policy_kinds)] = {};
    const auto flag = [&](const char* flags, Language language, const char* help) {
        command.flag(flags, chosen[&policy::kind_of(language) - policy::policy_kinds], help);
    };
    bool no_verify = false;
    std::vector<std::string> operands;
    flag("-d,--domain", Language::domains, "domain policy");
    flag("-e,--exception", Language::exceptions, "exception policy");
    flag("-p,--profile", Language::profiles, "profiles");
    flag("-m,--manager", Language::managers, "managers");
    flag("-s,--stat", Language::quotas, "memory quotas");
    command.flag("-f,--replace", options.replace,
                 "with -d or -e: load, then delete what the input does not hold");
    command.flag("--allow-empty", options.allow_empty, "with -f: even when the input holds no policy at all");
    command.flag("-n,--no-verify", no_verify, "do not read back what the kernel has accepted");
    command.flag("-v,--verbose", options.verbose,
                 "report every line that was not accepted, not only the first 20");
    command.operands("FILE", operands, "policy text; '-' or none: standard input", 0);
    command.example("tomoyo-loadpolicy -d policy.conf", "add to the domain policy");
    command.example("tomoyo-loadpolicy -df </etc/tomoyo/domain_policy.conf",
                    "make the domain policy equal to a file");
    command.example("echo 'delete /usr/sbin/tomoyo-queryd' | tomoyo-loadpolicy -m", "remove a manager");
    command.example("tomoyo-savepolicy -e | sed 's|/usr/local/|/opt/|' |\n  tomoyo-loadpolicy -ef",
                    "edit the exception policy");
    if (const auto code = command.parse())
        return *code;
    options.verify = !no_verify;

    std::vector<Job> jobs;
    for (size_t i = 0; i < std::size(chosen); i++)
        if (chosen[i])
            jobs.push_back({&policy::policy_kinds[i], operands});
    if (jobs.size() > 1)
        throw command.usage_error("only one policy can be loaded at a time");
    if (jobs.empty() && is_old_form(operands))
        jobs = old_form(command, operands, options);
    if (jobs.empty())
        throw command.usage_error("which policy? -d, -e, -m, -p or -s");
    for (const std::string& word : operands)
        if (is_agent_address(word))
            throw no_agents(instead_of_agent);
    for (Job& job : jobs) {
        if (options.replace && !may_replace(*job.kind))
            throw command.usage_error("-f works with -d and -e only");
        if (job.files.empty())
            job.files = {"-"};
    }
    int code = exit_ok;
    for (const Job& job : jobs)
        code = std::max(code, load(*job.kind, job.files, options));
    return code;
}

} // namespace applet
