// SPDX-License-Identifier: GPL-2.0-only
// A reference model of the policy: plain lists of text, everything is looked at one after the other.
//
// It is written from the specification, not from the engine, and judges nothing: lines must be valid, though
// not necessarily canonical. (a.b) in a comment is a section of the kernel ABI specification.
#ifndef TESTS_MODEL_MODEL_H
#define TESTS_MODEL_MODEL_H

#include "lsm/engine/entry.h"
#include "lsm/engine/profile.h"
#include "lsm/engine/stream.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace model {

using Strings = std::vector<std::string>;

// ---- Text (text.cc) -------------------------------------------------------------------------------------

Strings split(std::string_view text, char at);
bool skip(std::string& text, std::string_view prefix); // drops it when it is there
std::string first_word(const std::string& text);

struct Range {
    unsigned long low, high;
};
Range number_range(const std::string& text);
std::string canonical_number(const std::string& text);
std::string canonical_address(const std::string& text);
std::string canonical_condition(const std::string& token);

// Bytes in network order.
std::string address_bytes(const std::string& text);

// LEFT = RIGHT or LEFT != RIGHT.
struct Condition {
    std::string left, right;
    bool equal;
};
Condition parse_condition(const std::string& token);

// ---- Entries (entry.cc) ---------------------------------------------------------------------------------

// What stands at a place of an entry.
enum class Operand { name, number, address, domain };
const std::vector<Operand>& operands_of(u8 kind);
const Strings& words_of(u8 kind);
std::string protocol_word(u8 protocol);

// One line of access control; all text is canonical.
struct Entry {
    u8 kind = 0;
    u8 protocol = 0;
    unsigned operations = 1;
    Strings operands;
    std::string transition; // "keep", "<kernel> /x"... or empty
    Strings conditions;     // without grant_log
    std::string grant_log;  // "yes", "no" or empty

    bool same(const Entry& other) const; // (3.3)
    bool is_execute() const;
};
Entry parse_entry(const std::string& line);
std::string print_entry(const Entry& entry);

// ---- Requests -------------------------------------------------------------------------------------------

// What conditions may ask about (4.3).
struct Facts {
    bool known = true;                            // false: every condition fails
    std::map<std::string, unsigned long> numbers; // by keyword; what is not here is not available
    bool exec = false;                            // realpath, argv and envp are available
    std::string realpath;
    Strings argv, envp;
    std::optional<std::string> symlink_target;
};

// An entry with one operation and plain values: as it would be learned, without conditions (7.5).
struct Request {
    Entry what;
    bool any_device = false; // mount: the device is not compared (3.8)
    Facts facts;
};

struct Decision {
    bool granted = false;
    bool arguments = false; // argv or envp had to be looked at
    std::string matched;    // the name or pattern that granted, when the first operand is a name
    Entry entry;            // that granted
};

// Where an execution leads (2.7 - 2.11).
struct Transition {
    enum class Outcome {
        moved,  // into domain, which may be where it came from
        denied, // EPERM
        fatal,  // ENOMEM
        failed, // goes on where it was; transition_failed was set, if it was not
    };
    Outcome outcome = Outcome::moved;
    size_t domain = 0;
    bool created = false;
    std::string candidate;
    Decision decision;
};

// ---- The policy (policy.cc, decide.cc, execute.cc) ------------------------------------------------------

struct Config {
    tmy_mode mode = TMY_DISABLED;
    bool grant_log = true, reject_log = true;
};

struct Profile {
    unsigned long max_learning_entry = 2048;
    std::map<std::string, Config> items = {{"", {}}}; // by what is behind "CONFIG"
};

struct Group {
    std::string name;
    Strings members;
};

enum GroupType { path_group, number_group, address_group, group_types };

struct Namespace {
    std::string name;
    Strings directives;  // "keep_domain P from D"
    Strings aggregators; // "ORIG NEW"
    std::array<std::vector<Group>, group_types> groups;
    std::array<std::vector<Entry>, 256> acl_groups;
    std::map<unsigned, Profile> profiles;
};

struct Domain {
    std::string name;
    unsigned profile = 0;
    std::set<unsigned> groups;
    bool quota_exceeded = false, transition_failed = false, deleted = false;
    std::vector<Entry> acl;
};

class Policy {
public:
    static constexpr size_t none = ~size_t{0};
    static constexpr int unspecified = 1; // a result that the specification leaves open

    // One line. The cursor belongs to the open file: the number of the domain that is edited.
    // Returns what tmy_stream_write() does, or unspecified.
    int apply(tmy_file file, size_t& cursor, std::string line);
    void activate() { active_ = true; }
    void mention(const std::string& space, const std::string& profile); // which come to be (1.11, 5.1)

    // What the file reads; of one domain only when it is told which.
    std::string text(tmy_file file) const;
    std::string domain_text(size_t domain, bool transition_only) const;

    bool is_manager(const std::string& name) const;
    size_t find_domain(const std::string& name) const;
    const std::vector<Domain>& domains() const { return domains_; }
    const std::vector<Namespace>& namespaces() const { return namespaces_; }
    const Namespace& namespace_of(size_t domain) const;

    Config config(size_t domain, const std::string& item) const; // "file::open" (5.3)
    Decision decide(size_t domain, const Request& request) const;
    bool conditions_hold(const Namespace& space, const Strings& conditions, const Facts& facts,
                         bool& arguments) const;

    // The line that learning appends, or nothing when the quota is used up (7.5).
    std::string learn(size_t domain, const Request& request);

    std::string aggregate(size_t domain, const std::string& name) const;
    Transition execute(size_t domain, const std::string& name, const Facts& facts);

private:
    int apply_domain(size_t& cursor, std::string line, bool remove);
    int apply_attribute(Domain& domain, const std::string& line, bool remove);
    int apply_exception(std::string line, bool remove);
    int apply_group(Namespace& space, GroupType type, const std::string& line, bool remove);
    int apply_profile(std::string line);
    int apply_manager(const std::string& line, bool remove);
    static int apply_entry(std::vector<Entry>& list, const std::string& line, bool remove);
    static int apply_text(Strings& list, const std::string& line, bool remove);

    Namespace& space(const std::string& name); // comes to be
    const Namespace* find_space(const std::string& name) const;
    Namespace& take_space(std::string& line);
    void refer(Namespace& space, const Entry& entry);
    Group& group(Namespace& space, GroupType type, const std::string& name); // comes to be
    size_t create_domain(const std::string& name);

    std::string exception_text() const;

    bool name_matches(const Namespace& space, const std::string& policy, const std::string& name,
                      std::string& matched) const;
    bool number_matches(const Namespace& space, const std::string& policy, Range value) const;
    bool address_matches(const Namespace& space, const std::string& policy, const std::string& bytes) const;
    bool entry_grants(const Namespace& space, const Entry& entry, const Request& request,
                      Decision& decision) const;
    const Strings& members(const Namespace& space, GroupType type, const std::string& name) const;
    bool condition_holds(const Namespace& space, const std::string& token, const Facts& facts) const;
    bool name_condition(const Namespace& space, const Condition& condition,
                        const std::optional<std::string>& name) const;
    bool number_condition(const Namespace& space, const Condition& condition, const Facts& facts) const;

    bool directive(size_t domain, const std::string& word, const std::string& candidate) const;
    bool target(size_t domain, const Transition& transition, std::string& name, bool& strict) const;
    size_t find_or_create(size_t from, const std::string& name, bool& created);

    std::vector<Domain> domains_ = {Domain{"<kernel>", 0, {}, false, false, false, {}}};
    std::vector<Namespace> namespaces_ = {Namespace{"<kernel>", {}, {}, {}, {}, {}}};
    Strings managers_;
    bool active_ = false;
};

// Entries that count for the quota (7.5).
unsigned long count_entries(const std::vector<Entry>& list);

// "file::open", "network::inet_stream_bind"; empty for task entries.
std::string item_of(const Entry& request);

} // namespace model

#endif
