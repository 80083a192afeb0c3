// SPDX-License-Identifier: GPL-2.0-only
// The first manager list: who may write policy, for programs of their own and for one program behind links.
#include "tomoyo-box/policy/template/template.h"

#include "tomoyo-box/base/path.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/template/data.h"

#include <algorithm>

namespace policy {
namespace {

bool any_tool_in(const Root& root, const std::string& directory) {
    bool any = false;
    for_each_word(data::writing_tools, [&](const std::string& tool) {
        any |= root.executed_name(directory + '/' + tool).has_value();
    });
    return any;
}

// Is a tool of this name a link to a program of another name?
bool is_applet(const Root& root, const std::string& path) {
    const auto real = root.real_path(path);
    return real && file_name(*real) != file_name(path);
}

void add_once(std::vector<std::string>& lines, std::string line) {
    if (std::find(lines.begin(), lines.end(), line) == lines.end())
        lines.push_back(std::move(line));
}

} // namespace

Managers manager_template(const Root& root, ManagerStyle style, const std::string& directory) {
    Managers managers;
    for_each_word(directory.empty() ? data::tool_directories : std::string_view(directory),
                  [&](const std::string& place) {
                      if (managers.found)
                          return;
                      managers.found = any_tool_in(root, place);
                      if (managers.found || managers.directory.empty())
                          managers.directory = root.target(place);
                  });

    std::vector<std::string> tools;
    bool applets = false;
    for_each_word(data::writing_tools, [&](const std::string& tool) {
        tools.push_back(managers.directory + '/' + tool);
        applets |= is_applet(root, tools.back());
    });
    if (style == ManagerStyle::automatic)
        style = applets ? ManagerStyle::domains : ManagerStyle::paths;

    for (const std::string& tool : tools) {
        const std::string name = encode(tool);
        switch (style) {
        case ManagerStyle::domains:
            managers.entries.push_back("<kernel> " + name);
            managers.rules.push_back("initialize_domain " + name + " from any");
            break;
        case ManagerStyle::box:
            if (const auto real = root.real_path(tool))
                add_once(managers.entries, encode(*real));
            break;
        default: {
            // A link to a program of the same name is the program's own affair.
            const auto real = root.real_path(tool);
            managers.entries.push_back(real && !is_applet(root, tool) ? encode(*real) : name);
        }
        }
    }
    if (managers.entries.empty())
        managers.entries.push_back(encode(managers.directory + "/tomoyo-box"));
    return managers;
}

} // namespace policy
