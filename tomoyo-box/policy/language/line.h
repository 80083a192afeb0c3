// SPDX-License-Identifier: GPL-2.0-only
// Lines of policy as C++ sees them: the engine's views (lsm/engine/line.h and what that includes), with
// problems that know their column, and canonical text.
//
// This is the one way from a line to its meaning. Lines must be normalized; all views and spans point into
// them.
#pragma once

#include "lsm/engine/condition.h"
#include "lsm/engine/line.h"
#include "lsm/engine/stat.h"
#include "tomoyo-box/policy/language/kinds.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace policy {

inline constexpr std::string_view kernel_space = "<kernel>";

using Span = struct tmy_span; // in C++ the name alone is a function
inline std::string_view view(Span span) { return {span.at, span.length}; }
inline Span span(std::string_view text) { return tmy_span(text.data(), text.size()); }

// Why a line cannot be understood, and where: in bytes from 1, one more than its length for its end.
struct Problem {
    const char* reason = nullptr; // static text
    size_t column = 1;
};

// What the engine found wrong in LINE.
Problem located(std::string_view line, const struct tmy_problem& problem);

using DomainLine = tmy_domain_line;
using ManagerLine = tmy_manager_line;

struct ExceptionLine {
    bool remove = false;                   // "delete " is in front
    std::string_view space = kernel_space; // the namespace
    tmy_exception exception{};
};

struct ProfileLine {
    std::string_view space = kernel_space;
    tmy_profile_line setting{TMY_PROFILE_LINE_NOTHING, 0, 0, 0, {}};
    std::string_view text; // behind the namespace and the number: "CONFIG::file={ mode=learning }"
    bool names_profile =
        false; // setting.profile is one, which the line brings into being even when it is wrong
};

struct QuotaLine {
    tmy_memory memory{};
    uint64_t bytes = 0;
};

// Each understands one kind of line. On a problem PARSED holds what the engine's header says: for a domain
// line its type, for a profile line the profile that it names.
std::optional<Problem> parse(std::string_view line, DomainLine& parsed);
std::optional<Problem> parse(std::string_view line, ExceptionLine& parsed);
std::optional<Problem> parse(std::string_view line, ProfileLine& parsed);
std::optional<Problem> parse(std::string_view line, ManagerLine& parsed);
std::optional<Problem> parse(std::string_view line, QuotaLine& parsed);

// The name of a domain: can there be such a domain?
std::optional<Problem> check_domain(std::string_view name);

// What is in front of a line, for those who only want to know that. A namespace with nothing behind it is
// none.
inline constexpr std::string_view delete_word = "delete ";
std::string_view take_namespace(std::string_view& line); // <kernel> when there is none

// Any line of a file.
struct Blank {};
struct Comment {};
struct Order { // to an open file: no policy
    tmy_order order;
};
using Line = std::variant<Blank, Comment, Order, DomainLine, ExceptionLine, ProfileLine, ManagerLine,
                          QuotaLine, Problem>;
Line parse_line(Language language, std::string_view line);
std::optional<Problem> find_problem(Language language, std::string_view line);

// Domain policy: are the lines below LINE about another domain than those above, or about none?
bool is_heading(std::string_view line);

// Canonical text: lines that mean the same have the same, except that profiles have the values as they are
// written.
std::string_view canonical(const tmy_entry& entry, std::string& buffer); // it lives in BUFFER
std::string_view canonical(const tmy_exception& exception, std::string& buffer);
std::string canonical(const tmy_entry& entry);
std::string canonical(const DomainLine& line);
std::string canonical(const ExceptionLine& line); // with its namespace, unless that is <kernel>
std::string canonical(const ProfileLine& line);   // likewise
std::string canonical(const ManagerLine& line);

} // namespace policy
