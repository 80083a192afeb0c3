// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: domain policy. What a line becomes may depend on others of the same domain, wherever they stand.
#include "tomoyo-box/policy/template.h"
#include "tomoyo-box/policy/upgrade_change.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>

namespace policy::upgrade {

namespace {

constexpr std::string_view ignore_global = "ignore_global_allow_", use_group = "use_group ",
                           use_profile = "use_profile ", group_line = "use_group 0\n";

} // namespace

Domains::Domains(const Document& document, const Context& context)
    : document_(document), context_(context), rewriting_{context.append_only} {
    const bool has_one_syntax = within(context.from, first_syntax) || within(context.from, one_group);
    if (!has_one_syntax && context.append_only.empty())
        return;
    document.each_domain([&](size_t first, size_t last) { survey(first, last); });
    merge_facts();
}

void Domains::survey(size_t first, size_t last) {
    Facts facts;
    facts.name = document_.text(first);
    if (!facts.name.starts_with('<'))
        return;
    for (size_t i = first + 1; i < last; i++) {
        std::string_view line = document_.text(i);
        facts.ignores_global |= line.starts_with(ignore_global);
        if (line.starts_with(use_group))
            facts.group_line = i;
        if (strip(line, "allow_rewrite "))
            facts.rewrites.push_back(take_word(line));
    }
    facts_.push_back(std::move(facts));
}

// A domain may have come in several parts.
void Domains::merge_facts() {
    std::stable_sort(facts_.begin(), facts_.end(),
                     [](const Facts& a, const Facts& b) { return a.name < b.name; });
    size_t kept = 0;
    for (size_t i = 1; i < facts_.size(); i++) {
        Facts &to = facts_[kept], &from = facts_[i];
        if (to.name != from.name) {
            if (++kept != i)
                facts_[kept] = std::move(from);
            continue;
        }
        to.ignores_global |= from.ignores_global;
        if (from.group_line != none)
            to.group_line = from.group_line;
        to.rewrites.insert(to.rewrites.end(), from.rewrites.begin(), from.rewrites.end());
    }
    if (!facts_.empty())
        facts_.erase(facts_.begin() + static_cast<ptrdiff_t>(kept) + 1, facts_.end());
}

std::string_view Domains::before(size_t i) {
    if (!needs_group_ || (i < document_.size() && document_.text(i).starts_with(use_profile)))
        return {};
    needs_group_ = false;
    return group_line;
}

void Domains::leave() {
    selected_ = needs_group_ = false;
    here_ = nullptr;
}

void Domains::heading(std::string_view line, Change& change) {
    const std::string now = rename_files(line, context_.from);
    if (now != line)
        change.line({now});
    selected_ = !find_problem(Language::domains, now);
    const auto at =
        std::lower_bound(facts_.begin(), facts_.end(), line,
                         [](const Facts& facts, std::string_view name) { return facts.name < name; });
    here_ = at != facts_.end() && at->name == line ? &*at : nullptr;
    rewriting_.allowed = here_ ? here_->rewrites : std::vector<std::string_view>();
    needs_group_ =
        selected_ && here_ &&
        (within(context_.from, first_syntax) ? !here_->ignores_global
                                             : within(context_.from, one_group) && here_->group_line == none);
}

void Domains::convert(size_t i, Change& change) {
    const std::string_view line = document_.text(i);
    if (line.starts_with('<'))
        return heading(line, change);
    if (!selected_)
        return change.lose("no domain is selected");
    if (line.starts_with(use_group) && here_ && within(context_.from, one_group) && here_->group_line != i)
        return change.lose("a later use_group of this domain takes its place");
    if (line.starts_with(ignore_global)) {
        // Such a domain does not use acl_group 0. What was never asked about stays free nevertheless.
        std::string_view lines = harmless_template;
        while (strip(lines, "acl_group 0 ")) {
            const size_t end = lines.find('\n');
            change.line({lines.substr(0, end)});
            lines.remove_prefix(end + 1);
        }
        return;
    }
    convert_entry(Language::domains, "", line, context_.from, rewriting_, change);
}

} // namespace policy::upgrade
