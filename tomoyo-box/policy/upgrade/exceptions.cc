// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: exception policy.
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/upgrade/converter.h"

namespace policy::upgrade {

void Converter::convert_exception(std::string_view line) {
    std::string_view rest = line;
    take_namespace(rest);
    const std::string_view head = line.substr(0, line.size() - rest.size());
    if (rest.starts_with("allow_read ") || rest.starts_with("allow_env ")) {
        head_ = "acl_group 0 "; // there were no namespaces
        return convert_permission(rest);
    }
    if (std::string_view entry = rest; strip(entry, "acl_group ")) {
        take_word(entry);
        head_ = line.substr(0, line.size() - entry.size());
        return convert_entry(entry);
    }
    if (std::string_view pattern = rest; strip(pattern, "file_pattern ")) {
        if (!context_.keeps_rules)
            return change_.lose("tools/patternize.conf has rules instead: rewrite path_pattern");
        if (!correct_word(pattern))
            return change_.lose("a wrong escape, or a wrong use of wildcards");
        change_.put("rewrite path_pattern ").put_renamed(pattern, context_.from).put("\n");
        result_.rules += change_.text;
        change_.text.clear();
        return;
    }
    // A directive that says less than it could says it all now.
    const std::string_view directive = take_word(rest);
    const bool keeps = directive.ends_with("keep_domain");
    const bool completes =
        (keeps || directive.ends_with("initialize_domain")) && rest.find(" from ") == std::string_view::npos;
    change_.put(head).put(directive).put(" ").put(completes && keeps ? "any from " : "");
    change_.put_renamed(rest, context_.from).put(completes && !keeps ? " from any\n" : "\n");
}

} // namespace policy::upgrade
