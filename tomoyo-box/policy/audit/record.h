// SPDX-License-Identifier: GPL-2.0-only
// Audit records: what the kernel wrote about a request (kernel ABI 7.7), taken apart.
//
// A record is three lines: a header with facts about the task, the paths and the program, the name of the
// domain, and the line of policy that would grant the request.
#pragma once

#include "tomoyo-box/base/line_reader.h"
#include "tomoyo-box/policy/language/line.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

// One fact of a header: "uid=0" in "path1={ ... }", or one of the words in "argv[]={ ... }", which have no
// key.
struct AuditItem {
    std::string_view block; // "task", "path1.parent", "exec", "argv[]"; empty: outside of any
    std::string_view key;   // "uid"
    std::string_view value; // as it is written, with its quotes

    bool operator==(const AuditItem&) const = default;
};

// Stands in a list for the words that the kernel has left out.
inline constexpr std::string_view audit_omission = "...";

struct AuditHeader {
    std::string_view time;        // "2026/11/21 19:03:24", of the kernel's clock (UTC)
    std::vector<AuditItem> items; // in their order
};

// Views point into LINE, which must be normalized. On a problem PARSED holds what is in front of it.
std::optional<Problem> parse(std::string_view line, AuditHeader& parsed);

struct AuditRecord {
    AuditRecord() = default;
    AuditRecord(const AuditRecord&) = delete; // the header points into this very text
    AuditRecord& operator=(const AuditRecord&) = delete;

    std::string text; // of the header
    AuditHeader header;
    std::string domain;
    std::string line; // "file read /etc/passwd"

    // The kernel notes the profile and the groups of each new domain, with the words granted=no.
    bool is_note() const { return line.starts_with("use_profile ") || line.starts_with("use_group "); }
};

struct AuditProblem {
    unsigned long line; // of the file; one more than it has where one is missing
    std::string where;  // "FILE:LINE", with the column where there is one
    const char* reason; // static text
};

// Reads records out of a file of tomoyo-auditd, or as the kernel hands them out, each ended by a NUL byte.
// Memory depends on the longest record only.
class AuditReader {
public:
    explicit AuditReader(LineReader& lines) : lines_(lines) {}

    // The next record, or what is wrong in its place; false at the end. Behind a problem, reading goes on
    // with the next header.
    bool next(AuditRecord& record, std::optional<AuditProblem>& problem);

private:
    bool take_piece();
    bool take_header();
    bool take_line(std::string& text);
    AuditProblem problem(const char* reason);

    LineReader& lines_;
    std::string_view line_;  // what is left of the line
    std::string_view piece_; // the part of it in front of a NUL byte
    bool in_line_ = false;
    bool at_end_ = false;
    bool ended_ = false; // a NUL byte follows the piece: whatever comes then is another record
    bool again_ = false; // the piece has not been used
    bool lost_ = false;  // what follows belongs to a record that is wrong
};

} // namespace policy
