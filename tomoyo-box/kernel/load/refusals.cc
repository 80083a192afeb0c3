// SPDX-License-Identifier: GPL-2.0-only
// Refusals: the words for them.
#include "tomoyo-box/kernel/load/refusals.h"

#include "tomoyo-box/base/output.h"

namespace {

constexpr size_t max_shown = 20;
constexpr size_t width = 160;

} // namespace

std::string shorten(std::string_view line) {
    return fmt::format("{}{}", line.substr(0, width), line.size() > width ? "..." : "");
}

Refusals::Refusals(bool all, bool json) : all_(all), json_(json) {
    if (json_)
        text_.object().key("refused").array();
}

bool Refusals::shown() const { return all_ || count_ <= max_shown; }

bool Refusals::add_json(const std::string& where, std::string_view line, std::string_view reason, bool sent) {
    if (!json_)
        return false;
    text_.object().key("where").value(where).key("line").value(line).key("reason").value(reason);
    text_.key("sent").value(sent).end();
    out().write(text_.take());
    return true;
}

void Refusals::add(const std::string& where, std::string_view line, std::string_view reason) {
    count_++;
    if (add_json(where, line, reason, true) || !shown())
        return;
    warn("{}: the kernel did not accept '{}'{}{}", where, shorten(line), reason.empty() ? "" : "; ",
         shorten(reason));
}

void Refusals::add_mistake(const std::string& where, std::string_view line, std::string_view reason) {
    count_++;
    if (!add_json(where, line, reason, true) && shown())
        warn("{}: {}; the kernel did not accept '{}'", where, reason, shorten(line));
}

void Refusals::add_unsent(const std::string& where, std::string_view line, std::string_view reason) {
    count_++;
    if (!add_json(where, line, reason, false) && shown())
        warn("{}: {}; not sent to the kernel: '{}'", where, reason, shorten(line));
}

void Refusals::add_lost(size_t lines) {
    lost_ += lines;
    if (lines && !json_ && shown())
        warn("so {} below it {} lost", lines == 1 ? "one line" : fmt::format("{} lines", lines),
             lines == 1 ? "is" : "are");
}

void Refusals::finish() {
    if (json_)
        out().write(text_.end().key("lost").value(lost_).end().text());
    else if (!shown())
        warn("... and {} more; --verbose shows all", count_ - max_shown);
}
