// SPDX-License-Identifier: GPL-2.0-only
// Dialect: one function for each defect of mainline that makes it take a line for another; each puts the
// other line in its place, and the engine says whether that is one.
#include "tomoyo-box/policy/check/dialect.h"

#include "tomoyo-box/policy/language/entry_place.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

#include <algorithm>

namespace policy {

namespace {

constexpr size_t npos = std::string_view::npos;

struct Attempt {
    Language language;
    std::string line;
    bool never_matches = false;

    std::optional<Problem> problem() const { return find_problem(language, line); }
};

// D-04: operations are searched for in the list; an unknown rest does not matter. All must be of one kind,
// and which one that is depends on which is searched for first.
bool search_operations(Attempt& attempt) {
    const EntryPlace place = place_entry(attempt.language, attempt.line);
    const std::string list = attempt.line.substr(place.operations, place.operations_length);
    const bool network = std::string_view(attempt.line).substr(place.entry).starts_with("network ");
    if (list.empty())
        return false;
    const unsigned last = network ? TMY_INET : TMY_MOUNT;
    for (unsigned kind = network ? TMY_INET : TMY_PATH; kind <= last; kind++) {
        std::string found;
        for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(kind)); i++) {
            const std::string_view word = view(tmy_operation_word(static_cast<tmy_kind>(kind), i));
            const size_t at = list.find(word);
            if (at != npos && (at == 0 || list[at - 1] == '/'))
                found.append(found.empty() ? "" : "/").append(word);
        }
        if (found.empty())
            continue;
        attempt.line.replace(place.operations, place.operations_length, found);
        return found != list;
    }
    return false;
}

// D-05: no number of a profile is 0.
bool missing_profile(Attempt& attempt) {
    if (attempt.language != Language::profiles)
        return false;
    std::string_view rest = attempt.line;
    (void)take_namespace(rest);
    if (!rest.starts_with('-'))
        return false;
    attempt.line.insert(attempt.line.size() - rest.size(), "0");
    return true;
}

// D-08: a member of a path group may be anything.
bool any_member(Attempt& attempt) {
    ExceptionLine parsed;
    parsed.exception.type = TMY_EXCEPTIONS;
    const auto problem =
        attempt.language == Language::exceptions ? parse(attempt.line, parsed) : std::nullopt;
    if (!problem || parsed.exception.type != TMY_PATH_GROUP || !correct_word(view(parsed.exception.name)))
        return false;
    attempt.line.resize(problem->column - 1);
    attempt.line += attempt.line.back() == ' ' ? "/" : " /";
    return attempt.never_matches = true;
}

// D-09: ranges of addresses are not compared; numbers overflow.
bool any_number(Attempt& attempt) {
    const auto problem = attempt.problem();
    if (!problem || attempt.language == Language::managers || attempt.language == Language::quotas)
        return false;
    std::string& line = attempt.line;
    const size_t column = std::min(problem->column - 1, line.size());
    const size_t begin = column == 0 ? 0 : line.find_last_of(" =", column - 1) + 1;
    const std::string_view word =
        std::string_view(line).substr(begin, std::min(line.find_first_of(" =!", begin), line.size()) - begin);
    if (word.find_first_of(".:") != npos) { // addresses
        const size_t dash = word.find('-');
        if (dash == npos || problem->column - 1 == begin)
            return false;
        const std::string high(word.substr(dash + 1));
        if ((high.find(':') == npos) != (word.substr(0, dash).find(':') == npos))
            return false;
        line.replace(begin, word.size(), high); // is it one?
        return attempt.never_matches = true;
    }
    const size_t digits = std::min(line.find_first_not_of(decimal_digits, column), line.size()) - column;
    unsigned long value = 0;
    for (const char digit : std::string_view(line).substr(column, digits))
        value = value * 10 + static_cast<unsigned long>(digit - '0');
    line.replace(column, digits, std::to_string(value));
    return digits > 9;
}

// D-10: what begins like a setting of a domain is one.
bool begins_like(Attempt& attempt) {
    if (attempt.language != Language::domains)
        return false;
    std::string_view rest = attempt.line;
    strip(rest, delete_word);
    const size_t start = attempt.line.size() - rest.size();
    for (const std::string_view flag : {"quota_exceeded", "transition_failed"})
        if (rest.starts_with(flag)) {
            attempt.line.resize(start + flag.size());
            return true;
        }
    for (const std::string_view word : {"use_profile", "use_group"}) {
        std::string_view number = rest;
        if (!strip(number, word))
            continue;
        strip(number, " ");
        const auto value = take_number(number, 255);
        if (!value)
            return false;
        attempt.line = fmt::format("{}{} {}", std::string_view(attempt.line).substr(0, start), word, *value);
        return true;
    }
    return false;
}

// D-06: only <kernel> is sure to be there.
bool short_namespace(Attempt& attempt) {
    const bool spaces = attempt.language == Language::exceptions || attempt.language == Language::profiles;
    const size_t blank = attempt.line.find(' ');
    if (!spaces || blank == npos || attempt.line.front() != '<' ||
        !kernel_space.starts_with(std::string_view(attempt.line).substr(0, blank)))
        return false;
    attempt.line.replace(0, blank, kernel_space);
    return true;
}

constexpr bool (*defects[])(Attempt&) = {search_operations, missing_profile, any_member,
                                         any_number,        begins_like,     short_namespace};

} // namespace

std::optional<std::string> taken_by_mainline(Language language, std::string_view line) {
    Attempt attempt{language, std::string(line)};
    bool never_matches = false;
    for (const auto defect : defects) {
        Attempt next = attempt;
        if (next.line.empty() || !defect(next))
            continue;
        attempt = std::move(next);
        never_matches |= attempt.never_matches;
        if (attempt.problem())
            continue;
        return never_matches ? std::string("as something that never matches")
                             : fmt::format("as '{}'", attempt.line);
    }
    return std::nullopt;
}

} // namespace policy
