// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: policy of older versions of TOMOYO in the language of 2.6 (userspace specification 8 and 9).
//
// Which version wrote a file is not asked but seen: most lines say it themselves. What has no place in 2.6
// stays as a comment where it was. The engine judges every line that is made.
#pragma once

#include "tomoyo-box/policy/language/document.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy::upgrade {

// A set of versions: those that may have written something.
using Versions = uint8_t;
enum : Versions {
    v1_7 = 1, // and what came before it
    v1_8 = 2,
    v1_8_5 = 4, // the 1.8 of 2015, in which a domain uses any number of groups
    v2_2 = 8,
    v2_3 = 16,
    v2_4 = 32,
    v2_5 = 64,
    v2_6 = 128,
    any_version = 255,
    ccs_versions = v1_7 | v1_8 | v1_8_5,
    first_syntax = v1_7 | v2_2 | v2_3, // "allow_read /a"
    second_syntax = static_cast<Versions>(~first_syntax),
    one_group = v1_8 | v2_4 | v2_5, // a domain uses exactly one acl_group
};

// Do these versions, all that come into question, share what LIMIT has?
constexpr bool within(Versions versions, Versions limit) { return (versions & ~limit) == 0; }

std::string version_names(Versions versions);   // "2.2 or 2.3"
Versions versions_named(std::string_view name); // "2.2", "1.8", "auto"; 0: there is none of that name

// The versions that may have written LINE, which must be normalized; any_version when it does not say.
Versions writers_of(Language language, std::string_view line);

// Finds out which versions may have written the documents it has seen.
class Detector {
public:
    // KNOWN: those that come into question. When the user has said so, lines that contradict are not listened
    // to; otherwise see() throws Error.
    explicit Detector(Versions known) : from_(known), sure_(known != any_version) {}
    void see(const Document& document);

    Versions from() const { return from_; }
    // "it was written by 2.2 or 2.3"
    std::string verdict() const;

private:
    Versions from_;
    bool sure_;
    std::string where_; // the line that said most, as yet
};

// What the other files say that a file belongs to.
struct Context {
    Versions from = any_version;
    const Document* exceptions = nullptr; // its deny_rewrite lines count for domain policy
    bool keeps_rules = false; // Result::rules will be a part of patternize.conf, so file_pattern is not lost
    bool adds_socket_types = false; // it was learned by a kernel that does not compare them
};

struct Loss {
    size_t line; // of the document, from 0
    const char* reason;
    bool partly; // the rest of the line has been converted
};

// A line that was not there.
struct Addition {
    size_t line; // of the document, because of which
    std::string text;
};

struct Result {
    std::string text;
    std::string rules; // lines for patternize.conf
    size_t kept = 0, converted = 0;
    std::vector<Loss> losses; // in the order of the lines
    std::vector<Addition> additions;
    std::vector<Loss> doubts; // lines that were kept, though the kernel passes over a part of them
};

Result convert(const Document& document, const Context& context);

// A file of tools/, in which only names have changed.
std::string convert_tools(std::string_view text, Versions from);

} // namespace policy::upgrade
