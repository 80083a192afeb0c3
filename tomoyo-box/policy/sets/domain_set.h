// SPDX-License-Identifier: GPL-2.0-only
// DomainSet: domain policy as sets of lines, in which what is written last counts, in the order of names.
//
// Any text may be a line. The text of all lines is kept once, without newlines, blank lines and headings that
// come again; a line is a place in it, of eight bytes. Duplicates are found by sorting alone.
#pragma once

#include "tomoyo-box/base/hash_index.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/sets/read_observer.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

// Bytewise: negative, 0 or positive. Most names of a policy begin alike, so eight bytes are compared at once.
int compare(std::string_view a, std::string_view b);

class DomainSet {
public:
    // COMPAT: as tomoyo-tools 2.6.1 reads; profiles are taken modulo 256, see also Unpacked and next_line().
    explicit DomainSet(bool compat = false) : compat_(compat) {}

    // Adds an input to its end; it does not continue the domain of the one before it. OBSERVER is told
    // of lines that are wrong, which stay. SIZE: in bytes, if it is known. Throws Error for an input that has
    // lines, but no domain.
    void read(PolicyReader& reader, ReadObserver& observer, uint64_t size = 0);

    // Nothing more will be read; needed before what follows.
    void sort();

    struct Line {
        uint32_t at;
        uint32_t length;
    };
    static constexpr int no_profile = -1;    // none has been given
    static constexpr int wrong_profile = -2; // a line was meant to give one
    struct Domain {
        Line name;
        int profile; // or one of the values above
        uint32_t first;
        uint32_t count;
    };
    const std::vector<Domain>& domains() const { return domains_; }
    std::span<const Line> lines(const Domain& domain) const {
        return std::span(lines_).subspan(domain.first, domain.count);
    }
    std::string_view text(Line line) const { return std::string_view(text_).substr(line.at, line.length); }
    std::string_view name(const Domain& domain) const { return text(domain.name); }

private:
    static constexpr uint32_t none = HashIndex::none;
    struct Run { // lines from FIRST on, up to the next run, are about the same domain
        uint32_t domain;
        uint32_t first;
    };

    void line(const PolicyReader& reader, std::string_view text);
    void entry(const PolicyReader& reader, std::string_view text, bool deletes);
    bool set_profile(const PolicyReader& reader, std::string_view text);
    void choose(uint32_t domain);
    void forget(uint32_t domain);
    void warn_of_name(const PolicyReader& reader, std::string_view name) const;
    uint32_t create(const PolicyReader& reader, std::string_view name);
    uint32_t find(std::string_view name) const; // its number, or none
    Line keep(std::string_view text);
    void gather();
    void settle(Domain& domain);
    template <typename Visit> void each_run(Visit visit) const;

    bool compat_;
    std::string text_;
    std::vector<Line> lines_; // while reading: in their order; with the bit DELETES in the length
    std::vector<Run> runs_;
    std::vector<Domain>
        domains_;     // while reading: FIRST is where lines begin to count, COUNT is 0 for a deleted one
    HashIndex index_; // of domains by name, while reading
    uint64_t seed_ = 0;
    uint32_t current_ = none;
    ReadObserver* observer_ = nullptr; // of the present input
    size_t outside_ = 0;               // lines of the present input that are about no domain
    std::string first_outside_;
};

} // namespace policy
