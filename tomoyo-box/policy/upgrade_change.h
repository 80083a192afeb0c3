// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: what becomes of one line, and the ways from an old line to new ones. For upgrade*.cc only.
#pragma once

#include "tomoyo-box/policy/upgrade.h"

#include <string>
#include <string_view>
#include <vector>

namespace policy::upgrade {

struct Change {
    bool same = true;             // the line stays as it is
    const char* reason = nullptr; // what has no place in 2.6, if anything
    std::string text;             // else the new lines, each with its newline; may be none
    std::string rule;             // a line for patternize.conf

    // Instead of the line: one made of these words. May be called more than once.
    void line(std::initializer_list<std::string_view> words);
    // The line goes without a trace: others say what it said.
    void nothing() { same = false; }
    void lose(const char* why) {
        same = false;
        reason = why;
    }
};

// Names of files that a kernel of 2.6 calls otherwise than FROM did, in any line.
std::string rename_files(std::string_view text, Versions from);

// What is known about lines that 2.6 does not understand; null when it is only known that it does not.
const char* reason_for(std::string_view line);

// Which of the names are only appended to, in a domain that may rewrite some.
struct Rewriting {
    const std::vector<std::string_view>& append_only; // deny_rewrite
    std::vector<std::string_view> allowed = {};       // allow_rewrite

    bool may_rewrite(std::string_view name) const;
};

// An entry of a domain or of a group. HEAD: what stands in front of it ("acl_group 0 ").
void convert_entry(Language language, std::string_view head, std::string_view entry, Versions from,
                   const Rewriting& rewriting, Change& change);

void convert_exception(std::string_view line, const Context& context, Change& change);
void convert_manager(std::string_view line, Versions from, Change& change);
void convert_quota(std::string_view line, Change& change);

// Domain policy, which needs to know all lines of a domain.
class Domains {
public:
    Domains(const Document& document, const Context& context);

    // Text in front of line I; LINE is size() for the end.
    std::string_view before(size_t i);
    void convert(size_t i, Change& change);
    // A line that was to choose another domain has been lost: those below it are about none.
    void leave();

private:
    struct Facts { // about one domain, from all its parts
        std::string_view name;
        bool ignores_global = false;
        size_t group_line = none; // the last use_group
        std::vector<std::string_view> rewrites;
    };
    static constexpr size_t none = static_cast<size_t>(-1);
    void survey(size_t first, size_t last);
    void merge_facts();
    void heading(std::string_view line, Change& change);

    const Document& document_;
    const Context& context_;
    std::vector<Facts> facts_; // by name
    const Facts* here_ = nullptr;
    Rewriting rewriting_;
    bool selected_ = false;
    bool needs_group_ = false; // use_group 0 has to be written
};

// Profiles, of which one setting is spread over several lines.
class Profiles {
public:
    Profiles(const Document& document, const Context& context);

    bool needs_version() const { return needs_version_; }
    void convert(std::string_view line, Change& change) const;

private:
    struct Facts {
        bool seen = false;
        bool has_mode = false; // MAC_FOR_FILE
        std::optional<bool> verbose[TMY_MODES];
    };
    void survey(std::string_view line);
    std::string_view reject_log(unsigned profile, tmy_mode mode) const;
    void convert_setting(unsigned profile, std::string_view space, std::string_view setting,
                         Change& change) const;
    void convert_preference(std::string_view which, std::string_view value, std::string_view space,
                            int profile, Change& change) const;
    void put_limit(std::string_view space, unsigned profile, std::string_view limit, Change& change) const;

    Versions from_;
    bool needs_version_;
    std::vector<Facts> facts_; // the last: what holds for all that do not say otherwise
};

} // namespace policy::upgrade
