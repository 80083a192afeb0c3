// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: the small files, in which only names have changed.
#include "tomoyo-box/policy/upgrade_change.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>
#include <cctype>

namespace policy::upgrade {

namespace {

constexpr struct Renamed {
    std::string_view before, now;
} quotas[] =
    {
        {"Policy:", "Memory used by policy:"},
        {"Audit logs:", "Memory used by audit log:"},
        {"Query lists:", "Memory used by query message:"},
},
  tools[] =
      {
          {"/usr/lib/ccs/ccs-", "/usr/sbin/tomoyo-"},
          {"/usr/lib/ccs/", "/usr/sbin/tomoyo-"},
          {"/usr/sbin/ccs-", "/usr/sbin/tomoyo-"},
},
  ccs_words[] = {
      {"/proc/ccs/", "/sys/kernel/security/tomoyo/"},
      {"/etc/ccs/", "/etc/tomoyo/"},
      {"ccs-", "tomoyo-"},
};

} // namespace

void convert_manager(std::string_view line, Versions from, Change& change) {
    const std::string renamed = rename_files(line, from);
    std::string now;
    for (std::string_view rest = renamed; !rest.empty();) {
        std::string_view word = take_word(rest);
        for (const Renamed& tool : tools)
            if (within(from, ccs_versions) && strip(word, tool.before)) {
                now += tool.now;
                break;
            }
        now.append(word).append(rest.empty() ? "" : " ");
    }
    if (now != line)
        change.line({now});
}

void convert_quota(std::string_view line, Change& change) {
    for (const Renamed& quota : quotas)
        if (std::string_view rest = line; strip(rest, quota.before))
            return change.line({quota.now, rest});
    if (line.starts_with("Shared:") || line.starts_with("Private:"))
        change.lose("2.6 counts all memory of policy together: Memory used by policy");
}

std::string convert_tools(std::string_view text, Versions from) {
    std::string now(text);
    if (!within(from, ccs_versions))
        return now;
    for (const Renamed& word : ccs_words)
        for (size_t at = 0; (at = now.find(word.before, at)) != std::string::npos; at++)
            if (at == 0 || !isalnum(static_cast<unsigned char>(now[at - 1])))
                now.replace(at, word.before.size(), word.now);
    return now;
}

Result convert_editor_settings(std::string_view text) {
    Result result;
    for (size_t i = 0; !text.empty(); i++) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (strip(line, "editpolicy.keyword_alias")) {
            result.losses.push_back({i, "it is about a word of the old language", false});
            result.text.append("# not converted (")
                .append(result.losses.back().reason)
                .append("): keyword_alias");
        } else {
            strip(line, "editpolicy.");
            result.converted++;
        }
        result.text.append(line).append("\n");
    }
    return result;
}

} // namespace policy::upgrade
