// SPDX-License-Identifier: GPL-2.0-only
// The engine's words as C++ sees them.
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace policy {

std::string normalize(std::string_view line) {
    std::string text(line);
    text.resize(tmy_normalize(text.data(), text.size()));
    return text;
}

std::string encode(std::string_view bytes) {
    std::string word(tmy_encode(nullptr, 0, bytes.data(), bytes.size()), '\0');
    tmy_encode(word.data(), word.size(), bytes.data(), bytes.size());
    return word;
}

std::optional<std::string> decode(std::string_view word) {
    std::string bytes(word);
    size_t length = bytes.size();
    if (!tmy_decode(bytes.data(), &length))
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

bool matches(std::string_view name, std::string_view pattern) {
    constexpr size_t usual = 512; // few names are longer, and only those need memory from elsewhere
    unsigned long here[TMY_MATCH_SCRATCH(usual)];
    std::vector<unsigned long> more(name.size() > usual ? TMY_MATCH_SCRATCH(name.size()) : 0);
    return tmy_match(name.data(), name.size(), pattern.data(), pattern.size(),
                     more.empty() ? here : more.data());
}

namespace {
bool name_matches_pattern(std::string_view domain, std::string_view pattern) {
    if (!pattern.starts_with('<')) {
        const auto blanks = [](std::string_view text) { return std::count(text.begin(), text.end(), ' '); };
        for (auto more = blanks(domain) - blanks(pattern); more > 0; more--)
            take_word(domain);
    }
    while (!domain.empty() && !pattern.empty())
        if (!matches(take_word(domain), take_word(pattern)))
            return false;
    return domain.empty() && pattern.empty();
}
} // namespace

bool domain_matches_pattern(std::string_view domain, std::string_view pattern, bool recursive) {
    for (;;) {
        if (name_matches_pattern(domain, pattern))
            return true;
        const size_t blank = domain.rfind(' ');
        if (!recursive || blank == std::string_view::npos)
            return false;
        domain = domain.substr(0, blank);
    }
}

bool domain_matches(std::string_view domain, std::string_view name, bool recursive) {
    if (!domain.starts_with(name))
        return false;
    return domain.size() == name.size() || (recursive && domain[name.size()] == ' ');
}

std::optional<unsigned> take_number(std::string_view& text, unsigned max) {
    struct tmy_span rest = tmy_span(text.data(), text.size());
    unsigned long value = 0;
    if (!tmy_parse_decimal(&rest, max, &value))
        return std::nullopt;
    text = {rest.at, rest.length};
    return static_cast<unsigned>(value);
}

std::optional<uint32_t> scanned_number(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::invalid_argument)
        return std::nullopt;
    if (error == std::errc::result_out_of_range)
        return UINT32_MAX;
    return static_cast<uint32_t>(negative ? -value : value);
}

std::optional<unsigned> number_to_255(std::string_view text) {
    const auto value = take_number(text, 255);
    return text.empty() ? value : std::nullopt;
}

} // namespace policy
