// SPDX-License-Identifier: GPL-2.0-only
// Statements: what the engine says of a line, as something to compare. A line that the engine does not
// understand stands for its own text: whether it is right is left to the kernel.
#include "tomoyo-box/policy/language/statement.h"

#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/language/words.h"

#include <utility>

namespace policy {

namespace {

constexpr std::string_view select_domain = "select domain=";
constexpr uint64_t profile_salt = 0x70726f66696c65;

Statement wrong(const Problem& problem) {
    return {
        .kind = Statement::wrong, .column = static_cast<uint32_t>(problem.column), .reason = problem.reason};
}

// The entry with one operation instead of those it has: entries that the kernel merges become the same. Where
// a transition stands, "execute" is the only one there is.
tmy_entry without_operations(const tmy_entry& entry) {
    tmy_entry one = entry;
    if (entry.kind == TMY_PATH) {
        tmy_conditions walk;
        tmy_conditions_start(&walk, entry.conditions, entry.operations == 1U << TMY_EXECUTE);
        one.operations = 1U << (walk.transition.type == TMY_NO_TRANSITION ? TMY_READ : TMY_EXECUTE);
    } else {
        one.operations = 1;
    }
    return one;
}

} // namespace

Statement StatementParser::next(std::string_view line) {
    if (line.empty() || line.front() == '#')
        return {};
    // Most lines are entries of a domain; one look tells.
    const char first = line.front();
    if (language_ == Language::domains && (first == 'f' || first == 'n' || first == 'm') &&
        !selection_.empty())
        return depth_ == lines ? Statement{.kind = Statement::entry, .key = text_hash(line, context_)}
                               : below_domain(line);
    if (line == "reset") {
        selection_.clear();
        return {.kind = Statement::command};
    }
    switch (language_) {
    case Language::domains:
        return domain_line(line);
    case Language::exceptions:
        return exception_line(line);
    default:
        return manager_line(line);
    }
}

std::string_view StatementParser::domain_name() const {
    std::string_view name = selection_;
    return strip(name, select_domain) ? name : std::string_view();
}

bool StatementParser::superseded_in(const StatementParser& last) const {
    return !domain_name().empty() && context_ != last.context_of(name_);
}

uint64_t StatementParser::context_of(uint64_t name) const {
    const auto found = generations_.empty() ? generations_.end() : generations_.find(name);
    return found == generations_.end() ? name : name + found->second * 0x9e3779b97f4a7c15;
}

void StatementParser::choose(std::string_view name) {
    selection_ = select_domain;
    selection_ += name;
    name_ = text_hash(name, seed_);
    context_ = context_of(name_);
}

Statement StatementParser::manager_line(std::string_view line) const {
    ManagerLine parsed;
    (void)parse(line, parsed); // a wrong name is one that no manager has
    if (parsed.non_root)
        return {.kind = Statement::command}; // a switch that is not shown
    return {.kind = Statement::entry, .deletes = parsed.remove, .key = text_hash(view(parsed.name), seed_)};
}

Statement StatementParser::selection(const DomainLine& line) {
    switch (line.type) {
    case TMY_LINE_SELECT:
    case TMY_LINE_SELECT_DOMAIN:
        choose(view(line.name));
        break;
    case TMY_LINE_SELECT_PID:
    case TMY_LINE_SELECT_GLOBAL_PID:
    case TMY_LINE_SELECT_QUERY:
        // Nobody but the kernel knows which domain that is.
        selection_ = "select ";
        selection_ += view(line.text);
        context_ = ~text_hash(selection_, seed_);
        break;
    default:
        break;
    }
    return {.kind = Statement::command};
}

Statement StatementParser::domain(const DomainLine& line) {
    choose(view(line.name));
    if (line.remove) {
        generations_[name_]++;
        context_ = context_of(name_);
        selection_.clear();
    }
    return {.kind = Statement::domain, .deletes = line.remove, .key = context_};
}

Statement StatementParser::domain_line(std::string_view line) {
    DomainLine parsed;
    const auto problem = parse(line, parsed);
    switch (parsed.type) {
    case TMY_LINE_SELECT:
    case TMY_LINE_SELECT_DOMAIN:
        // A domain's wrong name is left to the kernel, which has no such domain.
        if (problem && !starts_domain(view(parsed.name)))
            return wrong(*problem);
        return selection(parsed);
    case TMY_LINE_SELECT_PID:
    case TMY_LINE_SELECT_GLOBAL_PID:
    case TMY_LINE_SELECT_QUERY:
    case TMY_LINE_TRANSITION_ONLY:
        return selection(parsed);
    case TMY_LINE_DOMAIN:
        if (starts_domain(view(parsed.name)))
            return domain(parsed);
        // The kernel would ignore it and give the lines below to the domain above.
        selection_.clear();
        return wrong(*problem);
    default:
        break;
    }
    if (selection_.empty())
        return wrong({"no domain is selected"});
    if (parsed.type != TMY_LINE_PROFILE || parsed.remove)
        return problem ? text_of(line) : attribute_or_entry(line, parsed);
    if (problem) {
        // Of "use_profile 3x" a kernel may read the number.
        std::string_view number = line.substr(problem->column - 1);
        return take_number(number, 255) ? text_of(line) : wrong(*problem);
    }
    return {.kind = Statement::profile,
            .operations = static_cast<uint16_t>(parsed.number),
            .key = context_ ^ profile_salt};
}

// A line that is known to be about the chosen domain.
Statement StatementParser::below_domain(std::string_view line) {
    DomainLine parsed;
    if (parse(line, parsed))
        return text_of(line);
    return attribute_or_entry(line, parsed);
}

Statement StatementParser::attribute_or_entry(std::string_view line, DomainLine& parsed) {
    if (depth_ == lines)
        return text_of(line);
    const bool deletes = std::exchange(parsed.remove, false);
    if (parsed.type == TMY_LINE_ENTRY)
        return entry(parsed.entry, deletes);
    return {.kind = Statement::entry, .deletes = deletes, .key = text_hash(canonical(parsed), context_)};
}

Statement StatementParser::entry(const tmy_entry& entry, bool deletes) {
    return {.kind = Statement::entry,
            .deletes = deletes,
            .operations = entry.operations,
            .key = text_hash(canonical(without_operations(entry), buffer_), context_)};
}

Statement StatementParser::exception_line(std::string_view line) {
    if (tmy_parse_order(span(line)) == TMY_ORDER_TRANSITION_ONLY)
        return {.kind = Statement::command};
    std::string_view rest = line;
    const bool deletes = strip(rest, delete_word);
    context_ = text_hash(take_namespace(rest), seed_);
    ExceptionLine parsed;
    if (depth_ == lines || parse(line, parsed)) {
        Statement statement = text_of(rest);
        statement.deletes = deletes;
        return statement;
    }
    tmy_exception& exception = parsed.exception;
    if (exception.type == TMY_ACL_GROUP) {
        // What it is for is a part of the context.
        context_ += exception.acl_group + 1U;
        return entry(exception.entry, deletes);
    }
    return {.kind = Statement::entry,
            .deletes = deletes,
            .key = text_hash(canonical(exception, buffer_), context_)};
}

// An entry of which nothing but its text is known.
Statement StatementParser::text_of(std::string_view line) const {
    const bool deletes = strip(line, delete_word);
    return {.kind = Statement::entry, .deletes = deletes, .key = text_hash(line, context_)};
}

std::string deletion_of(Language language, std::string_view line, uint16_t operations) {
    Line parsed = parse_line(language, line);
    if (auto* const domain = std::get_if<DomainLine>(&parsed); domain && domain->type == TMY_LINE_ENTRY) {
        domain->remove = true;
        domain->entry.operations = operations;
        return canonical(*domain);
    }
    auto* const exception = std::get_if<ExceptionLine>(&parsed);
    if (exception && exception->exception.type == TMY_ACL_GROUP) {
        exception->remove = true;
        exception->exception.entry.operations = operations;
        return canonical(*exception);
    }
    return std::string(delete_word).append(line);
}

} // namespace policy
