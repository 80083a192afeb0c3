// SPDX-License-Identifier: GPL-2.0-only
// Report: in the manner of a compiler, or piece by piece as JSON.
#include "tomoyo-box/cli/report.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"

#include <unistd.h>

namespace policy {

namespace {

// By severity.
constexpr const char* words[] = {"error", "warning", "note"};
constexpr const char* colors[] = {ansi::bold_red, ansi::bold_magenta, ansi::cyan};

const char* plural(uint64_t count) { return count > 1 ? "s" : ""; }

// The line, or the part of a long one that matters, and a caret below.
void show_line(const Report::Place& place) {
    constexpr size_t before = 60, most = 100;
    const size_t at = place.column - 1, from = at > before ? at - before : 0;
    std::string part(place.raw.substr(from, most));
    for (char& c : part)
        if (c < ' ' || c > '~')
            c = c == '\t' ? ' ' : '?'; // a terminal shall not obey it
    out().print("    {}\n    {:{}}^\n", part, "", at - from);
}

} // namespace

Report::Report(bool json) : json_(json), color_(!json && use_color(STDOUT_FILENO)) {
    if (json_)
        text_.object().key("problems").array();
}

void Report::error(const Place& place, std::string_view text, const Advice& advice) {
    errors_++;
    show(place, is_error, text, advice);
}

void Report::warning(const Place& place, std::string_view text, const Advice& advice) {
    warnings_++;
    show(place, is_warning, text, advice);
}

void Report::note(const Place& place, std::string_view text) { show(place, is_note, text, {}); }

void Report::legacy_error(unsigned long line, std::string_view text) {
    errors_++;
    out().print("{}: ERROR: {}\n", line, text);
}

void Report::legacy_warning(unsigned long line, std::string_view text) {
    warnings_++;
    out().print("{}: WARNING: {}\n", line, text);
}

int Report::finish() {
    if (json_) {
        text_.end().key("lines").value(lines_).key("errors").value(errors_);
        text_.key("warnings").value(warnings_);
        out().write(text_.end().text());
    } else {
        out().print("Total:   {} Line{}   {} Error{}   {} Warning{}\n", lines_, plural(lines_), errors_,
                    plural(errors_), warnings_, plural(warnings_));
    }
    return errors_ ? exit_trouble : warnings_ ? exit_negative : exit_ok;
}

void Report::show(const Place& place, Severity severity, std::string_view text, const Advice& advice) {
    if (json_)
        return show_json(place, severity, text, advice);
    std::string where(place.file);
    if (place.line)
        where += fmt::format(":{}", place.line);
    if (place.column)
        where += fmt::format(":{}", place.column);
    const std::string hint = phrase(advice);
    out().print("{}: {}{}:{} {}{}{}\n", where, color_ ? colors[severity] : "", words[severity],
                color_ ? ansi::off : "", text, hint.empty() ? "" : "; ", hint);
    if (place.raw.data())
        show_line(place);
}

void Report::show_json(const Place& place, Severity severity, std::string_view text, const Advice& advice) {
    text_.object().key("file").value(place.file).key("line");
    place.line ? text_.value(place.line) : text_.null();
    text_.key("column");
    place.column ? text_.value(place.column) : text_.null();
    text_.key("severity").value(words[severity]).key("text").value(text).key("suggestion");
    advice.kind == Advice::none ? text_.null() : text_.value(advice.text);
    text_.key("suggestion_is_line")
        .value(advice.kind == Advice::correction || advice.kind == Advice::example);
    text_.end();
    out().write(text_.take());
}

} // namespace policy
