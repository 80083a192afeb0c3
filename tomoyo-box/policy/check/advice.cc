// SPDX-License-Identifier: GPL-2.0-only
// Advice: changes a line where the engine sees its problem, until the engine is content.
//
// What to try is a list of the usual mistakes; whether an attempt is an improvement is never judged here: the
// engine must accept the line, or find its next problem behind the change.
#include "tomoyo-box/policy/check/advice.h"

#include "tomoyo-box/policy/check/nearest.h"
#include "tomoyo-box/policy/check/remarks.h"
#include "tomoyo-box/policy/language/entry_place.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <arpa/inet.h>

namespace policy {

namespace {

constexpr size_t npos = std::string_view::npos;
constexpr size_t longest_line = 4096;
constexpr unsigned most_changes = 8;

// How lines began before 2.4, and how they begin now.
constexpr struct {
    std::string_view before, now;
} old_beginnings[] = {
    {"allow_env ", "misc env "},
    {"allow_network TCP ", "network inet stream "},
    {"allow_network UDP connect ", "network inet dgram send "},
    {"allow_network UDP ", "network inet dgram "},
    {"allow_network RAW connect ", "network inet raw send "},
    {"allow_network RAW ", "network inet raw "},
    {"allow_write ", "file write/append "},
    {"allow_read/write ", "file read/write/append "},
    {"allow_rewrite ", "file write "},
    {"allow_", "file "},
};

// What has gone without a successor.
constexpr struct {
    std::string_view word, text;
} gone[] = {
    {"file_pattern", "TOMOYO 2.6 has none; patterns of patternize.conf have taken their place"},
    {"deny_rewrite", "TOMOYO 2.6 has none; 'file append' without 'file write' has taken its place"},
    {"alias", "TOMOYO 2.6 has none; a program that is called by a link has the link's name"},
    {"deny_autobind", "TOMOYO 2.6 has none"},
    {"capability", "TOMOYO 2.6 has none"},
    {"ipc", "TOMOYO 2.6 has none"},
    {"allow_capability", "TOMOYO 2.6 has none"},
    {"allow_signal", "TOMOYO 2.6 has none"},
    {"ignore_global_allow_read", "leave out 'use_group 0' instead"},
    {"ignore_global_allow_env", "leave out 'use_group 0' instead"},
};

// WORD with its escapes put right, as far as one can tell what they mean.
std::string with_right_escapes(std::string_view word) {
    std::string text;
    for (size_t i = 0; i < word.size();) {
        const std::string_view rest = word.substr(i);
        const size_t length = rest[0] != '\\'                                       ? 1
                              : rest.size() > 1 && rest[1] >= '0' && rest[1] <= '3' ? 4
                                                                                    : 2;
        const auto digit = [&](size_t at) { return static_cast<unsigned>(rest[at] - '0'); };
        if (rest[0] != '\\' || correct_word(rest.substr(0, length)))
            text += rest.substr(0, length); // an escape, or a wildcard
        else if (rest.starts_with("\\{") || rest.starts_with("\\}"))
            text += rest.substr(0, 2);
        else if (length == 4 && rest.size() >= 4 && digit(1) < 4 && digit(2) < 8 && digit(3) < 8)
            text += static_cast<char>(digit(1) << 6 | digit(2) << 3 | digit(3)); // it needs no escape
        else
            text += "\\\\" + std::string(rest.substr(1, length - 1));
        i += std::min(length, rest.size());
    }
    return text;
}

// "10.0.0.0/8" -> "10.0.0.0-10.255.255.255"; empty when it is something else.
std::string range_of_network(std::string_view word) {
    const size_t slash = word.find('/');
    if (slash == npos)
        return {};
    std::string_view digits = word.substr(slash + 1);
    const auto bits = take_number(digits, 32);
    in_addr address{};
    if (!bits || !digits.empty() ||
        inet_pton(AF_INET, std::string(word.substr(0, slash)).c_str(), &address) != 1)
        return {};
    const uint32_t mask = *bits ? UINT32_MAX << (32 - *bits) : 0;
    const uint32_t low = ntohl(address.s_addr) & mask;
    const auto text = [](uint32_t ip) {
        return fmt::format("{}.{}.{}.{}", ip >> 24, ip >> 16 & 255, ip >> 8 & 255, ip & 255);
    };
    return text(low) + "-" + text(low | ~mask);
}

// Names of domains hold none.
std::string without_quotes(std::string_view line) {
    std::string text(line);
    std::erase(text, '"');
    return text;
}

// "20-10" -> "10-20"
std::string turned_range(std::string_view word) {
    const size_t dash = word.find('-');
    if (dash == npos)
        return {};
    return fmt::format("{}-{}", word.substr(dash + 1), word.substr(0, dash));
}

// One line on its way to a right one.
class LineFixer {
public:
    LineFixer(Language language, std::string_view line) : language_(language), line_(line) { look(); }

    bool right() const { return !problem_; }
    bool added() const { return added_; }
    const std::string& line() const { return line_; }

    // One change for the better; false when none is known.
    bool step() {
        if (!problem_)
            return false;
        at_ = std::min(problem_->column - 1, line_.size());
        begin_ = at_ == 0 ? 0 : line_.rfind(' ', at_ - 1) + 1;
        end_ = std::min(line_.find(' ', at_), line_.size());
        if (at_ == line_.size() || begin_ == end_)
            return add();
        return old_word() || known_word() || number() || name() || condition() || whole();
    }

private:
    void look() { problem_ = find_problem(language_, line_); }

    // Puts TEXT in the place of LENGTH bytes at AT, if that is better than what is there.
    bool change(size_t at, size_t length, std::string_view text) {
        if (text.empty() || text == std::string_view(line_).substr(at, length))
            return false;
        return replace(at, length, text);
    }

    bool replace(size_t at, size_t length, std::string_view text) {
        std::string candidate = line_;
        candidate.replace(at, length, text);
        const auto problem = find_problem(language_, candidate);
        if (problem && problem->column <= at + text.size())
            return false;
        line_ = std::move(candidate);
        problem_ = problem;
        return true;
    }

    // The same when only a right line is better.
    bool settle(size_t at, size_t length, std::string_view text) {
        const std::string before = line_;
        const auto problem = problem_;
        if (replace(at, length, text) && !problem_)
            return true;
        line_ = before;
        problem_ = problem;
        return false;
    }

    bool insert(size_t at, std::string_view text) { return change(at, 0, text); }
    std::string_view word() const { return std::string_view(line_).substr(begin_, end_ - begin_); }

    // Something is missing here: first what only fits where any word does.
    bool add() {
        const std::string_view line = line_;
        const auto has = [&](std::string_view text) { return line.find(text) != npos; };
        const char* name = line.ends_with("_group") || line.ends_with('@') ? "NAME"
                           : line.ends_with("env")                         ? "PATH"
                                                                           : "/path";
        const bool first = line.find_last_of(decimal_digits) != line.size() - 1;
        const char* number = has("inet ")                                      ? "80"
                             : !first                                          ? "0"
                             : has(" create ") || has(" mk") || has(" chmod ") ? "0600"
                                                                               : "0";
        const std::string blank = line.empty() || line.back() == ' ' || line.back() == '@' ? "" : " ";
        for (const char* text : {name, "127.0.0.1", number, "read", "inet", "stream", "connect", "env",
                                 "manual_domain_transition", "<kernel> /path"})
            if (change(at_, 0, blank + text))
                return added_ = true;
        return false;
    }

    bool old_word() {
        if (word() == "if") // stood in front of conditions
            return replace(begin_, end_ - begin_ + 1, "");
        const size_t start = place_entry(language_, line_).entry;
        for (const auto& [before, now] : old_beginnings) {
            if (!std::string_view(line_).substr(start).starts_with(before))
                continue;
            // What held for all domains is in a group now.
            const std::string_view group = language_ == Language::exceptions ? "acl_group 0 " : "";
            return change(start, before.size(), fmt::format("{}{}", group, now));
        }
        return false;
    }

    // The words nearest to what stands here; the engine chooses among them.
    bool known_word() {
        const std::string here =
            line_.substr(at_, std::min(line_.find_first_of(" /=!", at_), line_.size()) - at_);
        for (const std::string_view name : nearest_words(here))
            if (change(at_, here.size(), name))
                return true;
        return false;
    }

    // Numbers and addresses; of a condition, one side.
    bool number() {
        const size_t from = std::min(line_.find_last_of(" =", at_) + 1, at_);
        const std::string here = line_.substr(from, std::min(line_.find_first_of(" =!", at_), end_) - from);
        std::string dashed = here;
        std::replace(dashed.begin(), dashed.end(), ':', '-');
        const std::string digits = here.substr(0, here.find_first_not_of(decimal_digits));
        return change(from, here.size(), turned_range(here)) ||
               change(from, here.size(), range_of_network(here)) || change(from, here.size(), dashed) ||
               change(from, here.size(), digits);
    }

    // Names of files and domains.
    bool name() {
        const std::string here(word());
        const size_t behind = here.find('>') + 1;
        if (here.front() == '<' && behind && behind < here.size() && insert(begin_ + behind, " "))
            return true;
        if ((here.front() == '<' && here.back() != '>' && settle(end_, 0, ">")) ||
            (here.back() == '>' && here.front() != '<' && settle(begin_, 0, "<")))
            return true;
        if (change(begin_, here.size(), with_right_escapes(here)))
            return true;
        return here.front() != '"' && here.find('=') == npos && here.find('/') != 0 &&
               ((is_domain() && insert(begin_, "/")) || joined() || settle(begin_, 0, "/"));
    }

    bool is_domain() const { return line_.front() == '<'; }

    // A name with a blank in it.
    bool joined() {
        const size_t before = begin_ > 1 ? line_.rfind(' ', begin_ - 2) + 1 : 0;
        return !is_known_word(word()) && before > 0 && line_[before] != '@' && line_.find('/') < begin_ &&
               settle(begin_ - 1, 1, "\\040");
    }

    bool condition() {
        const std::string here(word());
        const size_t sign = here.find('=');
        if (sign == npos) { // "task.uid = 0"
            const size_t next = line_.find(" = ", begin_);
            return next == end_ && settle(next, 3, "=");
        }
        const size_t right = begin_ + sign + 1;
        if (line_[right] == '=' && replace(right, 1, ""))
            return true;
        for (const char* prefix : {"task.", "path1.", "exec."})
            if (settle(at_, 0, prefix))
                return true;
        std::string quoted = line_.substr(right, end_ - right);
        std::erase(quoted, '"');
        return change(right, end_ - right, fmt::format("\"{}\"", quoted));
    }

    // The line as a whole.
    bool whole() {
        const size_t start = place_entry(language_, line_).entry;
        for (const char* beginning : {"file ", "misc ", "network ", "network inet ", "task "})
            if (settle(start, 0, beginning))
                return true;
        // "quota_exceeded" and its like are alone, "use_profile" is not.
        const size_t end = std::min(line_.find(' ', start), line_.size());
        return settle(end, line_.size() - end, "") || settle(line_.size(), 0, " 0");
    }

    Language language_;
    std::string line_;
    std::optional<Problem> problem_;
    bool added_ = false;
    // Of the present problem: where it is, and the word around it.
    size_t at_ = 0, begin_ = 0, end_ = 0;
};

constexpr struct {
    Language language;
    const char* text;
} other_places[] = {
    {Language::domains, "this belongs in domain policy"},
    {Language::exceptions, "this belongs in exception policy"},
    {Language::profiles, "this belongs in a profile"},
    {Language::quotas, "this belongs in stat.conf"},
};

// A sentence about a line that cannot be put right here; empty when there is none.
std::string_view sentence(Language language, std::string_view line) {
    for (const auto& [other, text] : other_places)
        if (other != language && !find_problem(other, line))
            return text;
    std::string_view rest = line.substr(place_entry(language, line).entry);
    const std::string_view first = take_word(rest);
    for (const auto& [word, text] : gone)
        if (first == word)
            return text;
    return {};
}

} // namespace

Advice advise(Language language, std::string_view line) {
    if (line.size() > longest_line || line.empty())
        return {};
    if (const std::string_view text = sentence(language, line); !text.empty())
        return {Advice::note, std::string(text)};
    // What is taken out may leave a blank behind, here and below.
    if (std::string bare = normalize(without_quotes(line));
        language == Language::domains && bare != line && is_heading(bare) && !find_problem(language, bare))
        return {Advice::correction, std::move(bare)};
    LineFixer fixer(language, line);
    for (unsigned i = 0; i < most_changes && fixer.step(); i++) {
    }
    const std::string text = normalize(fixer.line());
    if (!fixer.right() || find_problem(language, text))
        return {};
    // What the kernel takes but never asks about is no better.
    const auto remark = remark_on(language, text, parse_line(language, text), false);
    if (remark && remark->error)
        return {};
    return {fixer.added() ? Advice::example : Advice::correction, text};
}

std::string phrase(const Advice& advice) {
    switch (advice.kind) {
    case Advice::correction:
        return fmt::format("did you mean '{}'?", advice.text);
    case Advice::example:
        return fmt::format("for example '{}'", advice.text);
    case Advice::note:
        return advice.text;
    default:
        return {};
    }
}

} // namespace policy
