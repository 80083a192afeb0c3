// SPDX-License-Identifier: GPL-2.0-only
// EditorSettings: tools/editpolicy.conf, the colours of the editor and other words for the directives.
#pragma once

#include "tomoyo-box/policy/language/engine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

class EditorSettings {
public:
    enum Element : uint8_t {
        acl_cursor,
        acl_head,
        domain_cursor,
        domain_head,
        exception_cursor,
        exception_head,
        manager_cursor,
        manager_head,
        stat_cursor,
        stat_head,
        profile_cursor,
        profile_head,
        default_color,
        elements
    };
    struct Color { // black, red, green, yellow, blue, magenta, cyan, white
        uint8_t foreground, background;
    };
    struct Alias {
        std::string directive; // "file read", "acl_group 3"
        std::string word;      // what is shown and typed instead
    };

    // One normalized line, neither blank nor a comment. What is wrong has no effect.
    std::optional<Problem> add(std::string_view line);

    // A whole file; returns the lines that are wrong, which are no reason not to start an editor.
    std::vector<Refusal> parse(PolicyReader& reader);

    Color color(Element element) const { return colors_[element]; }
    const std::vector<Alias>& aliases() const { return aliases_; } // of a directive the last one only

private:
    std::optional<Problem> add_alias(std::string_view line, size_t at);
    std::optional<Problem> add_color(std::string_view line, size_t at);

    Color colors_[elements] = {{0, 3}, {0, 3}, {0, 2}, {0, 2}, {0, 6}, {0, 6}, {7, 2},
                               {7, 2}, {0, 3}, {0, 3}, {7, 1}, {7, 1}, {7, 0}};
    std::vector<Alias> aliases_;
};

// Is it what a line of policy may begin with, as far as the editor knows it: "file read", "use_group"?
bool is_directive(std::string_view text);

} // namespace policy
