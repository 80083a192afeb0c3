// SPDX-License-Identifier: GPL-2.0-only
// Lines of policy as C++ sees them.
#include "tomoyo-box/policy/language/line.h"

#include "tomoyo-box/policy/language/print.h"

#include <fmt/core.h>

namespace policy {

namespace {

void append_namespace(std::string& to, std::string_view space) {
    if (space != kernel_space)
        to.append(space).append(" ");
}

template <typename Parsed> Line parse_as(std::string_view line) {
    Line whole(std::in_place_type<Parsed>); // to be filled in, for it is too large to be copied each time
    if (const auto problem = parse(line, *std::get_if<Parsed>(&whole)))
        whole = *problem;
    return whole;
}

} // namespace

Problem located(std::string_view line, const struct tmy_problem& problem) {
    const bool inside = problem.at >= line.data() && problem.at <= line.data() + line.size();
    return {problem.reason, inside ? static_cast<size_t>(problem.at - line.data()) + 1 : 1};
}

std::optional<Problem> parse(std::string_view line, DomainLine& parsed) {
    struct tmy_problem problem = {};
    parsed.name = parsed.text = {};
    parsed.number = 0;
    if (!tmy_parse_domain_line(span(line), &parsed, &problem))
        return located(line, problem);
    const bool named = parsed.type == TMY_LINE_DOMAIN || parsed.type == TMY_LINE_SELECT ||
                       parsed.type == TMY_LINE_SELECT_DOMAIN;
    if (named && !tmy_check_domain(parsed.name, &problem))
        return located(line, problem);
    return std::nullopt;
}

std::optional<Problem> parse(std::string_view line, ExceptionLine& parsed) {
    struct tmy_problem problem = {};
    Span rest = span(line), space;
    parsed.remove = tmy_span_skip(&rest, TMY_SPAN("delete "));
    if (!tmy_take_namespace(&rest, &space, &problem))
        return located(line, problem);
    parsed.space = view(space);
    if (!tmy_parse_exception(rest, &parsed.exception, &problem))
        return located(line, problem);
    return std::nullopt;
}

std::optional<Problem> parse(std::string_view line, ProfileLine& parsed) {
    struct tmy_problem problem = {};
    Span rest = span(line), space;
    parsed = {};
    tmy_span_skip(&rest, TMY_SPAN("delete ")); // means nothing here (kernel ABI specification 5.1)
    if (!tmy_take_namespace(&rest, &space, &problem))
        return located(line, problem);
    parsed.space = view(space);
    if (!tmy_parse_profile_line(rest, &parsed.setting, &parsed.names_profile, &problem))
        return located(line, problem);
    parsed.text = view(rest);
    if (parsed.names_profile)
        parsed.text.remove_prefix(parsed.text.find('-') + 1);
    return std::nullopt;
}

std::optional<Problem> parse(std::string_view line, ManagerLine& parsed) {
    struct tmy_problem problem = {};
    if (!tmy_parse_manager_line(span(line), &parsed, &problem))
        return located(line, problem);
    return std::nullopt;
}

std::optional<Problem> parse(std::string_view line, QuotaLine& parsed) {
    struct tmy_problem problem = {};
    Span rest = span(line);
    unsigned long bytes = 0;
    if (!tmy_parse_quota(&rest, &parsed.memory, &bytes, &problem))
        return located(line, problem);
    if (rest.length > 0 && rest.at[0] != ' ')
        return located(line, {"a quota is a decimal number of bytes", rest.at});
    parsed.bytes = bytes;
    return std::nullopt;
}

std::string_view take_namespace(std::string_view& line) {
    Span rest = span(line), space;
    if (!tmy_take_namespace(&rest, &space, nullptr))
        return kernel_space;
    line = view(rest);
    return view(space);
}

std::optional<Problem> check_domain(std::string_view name) {
    struct tmy_problem problem = {};
    if (!tmy_check_domain(span(name), &problem))
        return located(name, problem);
    return std::nullopt;
}

Line parse_line(Language language, std::string_view line) {
    if (line.empty())
        return Blank{};
    if (line.front() == '#')
        return Comment{};
    const tmy_order order = tmy_parse_order(span(line));
    if (order == TMY_ORDER_RESET || (order == TMY_ORDER_TRANSITION_ONLY &&
                                     (language == Language::domains || language == Language::exceptions)))
        return Order{order};
    switch (language) {
    case Language::domains:
        return parse_as<DomainLine>(line);
    case Language::exceptions:
        return parse_as<ExceptionLine>(line);
    case Language::profiles:
        return parse_as<ProfileLine>(line);
    case Language::managers:
        return parse_as<ManagerLine>(line);
    default:
        return parse_as<QuotaLine>(line);
    }
}

std::optional<Problem> find_problem(Language language, std::string_view line) {
    const Line parsed = parse_line(language, line);
    const auto* problem = std::get_if<Problem>(&parsed);
    return problem ? std::optional(*problem) : std::nullopt;
}

bool is_heading(std::string_view line) {
    if (line.empty() || std::string_view("<dsr").find(line.front()) == std::string_view::npos)
        return false; // most lines are entries; one look tells
    DomainLine parsed;
    (void)parse(line, parsed); // a domain with a wrong name is one, too
    switch (parsed.type) {
    case TMY_LINE_DOMAIN:
    case TMY_LINE_SELECT:
    case TMY_LINE_SELECT_DOMAIN:
    case TMY_LINE_SELECT_PID:
    case TMY_LINE_SELECT_GLOBAL_PID:
    case TMY_LINE_SELECT_QUERY:
    case TMY_LINE_RESET:
        return true;
    default:
        return false;
    }
}

std::string_view canonical(const tmy_entry& entry, std::string& buffer) {
    return print(buffer, [&](struct tmy_text* text) { tmy_put_entry(text, &entry); });
}

std::string_view canonical(const tmy_exception& exception, std::string& buffer) {
    return print(buffer, [&](struct tmy_text* text) { tmy_put_exception(text, &exception); });
}

std::string canonical(const tmy_entry& entry) {
    return printed([&](struct tmy_text* text) { tmy_put_entry(text, &entry); });
}

std::string canonical(const DomainLine& line) {
    std::string text = line.remove ? "delete " : "";
    switch (line.type) {
    case TMY_LINE_DOMAIN:
        return text.append(view(line.name));
    case TMY_LINE_SELECT:
        return text.append("select ").append(view(line.name));
    case TMY_LINE_SELECT_DOMAIN:
        return text.append("select domain=").append(view(line.name));
    case TMY_LINE_SELECT_PID:
    case TMY_LINE_SELECT_GLOBAL_PID:
    case TMY_LINE_SELECT_QUERY:
    case TMY_LINE_TRANSITION_ONLY:
        return text.append("select ").append(view(line.text));
    case TMY_LINE_RESET:
        return text.append("reset");
    case TMY_LINE_PROFILE:
        return text.append(fmt::format("use_profile {}", line.number));
    case TMY_LINE_GROUP:
        return text.append(fmt::format("use_group {}", line.number));
    case TMY_LINE_QUOTA_EXCEEDED:
        return text.append("quota_exceeded");
    case TMY_LINE_TRANSITION_FAILED:
        return text.append("transition_failed");
    default:
        return text.append(canonical(line.entry));
    }
}

std::string canonical(const ExceptionLine& line) {
    std::string text = line.remove ? "delete " : "";
    append_namespace(text, line.space);
    return text.append(printed([&](struct tmy_text* to) { tmy_put_exception(to, &line.exception); }));
}

std::string canonical(const ProfileLine& line) {
    std::string text;
    append_namespace(text, line.space);
    if (line.names_profile)
        text += fmt::format("{}-", line.setting.profile);
    return text.append(line.text);
}

std::string canonical(const ManagerLine& line) {
    std::string text = line.remove ? "delete " : "";
    return text.append(line.non_root ? "manage_by_non_root" : view(line.name));
}

} // namespace policy
