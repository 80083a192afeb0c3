// SPDX-License-Identifier: GPL-2.0-only
// Stamps: digits and calendar.
#include "tomoyo-box/store/stamp.h"

#include "tomoyo-box/base/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <ctime>

namespace store {

namespace {

constexpr std::string_view pattern = "00-00-00.00:00:00"; // a 0 is any digit
constexpr size_t longest_tag = 64;

int two_digits(std::string_view name, size_t at) { return 10 * (name[at] - '0') + name[at + 1] - '0'; }

bool tag_character(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
           c == '-';
}

} // namespace

bool correct_tag(std::string_view tag) {
    return !tag.empty() && tag.size() <= longest_tag && std::all_of(tag.begin(), tag.end(), tag_character);
}

std::optional<int64_t> stamp_time(std::string_view name) {
    if (name.size() < pattern.size())
        return {};
    for (size_t i = 0; i < pattern.size(); i++)
        if (pattern[i] == '0' ? !is_digit(name[i]) : name[i] != pattern[i])
            return {};
    const std::string_view tag = name.substr(pattern.size());
    if (!tag.empty() && (tag[0] != '.' || !correct_tag(tag.substr(1))))
        return {};

    std::tm digits{};
    digits.tm_year = two_digits(name, 0);
    if (digits.tm_year < 70)
        digits.tm_year += 100; // as POSIX reads %y
    digits.tm_mon = two_digits(name, 3) - 1;
    digits.tm_mday = two_digits(name, 6);
    digits.tm_hour = two_digits(name, 9);
    digits.tm_min = two_digits(name, 12);
    digits.tm_sec = two_digits(name, 15);
    const int64_t time = timegm(&digits);
    if (stamp_name(time) != name.substr(0, pattern.size()))
        return {}; // 26-13-32 is not a date
    return time;
}

std::string stamp_name(int64_t time, std::string_view tag) {
    const time_t seconds = time;
    std::tm digits{};
    gmtime_r(&seconds, &digits);
    return fmt::format("{:02}-{:02}-{:02}.{:02}:{:02}:{:02}{}{}", digits.tm_year % 100, digits.tm_mon + 1,
                       digits.tm_mday, digits.tm_hour, digits.tm_min, digits.tm_sec, tag.empty() ? "" : ".",
                       tag);
}

int64_t local_time() {
    const time_t now = std::time(nullptr);
    std::tm digits{};
    localtime_r(&now, &digits);
    return timegm(&digits);
}

} // namespace store
