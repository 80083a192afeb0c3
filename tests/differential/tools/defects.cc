// SPDX-License-Identifier: GPL-2.0-only
// Lines that show a defect of tomoyo-tools 2.6.1 which is not ours (section 11 of the specification): they
// cannot be in an input, as what follows them is lost there. How ours takes them, tests/host shows.
#include "tests/differential/tools/policies.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace differential {

using std::string;

std::vector<string> words_of(const string& line) {
    std::vector<string> words;
    bool inside = false;
    for (const char c : line) {
        const bool blank = static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f;
        if (!blank && !inside)
            words.emplace_back();
        if (!blank)
            words.back() += c;
        inside = !blank;
    }
    return words;
}

string joined(const std::vector<string>& words) {
    string line;
    for (const string& word : words)
        line += (line.empty() ? "" : " ") + word;
    return line;
}

std::vector<string> lines_of_text(const string& text) {
    std::vector<string> lines;
    for (size_t at = 0; at < text.size();) {
        const size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end == string::npos ? text.size() : end + 1;
    }
    return lines;
}

namespace {

bool wrong_profile(const std::vector<string>& words, size_t at) {
    const string& number = words[at];
    if (number.find_first_of("0123456789+-") != 0)
        return false;
    return words.size() > at + 1 || number.size() > 3 ||
           number.find_first_not_of("0123456789") != string::npos || stoi(number) > 255;
}

// WORD as inet_pton() likes numbers: without zeros in front.
string without_zeros(const string& word) {
    string result;
    for (size_t i = 0; i < word.size(); i++)
        if (word[i] != '0' || i + 1 == word.size() || !isxdigit(static_cast<unsigned char>(word[i + 1])) ||
            (i > 0 && isxdigit(static_cast<unsigned char>(word[i - 1]))))
            result += word[i];
    return result;
}

bool wrong_range(const string& text) {
    const string word = without_zeros(text);
    const size_t dash = word.find('-');
    if (dash == string::npos)
        return false;
    for (const int family : {AF_INET, AF_INET6}) {
        unsigned char low[16] = {}, high[16] = {};
        if (inet_pton(family, word.substr(0, dash).c_str(), low) == 1 &&
            inet_pton(family, word.c_str() + dash + 1, high) == 1)
            return memcmp(low, high, sizeof(low)) > 0;
    }
    return false;
}

// An address where a number may be expected.
bool misplaced_address(const std::vector<string>& words) {
    for (size_t i = 0; i < words.size(); i++)
        if (isdigit(static_cast<unsigned char>(words[i][0])) &&
            words[i].find_first_of(".:") != string::npos && (i < 4 || words[i - 4] != "network"))
            return true;
    return false;
}

// What begins like a number and is none, has digits that are not octal behind a 0, or is a range that ends
// below its start.
bool wrong_number(const string& word) {
    if (word.find_first_of(".:") != string::npos)
        return wrong_range(word);
    const char* at = word.c_str() + (word[0] == '-');
    if (!isdigit(static_cast<unsigned char>(*at)))
        return false;
    if (word[0] == '-')
        return true;
    unsigned long long before = 0;
    for (bool first = true; isdigit(static_cast<unsigned char>(*at)); first = false) {
        char* end;
        errno = 0;
        const unsigned long long value = strtoull(at, &end, 0);
        if (errno || isdigit(static_cast<unsigned char>(*end)) || (!first && value < before))
            return true;
        before = value;
        at = end + (first && *end == '-');
    }
    return *at != '\0' && word.find('=') == string::npos;
}

} // namespace

string defect(const string& line, const Reader& reader) {
    if (line.find('\0') != string::npos)
        return "1.1: a NUL hides the rest of the line";
    if (line.size() > reader.longest)
        return "1.1: a longer line than the buffer";
    const std::vector<string> words = words_of(line);
    if (reader.rewrites && words.size() > 1 && words[0] == "network" && words[1] != "inet" &&
        words[1] != "unix")
        return "the words of a network line that is neither inet nor unix are lost";
    if (reader.rewrites &&
        (std::any_of(words.begin(), words.end(), wrong_number) || misplaced_address(words)))
        return "1.5: a number that is none is rewritten, or a range that ends below its start";
    for (size_t i = 0; i + 1 < words.size(); i++) {
        const size_t operations = i + (words[i] == "file" ? 1 : words[i] == "network" ? 3 : words.size());
        if (reader.unpacks && operations < words.size() && words[operations].back() == '/')
            return words[operations].find_first_not_of('/') == string::npos
                       ? "D-05: an operation that is / ends the policy"
                       : "U-015: an empty operation at the end";
        if (reader.models && words[i] == "use_profile" && wrong_profile(words, i + 1))
            return "D-23: a profile's number that is none";
    }
    return "";
}

} // namespace differential
