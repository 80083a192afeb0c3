// SPDX-License-Identifier: GPL-2.0-only
// savepolicy of tomoyo-tools: how its words are understood.
#include "tomoyo-box/compat/savepolicy.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/language/kinds.h"

namespace compat {

std::string usage_of_savepolicy(const std::string& name) {
    const std::string interface = "/sys/kernel/security/tomoyo/";
    std::string text = fmt::format("{0} [policy_dir [remote_ip:remote_port]]\n"
                                   "{0} [{{-e|-d|-p|-m|-s}} [remote_ip:remote_port]]\n\n"
                                   "policy_dir : Use policy_dir rather than /etc/tomoyo/ directory.\n"
                                   "remote_ip:remote_port : Read from tomoyo-editpolicy-agent listening at "
                                   "remote_ip:remote_port rather than {1} directory.",
                                   name, interface);
    for (const char letter : std::string_view("edpms"))
        text += fmt::format("\n-{} : Print {}{} to stdout.", letter, interface,
                            policy::kind_of(letter)->kernel_file);
    return text;
}

void check_arguments(const Call& call, const Command& command) {
    bool print = false, directory = false, agent = false;
    const auto refuse = [&](std::string_view what) {
        std::string text =
            what.empty() ? "" : fmt::format("You cannot specify multiple {} at the same time.\n", what);
        throw command.usage_error("wrong arguments").legacy(std::move(text));
    };
    for (const std::string& word : call.args) {
        if (word.size() > 2 && word.starts_with("--"))
            return; // not a command line of old
        if (word.starts_with('/')) {
            if (directory || print)
                refuse("policy directories");
            directory = true;
        } else if (word.find(':') != std::string::npos) {
            if (agent)
                refuse("remote agents");
            agent = true;
        } else if (word.size() > 1 && word[0] == '-' &&
                   std::string_view("edpms").find(word[1]) != std::string::npos) {
            if (print)
                refuse("");
            if (word.size() > 2 || directory)
                refuse("policies");
            print = true;
        } else {
            refuse("");
        }
    }
}

bool is_letters(std::string_view word) {
    return !word.empty() && word.find_first_not_of("adefmpu") == std::string_view::npos;
}

SaveLetters letters_of(std::string_view word) {
    SaveLetters letters;
    for (const char letter : word)
        switch (letter) {
        case 'a':
            letters.only += "de";
            break;
        case 'f':
            letters.always = true;
            break;
        case 'u':
            letters.quota = true;
            break;
        default:
            letters.only += letter;
        }
    return letters;
}

} // namespace compat
