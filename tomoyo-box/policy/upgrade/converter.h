// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: what becomes of one line, and what the others say about it. For upgrade*.cc only.
#pragma once

#include "tomoyo-box/policy/language/socket_types.h"
#include "tomoyo-box/policy/language/statement.h"
#include "tomoyo-box/policy/upgrade/upgrade.h"

#include <span>

namespace policy::upgrade {

// What one line becomes: it stays the same, or goes (for a reason, or because others say what it said), or
// text takes its place.
struct Change {
    bool same = true;
    const char* reason = nullptr; // what has no place in 2.6, if anything
    std::string text;             // lines, each with its newline

    Change& put(std::string_view words);
    Change& put(const char* words);
    Change& put(unsigned number);
    // With the names of files that a kernel of 2.6 calls otherwise than FROM did.
    Change& put_renamed(std::string_view words, Versions from);
    void lose(const char* why);
};

class Converter {
public:
    Converter(const Document& document, const Context& context);
    Result run();

private:
    void line(size_t i);
    void convert(size_t i, std::string_view text);
    void judge(std::string_view text);
    const char* refusal(std::string_view text) const; // of the first wrong line
    void drop_useless(std::string_view text);
    void write(size_t i);
    const tmy_entry* socket_entry(std::string_view text, Line& parsed);
    void survey_sockets();
    void add_socket_types(size_t i);
    bool is_from(Versions limit) const { return within(context_.from, limit); }

    // Entries of domains and groups, behind head_; take_conditions() sets conditions_.
    void convert_entry(std::string_view entry);
    void convert_permission(std::string_view entry);
    void convert_file(std::string_view permission, std::string_view operands);
    void convert_network(std::string_view operands);
    void take_conditions(std::string_view& entry);
    void repair(std::string_view entry);
    void end_entry(std::string_view operands);

    void survey_domains();
    void put_pending_group(size_t i);
    void convert_domain_line(size_t i, std::string_view text);
    bool convert_number(std::string_view text);
    void enter_domain(std::string_view name);
    void leave_domain();
    bool may_rewrite(std::string_view name) const;

    void convert_exception(std::string_view line);

    void survey_profiles();
    void convert_profile_line(std::string_view line);
    void convert_setting(unsigned profile, std::string_view setting);
    void convert_preference(unsigned profile, std::string_view setting);
    void put_limit(unsigned profile, std::string_view limit);
    void put_mode(unsigned profile, std::string_view item, unsigned mode);

    void convert_manager(std::string_view line);
    void convert_quota(std::string_view line);

    const Document& document_;
    const Context& context_;
    Result result_;
    Change change_;               // of the line at hand
    std::string_view head_;       // what stands in front of its entry: "acl_group 0 "
    std::string_view conditions_; // what stands behind it, with a blank in front

    std::vector<std::string_view> append_only_; // deny_rewrite
    // Domain policy: a domain may come in several parts.
    Generations facts_;  // by name: does it ignore acl_group 0, and its last use_group
    size_t heading_ = 0; // of the part at hand
    uint32_t here_ = 0;  // its facts
    bool selected_ = false, group_pending_ = false;

    // Entries of sockets, each in its domain or group.
    SocketTypes sockets_;
    uint64_t context_of_entries_ = 0;

    // Profiles; the last is for all that do not say otherwise.
    struct Profile {
        bool seen, has_mode;
        bool quiet[TMY_MODES], loud[TMY_MODES]; // verbose, if it says so
    } profiles_[TMY_PROFILES + 1] = {};
    bool has_version_ = false;
};

// Names that begin otherwise now; the first that fits counts.
struct Renamed {
    const char* before;
    const char* now;
};
bool put_other(Change& change, std::string_view& word, std::span<const Renamed> names);

} // namespace policy::upgrade
