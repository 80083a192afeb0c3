// SPDX-License-Identifier: GPL-2.0-only
// Suggest: groups of lines that differ in a name only, and the pattern that would stand for each group.
//
// What is similar is found by hashing names in which something has been left out, so that time grows with the
// policy and not with its square.
#pragma once

#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/rewrite/keep_list.h"
#include "tomoyo-box/policy/sets/read_observer.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

struct Suggestion {
    enum What : uint8_t { name, port, address };
    struct Line {
        std::string text;              // with the pattern in its place
        size_t word;                   // which word of the line it is, from 1
        std::vector<uint32_t> covered; // numbers of lines: see Suggester::line()
    };

    What what;
    std::string_view domain;     // or "<kernel> acl_group 3"
    std::string pattern;         // for the name; a range of ports or addresses
    std::vector<Line> lines;     // one for each operation that has such names; at least one
    std::string_view refused_by; // the entry of the list of names to keep that forbids it; usually empty
};

class Suggester {
public:
    // SUPPORT: how many different names make a group.
    Suggester(const KeepList& keep, unsigned support) : keep_(keep), support_(support) {}

    // Reads to the end. SIZE: in bytes, if it is known.
    void read(PolicyReader& reader, uint64_t size, bool compat, ReadObserver& observer);

    // In the order of the policy. Narrow patterns come before wide ones that would cover the same lines.
    std::vector<Suggestion> find();

    std::string_view line(uint32_t number) const;                          // without "acl_group N" in front
    uint32_t place(uint32_t number) const { return lines_[number].place; } // of the line in all that was read

    struct Key {
        uint64_t hash;
        uint32_t name; // in names_, or whatever is sorted
    };
    static void sort(std::vector<Key>& keys);

private:
    struct Text { // in text_
        uint32_t at, length;
    };
    struct Line {
        Text text;
        uint32_t domain; // in domains_
        uint32_t place;  // how many lines were read before it
    };
    struct Name {
        uint32_t line;
        Text text;
        uint64_t frame;      // a hash of all that is around it: the domain and the rest of the line
        uint16_t components; // as many as find() looks at
        bool taken;
    };
    struct Socket {
        uint32_t line;
        Text address, port;
        tmy_address value;
        uint64_t frame; // a hash of the domain, and of the line without both
        uint16_t number;
        bool taken; // its port is in a range
    };
    // What is left out of names to find those that are similar.
    struct Level {
        enum { digits, mixed, component } what;
        size_t from_end; // which component
    };

    std::string_view view(Text text) const { return {text_.data() + text.at, text.length}; }
    Text append(std::string_view text);
    void add_line(std::string_view line);
    void add_entry(std::string_view line, std::string_view domain, const tmy_entry& entry);
    void add_socket(std::string_view line, std::string_view domain, const tmy_entry& entry);
    void find_ports(std::vector<Suggestion>& found);
    void find_addresses(std::vector<Suggestion>& found);
    static size_t distinct(std::vector<Key>& values);
    void propose_range(Suggestion::What what, const std::string& range, std::span<const Key> keys,
                       std::vector<Suggestion>& found);
    static std::vector<Suggestion> joined(std::vector<Suggestion> found);
    uint32_t number_of(std::string_view domain);
    static bool shape(std::string_view name, size_t components, const Level& level, std::string& to);
    template <typename Visit> void each_group(std::vector<Key>& keys, Visit visit) const;
    void find(const Level& level, std::vector<Key>& keys, std::vector<Suggestion>& found);
    void consider(const Level& level, const Key* first, const Key* last, std::vector<Suggestion>& found);
    void propose(std::string pattern, const Key* first, const Key* last, std::vector<Suggestion>& found);

    const KeepList& keep_;
    unsigned support_;
    std::string text_;
    std::vector<Text> domains_;
    std::vector<Line> lines_;
    std::vector<Name> names_;
    std::vector<Socket> sockets_;
    uint32_t read_ = 0;  // lines
    std::string domain_; // that lines are about; empty: none
    uint64_t seed_ = random_seed();
};

} // namespace policy
