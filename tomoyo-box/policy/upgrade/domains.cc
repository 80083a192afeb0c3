// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: domain policy. What a line becomes may depend on others of the same domain, wherever they stand.
#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/upgrade/converter.h"

#include <algorithm>

namespace policy::upgrade {

namespace {

constexpr std::string_view ignore_global = "ignore_global_allow_", use_group = "use_group ";
constexpr uint32_t ignores = 1U << 31; // of a domain's facts; the rest: the number of its last use_group line

} // namespace

void Converter::survey_domains() {
    for (size_t i = 0; context_.exceptions && i < context_.exceptions->size(); i++)
        if (std::string_view line = context_.exceptions->text(i); strip(line, "deny_rewrite "))
            append_only_.push_back(line);
    if (!is_from(first_syntax) && !is_from(one_group))
        return;
    uint64_t domain = 0;
    for (size_t i = 0; i < document_.size(); i++) {
        const std::string_view line = document_.text(i);
        if (is_heading(line))
            domain = text_hash(line, 0);
        else if (line.starts_with(ignore_global))
            facts_[domain] |= ignores;
        else if (line.starts_with(use_group))
            facts_[domain] = (facts_[domain] & ignores) | static_cast<uint32_t>(i);
    }
}

void Converter::put_pending_group(size_t i) {
    if (!group_pending_ || (i < document_.size() && document_.text(i).starts_with("use_profile ")))
        return;
    group_pending_ = false;
    result_.text += "use_group 0\n";
}

void Converter::leave_domain() { selected_ = group_pending_ = false; }

void Converter::enter_domain(std::string_view name) {
    const auto facts = facts_.find(text_hash(name, 0));
    here_ = facts == facts_.end() ? 0 : facts->second;
    selected_ = true;
    group_pending_ = is_from(first_syntax) ? (here_ & ignores) == 0U : is_from(one_group) && here_ == 0;
    change_.put_renamed(name, context_.from).put("\n");
}

void Converter::convert_domain_line(size_t i, std::string_view text) {
    if (text.starts_with('<')) {
        heading_ = i;
        return enter_domain(text);
    }
    if (!selected_)
        return change_.lose("no domain is selected");
    if (text.starts_with(use_group) && is_from(one_group) && (here_ & ~ignores) != i)
        return change_.lose("a later use_group of this domain takes its place");
    head_ = {};
    if (convert_number(text))
        return;
    if (!text.starts_with(ignore_global))
        return convert_entry(text);
    // Such a domain does not use acl_group 0. What was never asked about stays free nevertheless.
    change_.put("file read @ANY_DIRECTORY\nfile getattr @ANY_PATHNAME\n");
}

// "use_profile 3  # enforcing": every version read the number, and nothing behind it.
bool Converter::convert_number(std::string_view text) {
    for (const std::string_view word :
         {std::string_view("use_profile"), use_group.substr(0, use_group.size() - 1)}) {
        std::string_view rest = text;
        if (!strip(rest, word))
            continue;
        strip(rest, " ");
        const auto number = take_number(rest, 255);
        rest.remove_prefix(std::min(rest.find_first_not_of(" #"), rest.size()));
        if (!number || rest.empty())
            return false;
        change_.put(word).put(" ").put(*number).put("\n# ").put(rest).put("\n");
        return true;
    }
    return false;
}

// Does a domain that writes the file overwrite it, too? "deny_rewrite" says of which it does not, unless the
// domain has an "allow_rewrite".
bool Converter::may_rewrite(std::string_view name) const {
    const auto covers = [name](std::string_view pattern) {
        // Few names have even the same beginning.
        const size_t literal = tmy_literal_prefix(pattern.data(), pattern.size());
        return name.starts_with(pattern.substr(0, literal)) && (name == pattern || matches(name, pattern));
    };
    bool may = std::none_of(append_only_.begin(), append_only_.end(), covers);
    for (size_t i = heading_ + 1; !may && i < document_.size() && !is_heading(document_.text(i)); i++) {
        std::string_view line = document_.text(i);
        may = strip(line, "allow_rewrite ") && covers(line);
    }
    return may;
}

} // namespace policy::upgrade
