// SPDX-License-Identifier: GPL-2.0-only
// Complaint: the old checker named the first word of what it could not use, after it had cut off what it
// could.
#include "tomoyo-box/policy/complaint.h"

#include "tomoyo-box/policy/entry_place.h"
#include "tomoyo-box/policy/words.h"

#include <fmt/core.h>

#include <algorithm>

namespace policy {

namespace {

constexpr size_t npos = std::string_view::npos;

std::string bad_argument(std::string_view word) { return fmt::format("'{}' is a bad argument.", word); }

std::string_view first_word(std::string_view line) { return line.substr(0, line.find(' ')); }

// The word that AT is in; nothing at the end of a line or in front of a blank.
std::string_view word_around(std::string_view line, size_t at) {
    const size_t begin = at == 0 ? 0 : line.rfind(' ', at - 1) + 1;
    return line.substr(begin, std::min(line.find(' ', at), line.size()) - begin);
}

// Is it the condition at which the engine stopped?
bool in_conditions(Language language, std::string_view line) {
    DomainLine domain;
    if (language == Language::domains)
        return parse(line, domain) && domain.type == TMY_LINE_ENTRY && domain.entry.conditions.at;
    ExceptionLine exception;
    exception.exception.type = TMY_EXCEPTIONS;
    return language == Language::exceptions && parse(line, exception) &&
           exception.exception.type == TMY_ACL_GROUP && exception.exception.entry.conditions.at;
}

// The side of the condition TOKEN that is wrong at AT; or all of it, when it is no word.
std::string_view wrong_side(std::string_view token, size_t at) {
    const size_t sign = token.find('=');
    if (sign == npos || !correct_word(token))
        return token;
    if (at > sign)
        return token.substr(sign + 1);
    const std::string_view left = token.substr(0, sign > 0 && token[sign - 1] == '!' ? sign - 1 : sign);
    return left.starts_with("exec.argv[") ? left.substr(std::min(at, left.size())) : left;
}

std::string bad_condition(std::string_view line, size_t at) {
    const std::string_view token = word_around(line, at);
    // A domain that shall be run in was no condition.
    if (token.starts_with('<') && !starts_domain(token))
        return bad_argument(token);
    return fmt::format("'{}' is an illegal condition.",
                       wrong_side(token, at - static_cast<size_t>(token.data() - line.data())));
}

// These were cut off together with the blank behind them; when that is missing they are what is left.
bool needs_blank(std::string_view word) {
    for (const std::string_view one :
         {"file", "network", "inet", "unix", "stream", "dgram", "raw", "seqpacket"})
        if (word == one)
            return true;
    return false;
}

} // namespace

std::string complaint(Language language, std::string_view line, size_t column) {
    const size_t at = std::min(column - 1, line.size());
    const EntryPlace place = place_entry(language, line);
    const std::string_view entry = line.substr(place.entry), first = first_word(entry);
    if (language == Language::domains && starts_domain(line))
        return fmt::format("'{}' is a bad domainname.", line);
    if (language == Language::exceptions && line.starts_with('<') && place.entry == 0 &&
        line.find(' ') != npos)
        return fmt::format("'{}' is a bad namespace", first_word(line));
    if (in_conditions(language, line))
        return bad_condition(line, at);
    const bool too_short = std::count(entry.begin(), entry.end(), ' ') < 2;
    if ((first == "misc" || first == "task") && (too_short || at <= place.entry + first.size() + 1))
        return bad_argument(first);
    std::string_view word = word_around(line, at);
    if (word.empty()) { // something is missing
        const std::string_view last = line.substr(line.rfind(' ') + 1);
        const bool alone = last.data() == entry.data();
        return bad_argument(at == line.size() && (alone || needs_blank(last)) ? last : "");
    }
    if (at >= place.operations && at < place.operations + place.operations_length) {
        word = line.substr(at);
        word = word.substr(0, word.find_first_of(" /"));
    }
    return bad_argument(word);
}

std::optional<std::string> complaint_of_right(Language language, std::string_view line, const Line& parsed) {
    const auto* domain = std::get_if<DomainLine>(&parsed);
    const auto* exception = std::get_if<ExceptionLine>(&parsed);
    if (std::holds_alternative<Order>(parsed) || line.starts_with(delete_word) || line.starts_with("select "))
        return bad_argument(first_word(line));
    if (language == Language::domains && domain)
        return std::nullopt;
    // The form of 2.2: "keep_domain <kernel> /a".
    if (exception && exception->exception.type < TMY_TRANSITION_CONTROLS && line.find(" from ") == npos) {
        const std::string_view last = exception->exception.second.at ? view(exception->exception.second)
                                      : exception->exception.name.at ? std::string_view()
                                                                     : "any";
        if (last == "any" || last.starts_with('<'))
            return bad_argument(first_word(last));
    }
    return std::nullopt;
}

bool was_taken(Language language, std::string_view line, const Problem& problem) {
    ExceptionLine parsed;
    parsed.exception.type = TMY_EXCEPTIONS;
    if (language != Language::exceptions || !parse(line, parsed))
        return false;
    // A group as the member of a group.
    return (parsed.exception.type == TMY_NUMBER_GROUP || parsed.exception.type == TMY_ADDRESS_GROUP) &&
           line.substr(problem.column - 1).starts_with('@');
}

} // namespace policy
