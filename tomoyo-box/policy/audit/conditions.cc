// SPDX-License-Identifier: GPL-2.0-only
// Audit records as conditions.
#include "tomoyo-box/policy/audit/conditions.h"

#include <algorithm>

namespace policy {

namespace {

constexpr std::string_view arguments = "argv[]", environment = "envp[]";

bool has_conditions(std::string_view block) {
    constexpr std::string_view known[] = {"task", "path1", "path1.parent", "path2", "path2.parent", "exec"};
    return std::find(std::begin(known), std::end(known), block) != std::end(known);
}

void put_plain(std::string& text, std::string_view block, std::string_view key, std::string_view value) {
    text.append(" ").append(block).append(".").append(key).append("=").append(value);
}

void put_argument(std::string& text, size_t number, std::string_view value) {
    text.append(" exec.argv[").append(std::to_string(number)).append("]=").append(value);
}

// VARIABLE is "NAME=VALUE", in quotes; NAMELESS and EMPTY: even without the one or the other.
void put_variable(std::string& text, std::string_view variable, bool nameless, bool empty) {
    const std::string_view inner = variable.substr(1, variable.size() - 2);
    const size_t equals = inner.find('=');
    if (equals == std::string_view::npos)
        return;
    const std::string_view name = inner.substr(0, equals), value = inner.substr(equals + 1);
    if ((nameless || !name.empty()) && (empty || !value.empty()))
        text.append(" exec.envp[\"").append(name).append("\"]=\"").append(value).append("\"");
}

bool is_wanted(std::string_view block, std::string_view key, Conditions which) {
    const bool program = block == "exec" || block == arguments || block == environment;
    if (which == Conditions::exec)
        return program;
    // uid, gid, euid, fsgid...
    return which != Conditions::owner ||
           (!program && (key.ends_with("uid") || key.ends_with("gid")) && has_conditions(block));
}

} // namespace

std::string conditions(const AuditHeader& header, Conditions which) {
    const bool legacy = which == Conditions::legacy;
    std::string text;
    if (which == Conditions::none)
        return text;
    text.reserve(32 * header.items.size());
    size_t argument = 0;
    bool shortened = false;
    for (const auto& [block, key, value] : header.items) {
        if (!is_wanted(block, key, which))
            continue;
        if (value == audit_omission)
            shortened = true;
        else if (block == arguments)
            put_argument(text, argument++, value);
        else if (block == environment && !(shortened && legacy))
            put_variable(text, value, legacy, true);
        else if (has_conditions(block))
            put_plain(text, block, key, value);
        else if (block.empty() && key == "symlink.target")
            text.append(" symlink.target=").append(value);
    }
    return text;
}

std::string exec_conditions(const AuditHeader& header) {
    std::string program, argc, argv, envc, envp;
    size_t argument = 0;
    for (const auto& [block, key, value] : header.items) {
        if (value == audit_omission)
            continue;
        if (block == arguments)
            put_argument(argv, argument++, value);
        else if (block == environment)
            put_variable(envp, value, false, false);
        else if (block == "exec" && key == "realpath")
            put_plain(program, block, key, value);
        else if (block == "exec" && key == "argc")
            put_plain(argc, block, key, value);
        else if (block == "exec" && key == "envc")
            put_plain(envc, block, key, value);
    }
    if (program.empty() || argc.empty() || envc.empty())
        return {};
    return program.append(argc).append(argv).append(envc).append(envp);
}

} // namespace policy
