// SPDX-License-Identifier: GPL-2.0-only
// Statements: what each line of a policy says, and about what.
//
// The lines of an input and of the kernel's answer are both followed this way. Equal keys mean the same
// thing, so that two policies can be compared without keeping either.
#pragma once

#include "tomoyo-box/policy/language/line.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace policy {

struct Statement {
    enum Kind : uint8_t {
        nothing, // blank or a comment
        command, // an order that leaves no trace in the policy ("select ...", "reset")
        domain,  // there is, or with DELETES is not, such a domain
        profile, // OPERATIONS is the number
        entry,   // any other line: the bits of OPERATIONS are there, or with DELETES are not
        wrong,   // no reading makes sense, or the kernel's would surprise; see REASON
    };
    Kind kind = nothing;
    bool deletes = false;
    uint16_t operations = 1; // one bit each; 1 for what has no operation list
    uint32_t column = 0;     // of what is wrong
    uint64_t key = 0;        // of domain or namespace, directive and operands
    const char* reason = ""; // why it is wrong

    Problem problem() const { return {reason, column}; }
};

// Which domains were deleted how often: what was said about a domain before does not hold for its successor.
using Generations = std::unordered_map<uint64_t, uint32_t>;

class StatementParser {
public:
    enum Depth {
        lines, // the key of an entry stands for the text of its line
        parts, // or for its meaning: its canonical text, and that without its operations
    };
    // Keys are comparable between parsers of the same SEED and DEPTH.
    StatementParser(Language language, uint64_t seed, Depth depth)
        : language_(language), depth_(depth), seed_(seed) {}

    // LINE must be normalized.
    Statement next(std::string_view line);

    // Domain policy: the line that makes the kernel apply further lines to the same domain; empty when none
    // is chosen.
    const std::string& selection() const { return selection_; }
    std::string_view domain_name() const; // the same as a name; empty when it is not known

    // Was what has been said last about a domain deleted by a later line that LAST has seen?
    bool superseded_in(const StatementParser& last) const;

    // Goes on with the deletions that OTHER has seen.
    void adopt(const StatementParser& other) { generations_ = other.generations_; }

private:
    Statement domain_line(std::string_view line);
    Statement exception_line(std::string_view line);
    Statement manager_line(std::string_view line) const;
    Statement domain(const DomainLine& line);
    Statement selection(const DomainLine& line);
    Statement below_domain(std::string_view line);
    Statement attribute_or_entry(std::string_view line, DomainLine& parsed);
    Statement entry(const tmy_entry& entry, bool deletes);
    Statement text_of(std::string_view line) const;
    void choose(std::string_view name);
    uint64_t context_of(uint64_t name) const;

    Language language_;
    Depth depth_;
    uint64_t seed_;
    Generations generations_;
    std::string selection_;
    uint64_t name_ = 0;    // hash of the chosen domain
    uint64_t context_ = 0; // of the chosen domain, in its generation
    std::string buffer_;   // for canonical text
};

// The line that takes these OPERATIONS from an entry, of which LINE is the text in domain or exception
// policy.
std::string deletion_of(Language language, std::string_view line, uint16_t operations);

} // namespace policy
