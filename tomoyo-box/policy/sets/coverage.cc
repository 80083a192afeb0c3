// SPDX-License-Identifier: GPL-2.0-only
// Coverage: operands compared one by one.
#include "tomoyo-box/policy/sets/coverage.h"

#include "tomoyo-box/policy/language/print.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>

namespace policy {

namespace {

bool is_execute(const tmy_entry& entry) {
    return entry.kind == TMY_PATH && entry.operations == 1u << TMY_EXECUTE;
}

bool same_conditions(const tmy_entry& a, const tmy_entry& b) {
    const auto text = [](const tmy_entry& entry) {
        return printed(
            [&](struct tmy_text* to) { tmy_put_conditions(to, entry.conditions, is_execute(entry)); });
    };
    return text(a) == text(b);
}

// "file execute /a keep": where the program goes is no matter of being wider.
bool has_transition(const tmy_entry& entry) {
    if (!is_execute(entry))
        return false;
    struct tmy_conditions walk;
    tmy_conditions_start(&walk, entry.conditions, true);
    return walk.transition.type != TMY_NO_TRANSITION;
}

bool is_pattern(std::string_view word) { return tmy_literal_prefix(word.data(), word.size()) < word.size(); }

bool parse_entry(std::string_view line, tmy_entry& entry) {
    DomainLine parsed;
    if (parse(line, parsed) || parsed.type != TMY_LINE_ENTRY || parsed.remove)
        return false;
    entry = parsed.entry;
    return true;
}

// Does it cover more than the entries with the same operands?
bool is_wide(const tmy_entry& entry) {
    const auto kind = static_cast<tmy_kind>(entry.kind);
    for (unsigned i = 0; i < tmy_entry_names(kind); i++)
        if (entry.names[i].group || is_pattern(view(entry.names[i].text)))
            return true;
    for (unsigned i = 0; i < tmy_entry_numbers(kind); i++)
        if (entry.numbers[i].group.at || !tmy_number_single(&entry.numbers[i].number))
            return true;
    return kind == TMY_INET && (entry.address.group.at || !tmy_address_single(&entry.address.address));
}

} // namespace

Groups::Groups(PolicyReader& reader)
    : document_(std::make_unique<const Document>(Language::exceptions, reader)) {
    document_->each([&](size_t i, const policy::Line& line) {
        const auto* exception = std::get_if<ExceptionLine>(&line);
        if (exception && !exception->remove && exception->exception.type >= TMY_PATH_GROUP)
            lines_.push_back({*exception, document_->text(i)});
    });
}

Coverage::Coverage(const DomainSet& set, const DomainSet::Domain& domain, const Groups& groups)
    : set_(set), lines_(set.lines(domain)), groups_(groups) {
    std::string_view name = set.name(domain);
    space_ = take_word(name);
    std::string buffer;
    for (const DomainSet::Line line : lines_) {
        const std::string_view text = set.text(line);
        tmy_entry entry;
        DomainLine parsed;
        if (parse_entry(text, entry)) {
            if (is_wide(entry) || canonical(entry, buffer) != text)
                wide_.push_back({entry, text});
        } else if (!parse(text, parsed) && parsed.type == TMY_LINE_GROUP) {
            add_groups(static_cast<unsigned>(parsed.number));
        }
    }
}

void Coverage::add_groups(unsigned number) {
    for (const auto& [line, text] : groups_.lines())
        if (line.exception.type == TMY_ACL_GROUP && line.exception.acl_group == number &&
            line.space == space_)
            wide_.push_back({line.exception.entry, text});
}

std::string_view Coverage::find(std::string_view line) const {
    tmy_entry narrow;
    if (!parse_entry(line, narrow))
        return {};
    std::string buffer;
    if (const auto same = find_same(canonical(narrow, buffer)); !same.empty())
        return same;
    if (narrow.conditions.length && !has_transition(narrow)) {
        tmy_entry bare = narrow;
        bare.conditions = {};
        if (const auto same = find_same(canonical(bare, buffer)); !same.empty())
            return same;
    }
    for (const Wide& wide : wide_)
        if (covers(wide.entry, narrow))
            return wide.text;
    return {};
}

std::string_view Coverage::find_same(std::string_view text) const {
    const auto at = std::lower_bound(
        lines_.begin(), lines_.end(), text,
        [&](DomainSet::Line line, std::string_view other) { return compare(set_.text(line), other) < 0; });
    return at != lines_.end() && set_.text(*at) == text ? set_.text(*at) : std::string_view();
}

bool Coverage::covers(const tmy_entry& wide, const tmy_entry& narrow) const {
    if (wide.kind != narrow.kind || wide.protocol != narrow.protocol ||
        (narrow.operations & ~wide.operations))
        return false;
    const auto kind = static_cast<tmy_kind>(wide.kind);
    for (unsigned i = 0; i < tmy_entry_names(kind); i++)
        if (!covers(wide.names[i], narrow.names[i]))
            return false;
    for (unsigned i = 0; i < tmy_entry_numbers(kind); i++)
        if (!covers(wide.numbers[i], narrow.numbers[i]))
            return false;
    if (kind == TMY_INET && !covers(wide.address, narrow.address))
        return false;
    if (!wide.conditions.length && !has_transition(narrow))
        return true;
    return same_conditions(wide, narrow);
}

bool Coverage::covers(const tmy_name_operand& wide, const tmy_name_operand& narrow) const {
    const std::string_view name = view(narrow.text), pattern = view(wide.text);
    if (wide.group == narrow.group && name == pattern)
        return true;
    if (narrow.group)
        return false;
    if (wide.group)
        return groups_.any(TMY_PATH_GROUP, space_, pattern, [&](const tmy_exception& member) {
            return covers(tmy_name_operand{member.second, false}, narrow);
        });
    return !is_pattern(name) && matches(name, pattern);
}

bool Coverage::covers(const tmy_number_operand& wide, const tmy_number_operand& narrow) const {
    if (wide.group.at && narrow.group.at)
        return view(wide.group) == view(narrow.group);
    if (narrow.group.at)
        return false;
    const auto holds = [&](const tmy_number& range) {
        return range.low <= narrow.number.low && narrow.number.high <= range.high;
    };
    if (wide.group.at)
        return groups_.any(TMY_NUMBER_GROUP, space_, view(wide.group),
                           [&](const tmy_exception& member) { return holds(member.number); });
    return holds(wide.number);
}

bool Coverage::covers(const tmy_address_operand& wide, const tmy_address_operand& narrow) const {
    if (wide.group.at && narrow.group.at)
        return view(wide.group) == view(narrow.group);
    if (narrow.group.at)
        return false;
    const auto holds = [&](const tmy_address& range) {
        return tmy_address_has(&range, narrow.address.low, narrow.address.size) &&
               tmy_address_has(&range, narrow.address.high, narrow.address.size);
    };
    if (wide.group.at)
        return groups_.any(TMY_ADDRESS_GROUP, space_, view(wide.group),
                           [&](const tmy_exception& member) { return holds(member.address); });
    return holds(wide.address);
}

} // namespace policy
