// SPDX-License-Identifier: GPL-2.0-only
// applet: setlevel
// path: /usr/sbin/tomoyo-setlevel
// also:
// summary: show or change the profiles in the kernel
#include "tomoyo-box/base/line_reader.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/profile_line.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>
#include <fcntl.h>

namespace {

using policy::parse_profile_line;
using policy::ProfileLine;

// "9-COMMENT", in the form that the kernel prints: a number has no leading zeros.
std::string name_of(const ProfileLine& parts) {
    return parts.profile ? fmt::format("{}-{}", *parts.profile, parts.key) : std::string(parts.key);
}

// Is LINE what OPERAND asks for, or the line that it sets? A question names all lines that begin with it.
bool names(const std::string& operand, const std::string& line) {
    const ProfileLine wanted = parse_profile_line(operand), found = parse_profile_line(line);
    if (operand.empty())
        return true;
    if (wanted.space != found.space)
        return false;
    return wanted.has_value ? name_of(wanted) == name_of(found) : name_of(found).starts_with(name_of(wanted));
}

// The kernel would take a setting without number for profile 0, and for any number define that profile even
// when the rest is nonsense: so the form is judged before anything is written.
bool well_formed(const std::string& setting) {
    const ProfileLine parts = parse_profile_line(setting);
    if (!parts.profile)
        return parts.key == "PROFILE_VERSION";
    return parts.key == "COMMENT" || parts.key == "PREFERENCE" || parts.key == "CONFIG" ||
           parts.key.starts_with("CONFIG::");
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> list;
    while (!text.empty())
        if (const std::string_view word = policy::take_word(text);
            !word.empty() && word != "{" && word != "}")
            list.push_back(word);
    return list;
}

// Is SETTING in force? The kernel searches the value for words it knows and prints them in its own form: each
// word must be there. LINE is null when the kernel prints none, which means use_default.
bool in_force(const std::string& setting, const std::string* line) {
    const ProfileLine wanted = parse_profile_line(setting);
    const std::string_view value = line ? parse_profile_line(*line).value : std::string_view();
    if (wanted.key == "COMMENT" || wanted.key == "PROFILE_VERSION")
        return line && value == wanted.value;
    std::string text(wanted.value);
    std::replace(text.begin(), text.end(), '{', ' ');
    std::replace(text.begin(), text.end(), '}', ' ');
    const std::vector<std::string_view> asked = words(text), found = words(value);
    const auto has = [&](std::string_view word) {
        return std::find(found.begin(), found.end(), word) != found.end();
    };
    return !asked.empty() && std::all_of(asked.begin(), asked.end(), [&](std::string_view word) {
        return word == "use_default" ? !line : has(word) || has("mode=" + std::string(word));
    });
}

std::vector<std::string> read_profiles(const Interface& interface) {
    const Fd fd = interface.open("profile", O_RDONLY);
    LineReader reader(fd.get(), interface.path("profile"));
    std::vector<std::string> lines;
    std::string_view line;
    while (reader.next(line))
        lines.emplace_back(line);
    return lines;
}

void write_lines(const Interface& interface, const std::vector<std::string>& lines) {
    PolicyWriter writer(interface, "profile");
    for (const std::string& line : lines)
        writer.line(line);
    writer.flush();
}

// tomoyo-tools 2.6.1: everything is written, and no answer of the kernel is judged.
int legacy_setlevel(const Interface& interface, const std::vector<std::string>& operands) {
    (void)interface.open("profile", O_RDONLY);
    try {
        write_lines(interface, operands);
    } catch (const Error&) {
        // A refused write was not noticed.
    }
    const auto begins = [](const std::string& line, const std::string& operand) {
        const size_t equals = operand.find('=');
        return line.starts_with(equals == std::string::npos ? operand : operand.substr(0, equals + 1));
    };
    for (const std::string& line : read_profiles(interface))
        if (std::any_of(operands.begin(), operands.end(),
                        [&](const auto& operand) { return begins(line, operand); }))
            out().print("{}\n", line);
    return exit_ok;
}

// Says what of the operands cannot be found in LINES; returns whether all can.
bool judge(const std::vector<std::string>& operands, const std::vector<std::string>& lines) {
    bool good = true;
    for (const std::string& operand : operands) {
        const auto at =
            std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return names(operand, line); });
        const std::string* line = at == lines.end() ? nullptr : &*at;
        if (!parse_profile_line(operand).has_value) {
            if (line)
                continue;
            warn("no line begins with '{}'", operand);
        } else {
            if (in_force(operand, line))
                continue;
            warn("the kernel did not take '{}' as it stands; in force is: {}", operand,
                 line ? *line : "nothing (use_default)");
        }
        good = false;
    }
    return good;
}

} // namespace

namespace applet {

int setlevel(const Call& call) {
    Command command(
        call, "Shows the profiles in the kernel; with operands, changes them first and shows these lines "
              "only. A SETTING is a line of profile.conf, optionally behind a namespace. Without '=' it "
              "changes nothing, and names all lines that begin with it.");
    std::vector<std::string> operands;
    command.operands("SETTING", operands,
                     "N-COMMENT=TEXT, N-CONFIG={ mode=MODE }, or the beginning of a line", 0);
    command.example("tomoyo-setlevel", "all profiles");
    command.example("tomoyo-setlevel 1", "the lines of profile 1");
    command.example("tomoyo-setlevel '4-CONFIG::file={ mode=enforcing }'",
                    "enforce file access in profile 4");
    command.example("tomoyo-setlevel '1-PREFERENCE={ max_learning_entry=4096 }'", "let domains learn more");
    if (const auto code = command.parse())
        return *code;
    for (std::string& operand : operands)
        operand = policy::normalize(operand);

    const Interface interface("You can't use this command for this kernel.");
    if (operands.empty()) {
        const std::string profiles = interface.read("profile");
        out().print("<<< Access Control Status >>>\n{}", profiles);
        return exit_ok;
    }
    if (call.compat)
        return legacy_setlevel(interface, operands);

    std::vector<std::string> settings;
    for (const std::string& operand : operands) {
        if (!parse_profile_line(operand).has_value)
            continue;
        if (!well_formed(operand))
            throw command.usage_error(
                fmt::format("'{}' is not a setting: use N-COMMENT=, N-PREFERENCE= or N-CONFIG=, "
                            "N from 0 to 255",
                            operand));
        settings.push_back(operand);
    }
    if (!settings.empty())
        write_lines(interface, settings);
    const std::vector<std::string> lines = read_profiles(interface);
    for (const std::string& line : lines)
        if (std::any_of(operands.begin(), operands.end(),
                        [&](const auto& operand) { return names(operand, line); }))
            out().print("{}\n", line);
    return judge(operands, lines) ? exit_ok : exit_negative;
}

} // namespace applet
