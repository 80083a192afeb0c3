// SPDX-License-Identifier: GPL-2.0-only
// Audit records: the words of a header, and where records begin and end.
#include "tomoyo-box/policy/audit/record.h"

#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"

#include <utility>

namespace policy {

namespace {

bool is_list(std::string_view block) { return block.ends_with("[]"); }

bool is_quoted(std::string_view value) {
    return value.size() >= 2 && value.front() == '"' && value.back() == '"';
}

// The words of a header, from the first to the one that is wrong.
class HeaderParser {
public:
    HeaderParser(std::string_view words, std::vector<AuditItem>& items) : rest_(words), items_(items) {}

    // Reads on until a word is wrong, and says why; null when none is.
    const char* run() {
        while (!rest_.empty()) {
            before_ = rest_;
            if (const char* reason = take(take_word(rest_)))
                return reason;
        }
        before_ = {};
        return block_.empty() ? nullptr : "a '{' has no '}'";
    }

    size_t unread() const { return before_.size(); } // bytes from the wrong word on

private:
    const char* take(std::string_view word) {
        if (word == "}")
            return close();
        if (is_list(block_))
            return add({}, word, is_quoted(word) || word == audit_omission);
        if (word.ends_with("={"))
            return open(word.substr(0, word.size() - 2));
        // The kernel's form where it could not read the environment: "envp[]= { ... }".
        if (word.ends_with("[]=") && strip(rest_, "{ "))
            return open(word.substr(0, word.size() - 1));
        if (block_.empty() && word.starts_with('(') && word.ends_with(')'))
            word = word.substr(1, word.size() - 2); // "(global-pid=117)"
        const size_t equals = word.find('=');
        if (equals == std::string_view::npos)
            return "it is neither KEY=VALUE nor a block";
        const std::string_view value = word.substr(equals + 1);
        return add(word.substr(0, equals), value, !value.starts_with('"') || is_quoted(value));
    }

    const char* add(std::string_view key, std::string_view value, bool whole) {
        if (!whole)
            return "a value has a quote at one end only";
        if (value.empty() || (key.empty() && !is_list(block_)))
            return "it is not KEY=VALUE";
        items_.push_back({block_, key, value});
        return nullptr;
    }

    const char* open(std::string_view name) {
        if (name.empty())
            return "a block has no name";
        if (!outer_.empty() || (!block_.empty() && !is_list(name)))
            return "a block is inside of another";
        outer_ = std::exchange(block_, name);
        return nullptr;
    }

    const char* close() {
        if (block_.empty())
            return "a '}' has no '{'";
        block_ = std::exchange(outer_, {});
        return nullptr;
    }

    std::string_view rest_, before_;
    std::string_view block_, outer_; // the block we are in, and the one around it
    std::vector<AuditItem>& items_;
};

} // namespace

std::optional<Problem> parse(std::string_view line, AuditHeader& parsed) {
    parsed.items.clear();
    parsed.time = {};
    std::string_view rest = line;
    if (!strip(rest, "#"))
        return Problem{"a header begins with '#'", 1};
    const size_t end = rest.find('#');
    if (end == std::string_view::npos)
        return Problem{"the time has no '#' behind it", line.size() + 1};
    parsed.time = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    strip(rest, " ");
    HeaderParser parser(rest, parsed.items);
    if (const char* reason = parser.run())
        return Problem{reason, line.size() - parser.unread() + 1};
    return std::nullopt;
}

// The next part of the file up to a newline or a NUL byte.
bool AuditReader::take_piece() {
    if (std::exchange(again_, false))
        return true;
    at_end_ = !in_line_ && !lines_.next(line_);
    if (at_end_)
        return false;
    const size_t nul = line_.find('\0');
    piece_ = line_.substr(0, nul);
    ended_ = in_line_ = nul != std::string_view::npos;
    line_.remove_prefix(in_line_ ? nul + 1 : line_.size());
    return true;
}

// Goes to a header, or to what is between records and is none. False at the end.
bool AuditReader::take_header() {
    while (take_piece()) {
        const bool header = piece_.starts_with('#');
        lost_ = lost_ && !header;
        if (header || (!lost_ && !piece_.empty()))
            return true;
    }
    return false;
}

// Another line of a record that has begun; false when there is none.
bool AuditReader::take_line(std::string& text) {
    do {
        if (ended_ || !take_piece())
            return false;
        again_ = piece_.starts_with('#');
        if (again_)
            return false;
        text = normalize(piece_);
    } while (text.empty());
    return true;
}

// What is wrong at the piece that was taken last.
AuditProblem AuditReader::problem(const char* reason) {
    lost_ = true;
    const bool missing = at_end_ && lines_.has_newline();
    return {lines_.number() + (missing ? 1 : 0), lines_.where(), reason};
}

bool AuditReader::next(AuditRecord& record, std::optional<AuditProblem>& problem) {
    problem.reset();
    if (!take_header())
        return false;
    if (!piece_.starts_with('#')) {
        problem = this->problem("it is not part of a record, which begins with '#'");
        return true;
    }
    record.text = normalize(piece_);
    if (const auto wrong = parse(record.text, record.header)) {
        problem = this->problem(wrong->reason);
        const size_t before = static_cast<size_t>(piece_.data() - lines_.line().data());
        problem->where += ":" + std::to_string(before + raw_column(piece_, wrong->column));
    } else if (!take_line(record.domain)) {
        problem = this->problem("the record ends before the name of its domain");
    } else if (!starts_domain(record.domain)) {
        problem = this->problem("it is not the name of a domain");
    } else if (!take_line(record.line)) {
        problem = this->problem("the record ends before its line of policy");
    }
    return true;
}

} // namespace policy
