// SPDX-License-Identifier: GPL-2.0-only
// applet: setlevel
// path: /usr/sbin/tomoyo-setlevel
// also:
// summary: show or change the profiles in the kernel
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/profile_value.h"
#include "tomoyo-box/policy/language/profiles.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <fcntl.h>

namespace {

using policy::ProfileLine;

bool is_setting(const std::string& operand) { return operand.find('=') != std::string::npos; }

// The beginning of a line, in the form that the kernel prints: "9-COMM", as a number has no leading zeros.
std::string without_zeros(std::string_view text) {
    const auto number = policy::take_number(text, 255);
    if (!number)
        return std::string(text);
    strip(text, "-");
    return fmt::format("{}-{}", *number, text);
}

// Is LINE what OPERAND asks for, or the line that it sets? A question names all lines that begin with it.
bool names(const std::string& operand, const std::string& line) {
    if (operand.empty())
        return true;
    if (is_setting(operand)) {
        ProfileLine wanted, found;
        (void)parse(operand, wanted);
        return !parse(line, found) && name_of(wanted) == name_of(found);
    }
    std::string_view wanted = operand, found = line;
    const std::string_view space = policy::starts_domain(wanted) ? take_word(wanted) : policy::kernel_space;
    return space == policy::take_namespace(found) && without_zeros(found).starts_with(without_zeros(wanted));
}

// The kernel would take a setting without number for profile 0, and for any number define that profile even
// when the rest is nonsense: so the form is judged before anything is written. It may know more items than we
// do.
std::optional<policy::Problem> find_mistake(const std::string& setting) {
    ProfileLine line;
    const auto problem = parse(setting, line);
    return line.names_profile && line.setting.item == TMY_ITEMS ? std::nullopt : problem;
}

// Is SETTING in force?
bool in_force(const std::string& setting, const policy::Profiles& profiles) {
    ProfileLine line;
    return !parse(setting, line) && profiles.holds(line);
}

std::vector<std::string> read_profiles(const Interface& interface) {
    const Fd fd = interface.open("profile", O_RDONLY);
    policy::PolicyReader reader(fd.get(), interface.path("profile"));
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
    policy::Profiles profiles;
    for (const std::string& line : lines)
        profiles.add(line);
    for (const std::string& operand : operands) {
        const auto at =
            std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return names(operand, line); });
        const std::string* line = at == lines.end() ? nullptr : &*at;
        if (!is_setting(operand)) {
            if (line)
                continue;
            warn("no line begins with '{}'", operand);
        } else {
            if (in_force(operand, profiles))
                continue;
            warn("the kernel did not take '{}' as it stands; in force is: {}", operand,
                 line ? *line : "nothing (use_default)");
        }
        good = false;
    }
    return good;
}

// As the kernel prints them, or each with its parts.
void print_lines(const std::vector<std::string>& lines, const std::vector<std::string>& operands, bool json) {
    Json list;
    list.array();
    for (const std::string& line : lines) {
        if (!operands.empty() && std::none_of(operands.begin(), operands.end(),
                                              [&](const auto& operand) { return names(operand, line); }))
            continue;
        if (!json) {
            out().print("{}\n", line);
            continue;
        }
        const size_t equals = std::min(line.find('='), line.size());
        list.object().key("name").value(std::string_view(line).substr(0, equals)).key("value");
        list.value(std::string_view(line).substr(std::min(equals + 1, line.size()))).end();
    }
    if (json)
        out().write(list.end().text());
}

} // namespace

namespace applet {

int setlevel(const Call& call) {
    Command command(
        call, "Shows the profiles in the kernel; with operands, changes them first and shows these lines "
              "only. A SETTING is a line of profile.conf, optionally behind a namespace. Without '=' it "
              "changes nothing, and names all lines that begin with it.");
    std::vector<std::string> operands;
    bool json = false;
    command.flag("--json", json, "an array of objects with name and value, for programs");
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
    if (operands.empty() && json) {
        print_lines(read_profiles(interface), operands, true);
        return exit_ok;
    }
    if (operands.empty()) {
        const std::string profiles = interface.read("profile");
        out().print("<<< Access Control Status >>>\n{}", profiles);
        return exit_ok;
    }
    if (call.compat)
        return legacy_setlevel(interface, operands);

    std::vector<std::string> settings;
    for (const std::string& operand : operands) {
        if (!is_setting(operand))
            continue;
        policy::ProfileLine line;
        if (const auto odd = parse(operand, line) ? std::nullopt : policy::odd_word(line);
            odd && odd->mistake())
            throw command.usage_error(fmt::format("'{}': {}", operand, odd->text()));
        if (const auto mistake = find_mistake(operand))
            throw command.usage_error(fmt::format("'{}' is not a setting: at column {}: {}", operand,
                                                  mistake->column, mistake->reason));
        settings.push_back(operand);
    }
    if (!settings.empty())
        write_lines(interface, settings);
    const std::vector<std::string> lines = read_profiles(interface);
    print_lines(lines, operands, json);
    return judge(operands, lines) ? exit_ok : exit_negative;
}

} // namespace applet
