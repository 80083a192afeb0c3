// SPDX-License-Identifier: GPL-2.0-only
// Complaint: the old checker named the first word of what it could not use, after it had cut off what it
// could.
#include "tomoyo-box/compat/complaint.h"

#include "tomoyo-box/policy/check/remarks.h"
#include "tomoyo-box/policy/language/entry_place.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

#include <algorithm>

namespace compat {

using namespace policy;

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

// Where an operation of a network entry stands that its protocol does not have, whatever is behind it; the
// end of the entry when there is none.
size_t unasked(std::string_view entry) {
    const EntryPlace place = place_entry(Language::domains, entry);
    if (!entry.starts_with("network ") || place.operations_length == 0)
        return entry.size();
    std::string head(entry.substr(0, place.operations + place.operations_length));
    head += entry.starts_with("network inet ") ? " 127.0.0.1 0" : " /";
    const auto remark = remark_on(Language::domains, head, parse_line(Language::domains, head), false);
    return remark && remark->error ? remark->column - 1 : entry.size();
}

// Of a transition control: PROGRAM, "from", DOMAIN.
std::string_view wrong_in_control(std::string_view line) {
    const auto is_program = [](std::string_view word) {
        return word == "any" || (word.starts_with('/') && correct_path(word));
    };
    std::string_view rest = line;
    const std::string_view directive = take_word(rest), program = take_word(rest), from = take_word(rest);
    if (program.empty())
        return directive;
    if (!is_program(program))
        return program;
    if (from != "from" || rest.empty())
        return from.empty() ? program : from;
    if (const auto problem = rest.starts_with('<') ? check_domain(rest) : std::nullopt)
        return word_around(rest, problem->column - 1);
    const std::string_view domain = take_word(rest);
    return is_program(domain) ? first_word(rest) : domain;
}

bool is_control(Language language, std::string_view word) {
    for (unsigned type = 0; type < TMY_TRANSITION_CONTROLS; type++)
        if (word == view(tmy_exception_word(static_cast<tmy_exception_type>(type))))
            return language == Language::exceptions;
    return false;
}

// Is a word missing at the end of the line, or is its last one wrong at its end?
bool is_missing(Language language, std::string_view line) {
    const auto problem = find_problem(language, fmt::format("{} 0", line));
    return !problem || problem->column > line.size() + 1;
}

// An order to the kernel, which is no policy.
bool is_command(std::string_view line) {
    return line.starts_with(delete_word) || line.starts_with("select ");
}

} // namespace

std::string complaint(Language language, std::string_view line, size_t column) {
    const EntryPlace place = place_entry(language, line);
    const std::string_view entry = line.substr(place.entry), first = first_word(entry);
    if (is_command(line))
        return bad_argument(first_word(line));
    if (language == Language::domains && starts_domain(line))
        return fmt::format("'{}' is a bad domainname.", line);
    if (language == Language::exceptions && line.starts_with('<') && place.entry == 0 &&
        line.find(' ') != npos)
        return fmt::format("'{}' is a bad namespace", first_word(line));
    const size_t at = std::min({column - 1, unasked(entry) + place.entry, line.size()});
    if (at + 1 == column && in_conditions(language, line))
        return bad_condition(line, at);
    if (is_control(language, first))
        return bad_argument(wrong_in_control(entry));
    const bool too_short = std::count(entry.begin(), entry.end(), ' ') < 2;
    if (at >= place.entry && (first == "misc" || first == "task") &&
        (too_short || at <= place.entry + first.size() + 1))
        return bad_argument(first);
    if (entry.empty() && number_to_255(line.substr(line.rfind(' ') + 1)))
        return bad_argument(""); // behind the number of an acl_group
    if (at == line.size() && is_missing(language, line)) {
        const std::string_view last = line.substr(line.rfind(' ') + 1);
        return bad_argument(last.data() == entry.data() || needs_blank(last) ? last : "");
    }
    if (at < place.operations || at >= place.operations + place.operations_length)
        return bad_argument(word_around(line, at));
    std::string_view operation = line.substr(at);
    operation.remove_prefix(std::min(operation.find_first_not_of('/'), operation.size()));
    return bad_argument(operation.substr(0, operation.find_first_of(" /")));
}

std::optional<std::string> complaint_of_right(std::string_view line, const Line& parsed) {
    const auto* exception = std::get_if<ExceptionLine>(&parsed);
    if (std::holds_alternative<Order>(parsed) || is_command(line))
        return bad_argument(first_word(line));
    // The form of 2.2, "keep_domain <kernel> /a"; and "initialize_domain any".
    if (!exception || exception->exception.type >= TMY_TRANSITION_CONTROLS || line.find(" from ") != npos)
        return std::nullopt;
    const std::string_view operand = first_word(line.substr(line.find("_domain ") + sizeof("_domain")));
    if (operand == "any" || operand.starts_with('<'))
        return bad_argument(operand);
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

char letter_to_check(const std::vector<std::string>& args) {
    return args.empty() || args.front().empty() ? ' ' : args.front().front();
}

std::vector<std::string> complaints(Language language, std::string_view line, const Line& parsed) {
    std::vector<std::string> said;
    if (const auto* problem = std::get_if<Problem>(&parsed)) {
        if (was_taken(language, line, *problem))
            return said;
        said.push_back(complaint(language, line, problem->column));
        if (said.back().ends_with(" is a bad namespace")) { // what is behind it was judged all the same
            take_word(line);
            for (std::string& more : complaints(language, line, parse_line(language, line)))
                said.push_back(std::move(more));
        }
    } else if (const auto text = complaint_of_right(line, parsed)) {
        said.push_back(*text);
    } else if (const auto remark = remark_on(language, line, parsed, false); remark && remark->error) {
        said.push_back(complaint(language, line, remark->column));
    }
    return said;
}

} // namespace compat
