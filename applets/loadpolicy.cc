// SPDX-License-Identifier: GPL-2.0-only
// applet: loadpolicy
// path: /usr/sbin/tomoyo-loadpolicy
// also:
// summary: load policy into the kernel, and report what it did not accept
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/kernel/load/load.h"
#include "tomoyo-box/store/layout.h"

#include <algorithm>
#include <fcntl.h>
#include <tuple>
#include <unistd.h>

namespace {

struct Target {
    char letter;
    const char* kernel; // file of the kernel interface
    const char* file;   // file of a policy directory
};

// In the order in which a boot loads them.
constexpr Target targets[] = {
    {'p', "profile", "profile.conf"},
    {'m', "manager", "manager.conf"},
    {'e', "exception_policy", "exception_policy.conf"},
    {'d', "domain_policy", "domain_policy.conf"},
    {'s', "stat", "stat.conf"},
};

int load_into(const Interface& interface, const Target& target, std::vector<Input>& inputs,
              const LoadOptions& options) {
    switch (target.letter) {
    case 'p':
        return load_settings(interface, policy::Language::profiles, inputs, options);
    case 's':
        return load_settings(interface, policy::Language::quotas, inputs, options);
    case 'm':
        return load_policy(interface, policy::Language::managers, inputs, options);
    case 'e':
        return load_policy(interface, policy::Language::exceptions, inputs, options);
    default:
        return load_policy(interface, policy::Language::domains, inputs, options);
    }
}

int load(const Target& target, const std::vector<std::string>& files, const LoadOptions& options) {
    const Interface interface;
    const bool is_setting = target.letter == 'p' || target.letter == 's';
    try {
        if (options.compat)
            (void)interface.open(target.kernel, O_WRONLY);
        std::vector<Input> inputs;
        for (const std::string& file : files) {
            if (file == "-" && isatty(STDIN_FILENO))
                warn("reading policy from the terminal; end with Ctrl-D");
            inputs.emplace_back(file, !is_setting && (options.verify || options.replace));
        }
        return load_into(interface, target, inputs, options);
    } catch (Error& error) {
        // The old program said nothing, or that it cannot open; when replacing, twice.
        if (!error.has_legacy())
            throw error.legacy("");
        if (options.replace && error.legacy_text().starts_with("Can't open "))
            throw error.legacy(fmt::format("Can't open {}{}\n{}", interface.path(target.kernel),
                                           target.letter == 'e' ? " for reading and writing." : "",
                                           error.legacy_text()));
        throw;
    }
}

// The command line: what to load, and from where.
struct Wish {
    const Target* target;
    std::vector<std::string> files;
};

const Target* target_of(char letter) {
    if (letter == 'u')
        letter = 's'; // 2.2 and 2.3 called it "meminfo"
    for (const Target& target : targets)
        if (target.letter == letter)
            return &target;
    return nullptr;
}

Error no_agents() {
    return {exit_trouble, "remote agents are not supported",
            "use ssh, for example: ssh HOST tomoyo-loadpolicy -d <FILE"};
}

bool is_agent(std::string_view word) {
    const size_t colon = word.find(':');
    return colon != std::string_view::npos && colon + 1 < word.size() &&
           word.substr(0, colon).find('/') == std::string_view::npos &&
           word.find_first_not_of("0123456789", colon + 1) == std::string_view::npos &&
           !exists(std::string(word));
}

// tomoyo-tools 2.2 and 2.3: a word made of letters, "-" for standard input, else the files of a policy
// directory.
constexpr std::string_view old_letters = "aedpmuf-";

bool is_old_form(const std::vector<std::string>& words) {
    return !words.empty() && words.front() != "-" &&
           words.front().find_first_not_of(old_letters) == std::string::npos;
}

std::vector<Wish> old_form(const Command& command, const std::vector<std::string>& words,
                           LoadOptions& options) {
    std::string letters = words.front();
    std::string directory;
    for (size_t i = 1; i < words.size(); i++) {
        if (is_agent(words[i]))
            throw no_agents();
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
    std::vector<Wish> wishes;
    for (const Target& target : targets) {
        const bool both = has('a') && (target.letter == 'e' || target.letter == 'd');
        if (!both && !has(target.letter == 's' ? 'u' : target.letter))
            continue;
        if (directory.empty())
            directory = store::default_directory;
        wishes.push_back({&target, {from_stdin ? "-" : directory + "/" + target.file}});
    }
    if (from_stdin && wishes.size() > 1)
        throw command.usage_error("standard input can hold one policy only; name one of e, d, p, m, u");
    return wishes;
}

// tomoyo-tools 2.6.1 knows its seven words and an agent, nothing else.
std::vector<Wish> compatible_form(const Call& call, LoadOptions& options) {
    const std::string kernel = "/sys/kernel/security/tomoyo/";
    std::string usage = call.name + " {-e|-ef|-d|-df|-m|-p|-s} [remote_ip:remote_port]\n\n";
    for (const auto& [option, verb, file] : {std::tuple{"-e ", "append to", "exception_policy"},
                                             {"-ef", "overwrite", "exception_policy"},
                                             {"-d ", "append to", "domain_policy"},
                                             {"-df", "overwrite", "domain_policy"},
                                             {"-m ", "append to", "manager"},
                                             {"-p ", "append to", "profile"},
                                             {"-s ", "append to", "stat"}})
        usage += fmt::format("{} : Read from stdin and {} {}{} .\n", option, verb, kernel, file);
    usage += fmt::format("remote_ip:remote_port : Write to tomoyo-editpolicy-agent listening at "
                         "remote_ip:remote_port rather than {} directory.\n",
                         kernel);
    const auto refuse = [&](const std::string& message) {
        out().write(usage);
        return Error(exit_trouble, "wrong usage").legacy(message.empty() ? message : message + "\n");
    };
    const Target* target = nullptr;
    bool agent = false;
    for (const std::string& word : call.args) {
        if (word.find(':') != std::string::npos) {
            if (std::exchange(agent, true))
                throw refuse("You cannot specify multiple remote agents at the same time.");
            continue;
        }
        const bool replaces = word == "-ef" || word == "-df";
        if (word.size() != (replaces ? 3u : 2u) || word[0] != '-' || !target_of(word[1]) || word[1] == 'u')
            throw refuse("");
        if (target)
            throw refuse("You cannot specify multiple policies at the same time.");
        target = target_of(word[1]);
        options.replace = replaces;
    }
    if (!target)
        throw refuse("You need to specify policy to load.");
    if (agent)
        throw no_agents();
    return {{target, {"-"}}};
}

} // namespace

namespace applet {

int loadpolicy(const Call& call) {
    LoadOptions options;
    options.compat = call.compat;
    if (call.compat) {
        options.verify = false;
        const std::vector<Wish> wishes = compatible_form(call, options);
        return load(*wishes.front().target, wishes.front().files, options);
    }

    Command command(
        call, "Loads policy from standard input or FILEs into the kernel. What is there already stays,\n"
              "unless -f is given. Lines that the kernel did not accept are reported with their place.\n"
              "The words of tomoyo-tools 2.2 are understood, too: 'a' loads the exception and domain\n"
              "policy of /etc/tomoyo, 'df -' replaces the domain policy by standard input.");
    bool chosen[std::size(targets)] = {};
    bool no_verify = false;
    std::vector<std::string> operands;
    command.flag("-d,--domain", chosen[3], "domain policy");
    command.flag("-e,--exception", chosen[2], "exception policy");
    command.flag("-p,--profile", chosen[0], "profiles");
    command.flag("-m,--manager", chosen[1], "managers");
    command.flag("-s,--stat", chosen[4], "memory quotas");
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

    std::vector<Wish> wishes;
    for (size_t i = 0; i < std::size(targets); i++)
        if (chosen[i])
            wishes.push_back({&targets[i], operands});
    if (wishes.size() > 1)
        throw command.usage_error("only one policy can be loaded at a time");
    if (wishes.empty() && is_old_form(operands))
        wishes = old_form(command, operands, options);
    if (wishes.empty())
        throw command.usage_error("which policy? -d, -e, -m, -p or -s");
    for (const std::string& word : operands)
        if (is_agent(word))
            throw no_agents();
    for (Wish& wish : wishes) {
        if (options.replace && wish.target->letter != 'd' && wish.target->letter != 'e')
            throw command.usage_error("-f works with -d and -e only");
        if (wish.files.empty())
            wish.files = {"-"};
    }
    int code = exit_ok;
    for (const Wish& wish : wishes)
        code = std::max(code, load(*wish.target, wish.files, options));
    return code;
}

} // namespace applet
