// SPDX-License-Identifier: GPL-2.0-only
// Suggest: reading names, grouping them, and judging a group.
#include "tomoyo-box/policy/rewrite/suggest.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/generalize.h"
#include "tomoyo-box/policy/sets/filter.h"

#include <algorithm>
#include <utility>

namespace policy {

namespace {

constexpr size_t deepest = 12;   // components from the end in which names may differ
constexpr size_t longest = 4096; // no path that a kernel learns is longer
constexpr char left_out = '\1';  // no character of a normalized line

bool is_literal(std::string_view name) { return tmy_literal_prefix(name.data(), name.size()) == name.size(); }

size_t count_components(std::string_view name) {
    return static_cast<size_t>(std::count(name.begin(), name.end(), '/')) + 1;
}

} // namespace

std::string_view Suggester::line(uint32_t number) const { return view(lines_[number].text); }

Suggester::Text Suggester::append(std::string_view text) {
    if (text_.size() + text.size() > UINT32_MAX)
        throw trouble("there is too much policy for suggestions; give it in several parts");
    const Text place{static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())};
    text_ += text;
    return place;
}

void Suggester::read(PolicyReader& reader, uint64_t size, bool compat, ReadObserver& observer) {
    text_.reserve(text_.size() + size);
    domain_.clear();
    std::string_view line;
    while (next_line(reader, compat, observer, line))
        add_line(line);
}

uint32_t Suggester::number_of(std::string_view domain) {
    if (domains_.empty() || view(domains_.back()) != domain)
        domains_.push_back(append(domain));
    return static_cast<uint32_t>(domains_.size() - 1);
}

// Lines are kept for the names in them that may become patterns.
void Suggester::add_entry(std::string_view line, std::string_view domain, const tmy_entry& entry) {
    const auto kind = static_cast<tmy_kind>(entry.kind);
    if (kind == TMY_ENV || kind == TMY_TRANSITION)
        return;
    if (kind == TMY_PATH && entry.operations == 1u << TMY_EXECUTE) // domains have this name in theirs
        return;
    bool stored = false;
    for (unsigned i = 0; i < tmy_entry_names(kind); i++) {
        const std::string_view name = policy::view(entry.names[i].text);
        if (entry.names[i].group || name.size() > longest || !is_literal(name) ||
            name.find('/') == std::string_view::npos || !keep_.covered_by(name).empty())
            continue;
        if (!std::exchange(stored, true)) {
            const uint32_t number = number_of(domain);
            lines_.push_back({append(line), number});
        }
        const auto at = static_cast<uint32_t>(name.data() - line.data());
        const uint64_t front = text_hash(line.substr(0, at), text_hash(domain, seed_));
        names_.push_back({static_cast<uint32_t>(lines_.size() - 1),
                          {lines_.back().text.at + at, static_cast<uint32_t>(name.size())},
                          text_hash(line.substr(at + name.size()), front),
                          static_cast<uint16_t>(count_components(name)), // "longest" is less
                          false});
    }
}

void Suggester::add_line(std::string_view line) {
    std::string_view rest = line;
    const std::string_view space = take_namespace(rest);
    if (strip(rest, "acl_group ")) {
        ExceptionLine group;
        if (parse(line, group) || group.exception.type != TMY_ACL_GROUP)
            return;
        const std::string_view number = take_word(rest);
        add_entry(rest, std::string(space).append(" acl_group ").append(number), group.exception.entry);
        return;
    }
    if (is_heading(line)) {
        domain_ = line.starts_with('<') ? line : std::string_view();
        return;
    }
    DomainLine parsed;
    if (!domain_.empty() && !parse(line, parsed) && parsed.type == TMY_LINE_ENTRY && !parsed.remove)
        add_entry(line, domain_, parsed.entry);
}

// The name with what may differ left out; false when nothing is.
bool Suggester::shape(std::string_view name, size_t count, const Level& level, std::string& to) {
    to.clear();
    if (level.what == Level::component) {
        // Names that differ at the top have nothing in common.
        if (level.from_end + (name.starts_with('/') ? 3 : 2) > count)
            return false;
        const std::string_view component = component_at(name, count - 1 - level.from_end);
        const size_t at = static_cast<size_t>(component.data() - name.data());
        to.append(name.substr(0, at)).append(1, left_out).append(name.substr(at + component.size()));
        return !component.empty();
    }
    Pieces pieces(name, level.what == Level::digits ? Pieces::digits : Pieces::mixed);
    std::string_view piece;
    bool some = false;
    for (bool may_differ; pieces.next(piece, may_differ);) {
        some |= may_differ;
        if (!may_differ)
            to += piece;
        else
            to.append(level.what == Level::digits ? 1 : piece.size(), left_out);
    }
    return some;
}

void Suggester::sort(std::vector<Key>& keys) {
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.name < b.name;
    });
}

void Suggester::find(const Level& level, std::vector<Key>& keys, std::vector<Suggestion>& found) {
    std::string left;
    keys.clear();
    for (uint32_t i = 0; i < names_.size(); i++) {
        const Name& name = names_[i];
        if (!name.taken && shape(view(name.text), name.components, level, left))
            keys.push_back({text_hash(left, name.frame), i});
    }
    sort(keys);
    const Key* const end = keys.data() + keys.size();
    for (const Key *first = keys.data(), *last; first != end; first = last) {
        for (last = first; last != end && last->hash == first->hash;)
            last++;
        if (static_cast<size_t>(last - first) >= support_)
            consider(level, first, last, found);
    }
}

void Suggester::consider(const Level& level, const Key* first, const Key* last,
                         std::vector<Suggestion>& found) {
    std::vector<Key> different;
    for (const Key* key = first; key != last; key++)
        different.push_back({text_hash(view(names_[key->name].text), 0), key->name});
    sort(different);
    std::vector<std::string_view> names;
    for (size_t i = 0; i < different.size(); i++)
        if (i == 0 || different[i].hash != different[i - 1].hash)
            names.push_back(view(names_[different[i].name].text));
    if (names.size() < support_)
        return;
    if (level.what != Level::component) {
        propose(pattern_of_pieces(names, level.what == Level::digits ? Pieces::digits : Pieces::mixed), first,
                last, found);
        return;
    }
    bool nothing_literal = false;
    std::string pattern =
        pattern_of_component(names, count_components(names[0]) - 1 - level.from_end, nothing_literal);
    // Any name at all is a lot to ask for; any program is too much.
    const bool executes = line(names_[first->name].line).find("execute") != std::string_view::npos;
    if (nothing_literal && (executes || names.size() < 2 * static_cast<size_t>(support_)))
        return;
    propose(std::move(pattern), first, last, found);
}

void Suggester::propose(std::string pattern, const Key* first, const Key* last,
                        std::vector<Suggestion>& found) {
    if (!correct_word(pattern))
        return;
    for (const Key* key = first; key != last; key++)
        if (!matches(view(names_[key->name].text), pattern))
            return;
    Suggestion suggestion{};
    const Name& name = names_[first->name];
    const Line& line = lines_[name.line];
    const std::string_view whole = view(line.text);
    const size_t at = name.text.at - line.text.at;
    suggestion.domain = view(domains_[line.domain]);
    suggestion.refused_by = keep_.covered_by(pattern);
    suggestion.line.append(whole.substr(0, at)).append(pattern).append(whole.substr(at + name.text.length));
    suggestion.word =
        static_cast<size_t>(std::count(whole.begin(), whole.begin() + static_cast<long>(at), ' ')) + 1;
    suggestion.pattern = std::move(pattern);
    for (const Key* key = first; key != last; key++) {
        suggestion.covered.push_back(names_[key->name].line);
        names_[key->name].taken |= suggestion.refused_by.empty();
    }
    found.push_back(std::move(suggestion));
}

std::vector<Suggestion> Suggester::find() {
    std::vector<Suggestion> found;
    std::vector<Key> keys; // in memory that all levels share
    find({Level::digits, 0}, keys, found);
    find({Level::mixed, 0}, keys, found);
    for (size_t from_end = 0; from_end < deepest; from_end++)
        find({Level::component, from_end}, keys, found);
    std::vector<Key> order;
    order.reserve(found.size());
    for (const Suggestion& suggestion : found)
        order.push_back({suggestion.covered[0], static_cast<uint32_t>(order.size())});
    sort(order);
    std::vector<Suggestion> sorted;
    sorted.reserve(found.size());
    for (const Key& key : order)
        sorted.push_back(std::move(found[key.name]));
    return sorted;
}

} // namespace policy
