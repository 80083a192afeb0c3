// SPDX-License-Identifier: GPL-2.0-only
// The engine's words (lsm/engine/word.h) as C++ sees them.
#pragma once

#include "lsm/engine/number.h"
#include "lsm/engine/pattern.h"
#include "lsm/engine/word.h"
#include "tomoyo-box/base/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace policy {

inline bool correct_word(std::string_view text) { return tmy_correct_word(text.data(), text.size()); }
inline bool correct_path(std::string_view text) { return tmy_correct_path(text.data(), text.size()); }
inline bool correct_domain(std::string_view text) { return tmy_correct_domain(text.data(), text.size()); }

// Does the line start a domain? (Its name may still be incorrect.)
inline bool starts_domain(std::string_view line) { return tmy_domain_def(line.data(), line.size()); }

std::string normalize(std::string_view line);
std::string encode(std::string_view bytes);
std::optional<std::string> decode(std::string_view word); // nothing when it holds a wildcard or a bad escape

// Does the encoded name match the word, which may be a pattern (engine: tmy_match)?
bool matches(std::string_view name, std::string_view pattern);

// The same for a domain, word by word: '<kernel> /usr/sbin/\*' matches each program there that <kernel>
// starts. A pattern that does not begin with a namespace is compared with the last words of the name:
// '/usr/sbin/httpd' matches it whoever starts it. RECURSIVE: or does it match an ancestor of the domain?
bool domain_matches_pattern(std::string_view domain, std::string_view pattern, bool recursive = false);

// NAME itself, or with RECURSIVE also every domain below it.
bool domain_matches(std::string_view domain, std::string_view name, bool recursive);

// The decimal number at the front of TEXT, which becomes what follows; nothing when there is none up to MAX.
std::optional<unsigned> take_number(std::string_view& text, unsigned max);

// The number at the front of TEXT as sscanf("%u") reads it, which tomoyo-tools do: "-1x" is 4294967295.
std::optional<uint32_t> scanned_number(std::string_view text);

// Reads "N", 0..255, as a whole; nothing otherwise.
std::optional<unsigned> number_to_255(std::string_view text);

} // namespace policy
