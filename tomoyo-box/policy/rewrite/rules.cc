// SPDX-License-Identifier: GPL-2.0-only
// RewriteRules: reading rules, and applying one to a word.
#include "tomoyo-box/policy/rewrite/rules.h"

#include "tomoyo-box/policy/config/tool_config.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/parts.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace policy {

namespace {

// Where a rule may match in many places of a word, so many are tried; fewer when the word is longer than any
// path is, so that no word takes forever.
size_t tries_for(std::string_view word) {
    return std::clamp<size_t>((size_t{1} << 20) / std::max<size_t>(word.size(), 1), 1, 64);
}

// The first eight bytes, or what there is of them.
uint64_t beginning_of(std::string_view text) {
    uint64_t value = 0;
    if (text.size() >= sizeof value)
        std::memcpy(&value, text.data(), sizeof value); // of known size, it is a single load
    else
        std::memcpy(&value, text.data(), text.size());
    return value;
}

// A bit for the second character of what begins with a slash.
uint64_t follower_of(std::string_view text) { return 1ULL << (text.size() > 1 ? text[1] & 63 : 0); }

uint64_t beginning_mask(size_t length) {
    uint64_t mask = 0;
    std::memset(&mask, 0xff, std::min(length, sizeof mask));
    return mask;
}

// Can a part of a name be matched by less than all of what is behind the last slash? "\*" alone, which may
// match nothing, then stands for one component less (kernel ABI specification 1.5.2).
bool may_end_early(std::string_view pattern) {
    std::string_view last = pattern.substr(pattern.rfind('/') + 1);
    while (strip(last, "\\*") || strip(last, "\\@"))
        continue;
    return last.empty() && !pattern.ends_with('/');
}

} // namespace

std::optional<Problem> RewriteRules::check_old(Rule& rule, std::string_view line, std::string_view word) {
    const size_t column = static_cast<size_t>(word.data() - line.data()) + 1;
    struct tmy_problem problem = {};
    switch (rule.kind) {
    case Kind::number:
        if (!tmy_parse_number(span(word), &rule.number, &problem))
            return located(line, problem);
        return std::nullopt;
    case Kind::address:
        if (!tmy_parse_address(span(word), &rule.address, &problem))
            return located(line, problem);
        return std::nullopt;
    case Kind::head:
        if (!word.ends_with('/'))
            return Problem{"a head ends with '/'", column + word.size()};
        break;
    case Kind::tail:
        if (!word.starts_with('/'))
            return Problem{"a tail starts with '/'", column};
        break;
    case Kind::part:
        if (word.find('/') != std::string_view::npos)
            return Problem{"a part of a name holds no '/'", column};
        break;
    default:
        break;
    }
    if (!correct_word(word))
        return Problem{"not a correct word", column};
    return std::nullopt;
}

std::optional<Problem> RewriteRules::add_rule(std::string_view line) {
    constexpr std::string_view kinds[] = {"path_pattern", "head_pattern",   "tail_pattern",
                                          "part_pattern", "number_pattern", "address_pattern"};
    std::string_view rest = line;
    take_word(rest); // "rewrite"
    const auto column = [&] { return line.size() - rest.size() + 1; };
    const size_t kind_column = column();
    const auto* const kind = std::find(std::begin(kinds), std::end(kinds), take_word(rest));
    if (kind == std::end(kinds))
        return Problem{"'path_pattern', 'head_pattern', 'tail_pattern', 'part_pattern', 'number_pattern' or "
                       "'address_pattern' is expected",
                       kind_column};
    if (rest.empty())
        return Problem{"what is to be rewritten is missing", line.size() + 1};
    Rule rule{};
    rule.kind = static_cast<Kind>(kind - std::begin(kinds));
    const std::string_view old_word = take_word(rest);
    if (const auto problem = check_old(rule, line, old_word))
        return problem;
    const size_t new_column = column();
    const std::string_view new_word = rest.empty() ? old_word : take_word(rest);
    if (!rest.empty())
        return Problem{"nothing may follow here", column()};
    if (!correct_word(new_word))
        return Problem{"not a correct word", new_column};

    const size_t literal = tmy_literal_prefix(old_word.data(), old_word.size());
    rule.repeats = old_word.find("/\\{") != std::string_view::npos;
    rule.slashes = static_cast<uint16_t>(
        std::min<size_t>(static_cast<size_t>(std::count(old_word.begin(), old_word.end(), '/')), UINT16_MAX));
    rule.key = beginning_of(old_word);
    rule.mask = beginning_mask(literal);
    rule.second = literal > 1 || old_word.size() == 1 ? follower_of(old_word) : ~0ULL;
    rule.old_word = old_word;
    rule.new_word = new_word;
    rule.selector = std::exchange(pending_, {});
    rules_.push_back(std::move(rule));
    return std::nullopt;
}

std::optional<Problem> RewriteRules::add(std::string_view line) {
    constexpr std::string_view names[fields] = {"domain", "acl", "word"};
    std::string_view rest = line;
    const std::string_view first = take_word(rest);
    if (first == "rewrite")
        return add_rule(line);
    if (first == "keep") {
        auto problem = keep_.add(rest);
        if (problem)
            problem->column += line.size() - rest.size();
        return problem;
    }
    Condition condition;
    if (const auto problem = parse_condition(line, names, condition))
        return problem;
    pending_.push_back(std::move(condition));
    return std::nullopt;
}

std::vector<Refusal> RewriteRules::parse(PolicyReader& reader) { return read_config(reader, *this); }

bool RewriteRules::matches(std::string_view name, std::string_view pattern) {
    const size_t needed = TMY_MATCH_SCRATCH(name.size());
    if (scratch_.size() < needed)
        scratch_.resize(2 * needed);
    return tmy_match(name.data(), name.size(), pattern.data(), pattern.size(), scratch_.data());
}

void RewriteRules::look_at(std::string_view word) {
    slashes_.clear();
    followers_ = 0;
    for (size_t at = 0; (at = word.find('/', at)) != std::string_view::npos; at++) {
        const std::string_view rest = word.substr(at);
        slashes_.push_back({at, beginning_of(rest)});
        followers_ |= follower_of(rest);
    }
}

// A pattern without /\{ has as many slashes as what it matches, so just one head can fit; any other is tried
// from the longest head on.
bool RewriteRules::rewrite_head(const Rule& rule, std::string_view word, std::string& to) {
    if (slashes_.size() < rule.slashes)
        return false;
    const size_t tries = tries_for(word);
    const size_t most = rule.repeats ? slashes_.size() : rule.slashes;
    const size_t least = std::max<size_t>(rule.repeats && most > tries ? most - tries + 1 : 1, rule.slashes);
    for (size_t count = most; count >= least; count--) {
        const size_t end = slashes_[count - 1].at + 1;
        if (!matches(word.substr(0, end), rule.old_word))
            continue;
        to.append(rule.new_word).append(word.substr(end));
        return true;
    }
    return false;
}

// The same from the longest tail on.
bool RewriteRules::rewrite_tail(const Rule& rule, std::string_view word, std::string& to) {
    const size_t fewest = may_end_early(rule.old_word) && rule.slashes > 1 ? rule.slashes - 1u : rule.slashes;
    if (slashes_.size() < fewest)
        return false;
    const size_t tries = tries_for(word);
    const size_t last = slashes_.size() - fewest;
    const size_t first = rule.repeats ? 0 : slashes_.size() - std::min<size_t>(slashes_.size(), rule.slashes);
    for (size_t i = first; i <= last && i - first < tries; i++) {
        const Place& place = slashes_[i];
        if (!rule.may_match(place.beginning) || !matches(word.substr(place.at), rule.old_word))
            continue;
        to.append(word.substr(0, place.at)).append(rule.new_word);
        return true;
    }
    return false;
}

// The end of the longest part that starts at START and matches; 0 when there is none.
size_t RewriteRules::part_at(const Rule& rule, std::string_view component, size_t start) {
    if (!rule.may_match(beginning_of(component.substr(start))))
        return 0;
    size_t longest = 0;
    PartEnds ends(component, start);
    for (size_t end; (end = ends.next()) != 0;)
        if (matches(component.substr(start, end - start), rule.old_word))
            longest = end;
    return longest;
}

bool RewriteRules::rewrite_parts(const Rule& rule, std::string_view word, std::string& to) {
    bool changed = false;
    for (;;) {
        const std::string_view component = word.substr(0, word.find('/'));
        size_t start = 0;
        while (start < component.size()) {
            const size_t end = part_at(rule, component, start);
            const size_t next = end ? end : PartEnds(component, start).next();
            changed |= end != 0;
            to.append(end ? rule.new_word : component.substr(start, next - start));
            start = next;
        }
        if (component.size() == word.size())
            return changed;
        to += '/';
        word.remove_prefix(component.size() + 1);
    }
}

bool RewriteRules::rewrite(const Rule& rule, std::string_view word, std::string& to) {
    to.clear();
    switch (rule.kind) {
    case Kind::path:
        to.append(rule.new_word.data(), rule.new_word.size()); // a copy: its memory stays with TO
        return matches(word, rule.old_word);
    case Kind::head:
        return rewrite_head(rule, word, to);
    case Kind::tail:
        return rewrite_tail(rule, word, to);
    case Kind::part:
        return rewrite_parts(rule, word, to);
    case Kind::number: {
        struct tmy_number number = {};
        to = rule.new_word;
        return tmy_parse_number(span(word), &number, nullptr) && number.low >= rule.number.low &&
               number.high <= rule.number.high;
    }
    default: {
        struct tmy_address address = {};
        to = rule.new_word;
        return tmy_parse_address(span(word), &address, nullptr) &&
               tmy_address_has(&rule.address, address.low, address.size) &&
               tmy_address_has(&rule.address, address.high, address.size);
    }
    }
}

std::optional<size_t> RewriteRules::apply(Operand operand, const std::string_view (&record)[fields],
                                          std::string& to) {
    const std::string_view text = record[word];
    const uint64_t beginning = beginning_of(text);
    if (operand == path)
        look_at(text);
    for (size_t i = 0; i < rules_.size(); i++) {
        const Rule& rule = rules_[i];
        switch (rule.kind) {
        case Kind::path:
        case Kind::head:
            if (operand != path || !rule.may_match(beginning))
                continue;
            break;
        case Kind::number:
        case Kind::address:
            if (operand != (rule.kind == Kind::number ? number : address))
                continue;
            break;
        default:
            if (operand != path || (rule.kind == Kind::tail && !(rule.second & followers_)))
                continue;
        }
        if (rewrite(rule, text, to) && selects(rule.selector, record))
            return i;
    }
    return std::nullopt;
}

} // namespace policy
