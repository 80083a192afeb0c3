// SPDX-License-Identifier: GPL-2.0-only
// One function for each defect of mainline that the engine does not share.
#include "tests/differential/expected.h"

#include "lsm/engine/word.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <cstdlib>
#include <cstring>

namespace differential {

namespace {

using std::string;
using std::string_view;
using Words = std::vector<string_view>;

Words split(string_view text, char separator) {
    Words words;
    for (;;) {
        const size_t end = text.find(separator);
        words.push_back(text.substr(0, end));
        if (end == string_view::npos)
            return words;
        text.remove_prefix(end + 1);
    }
}

bool cut_prefix(string_view& text, string_view prefix) {
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool all_digits(string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == string_view::npos;
}

// "NAMESPACE REST", when there is one.
void cut_namespace(string_view& text) {
    const size_t space = text.find(' ');
    if (text.starts_with('<') && space != string_view::npos)
        text.remove_prefix(space + 1);
}

// The entry that a line adds or deletes; empty when it is about something else.
string_view entry_of(File file, string_view text) {
    if (file == domain_policy)
        return text;
    if (file != exception_policy)
        return {};
    cut_namespace(text);
    if (!cut_prefix(text, "acl_group "))
        return {};
    const size_t space = text.find(' ');
    return space == string_view::npos ? string_view() : text.substr(space + 1);
}

// D-04: misspelt operations, or operations of different kinds.
bool odd_operations(string_view entry) {
    static const std::vector<Words> file_classes = {
        {"execute", "read", "write", "append", "unlink", "getattr", "rmdir", "truncate", "symlink", "chroot",
         "unmount"},
        {"link", "rename", "pivot_root"},
        {"create", "mkdir", "mkfifo", "mksock", "ioctl", "chmod", "chown", "chgrp"},
        {"mkblock", "mkchar"},
        {"mount"}};
    static const std::vector<Words> network_classes = {{"bind", "listen", "connect", "send"}};
    const bool file = cut_prefix(entry, "file ");
    if (!file) {
        if (!cut_prefix(entry, "network inet ") && !cut_prefix(entry, "network unix "))
            return false;
        entry.remove_prefix(std::min(entry.size(), entry.find(' ') + 1)); // the protocol
    }
    const Words parts = split(entry.substr(0, entry.find(' ')), '/');
    for (const Words& known : file ? file_classes : network_classes) {
        size_t count = 0;
        for (const string_view part : parts)
            count += std::find(known.begin(), known.end(), part) != known.end();
        if (count == parts.size())
            return false;
    }
    return true;
}

// D-05: a profile line whose number is empty.
bool no_profile_number(string_view text) {
    cut_namespace(text);
    return text.starts_with('-');
}

// D-06: a namespace's name cut short.
bool cut_short_namespace(string_view text, const std::vector<string>& namespaces) {
    const size_t space = text.find(' ');
    if (!text.starts_with('<') || space == string_view::npos)
        return false;
    const string_view written = text.substr(0, space);
    for (const string& name : namespaces)
        if (name.size() > written.size() && name.starts_with(written))
            return true;
    return false;
}

// D-08: a member of a path group that is no word.
bool bad_member(string_view text) {
    cut_namespace(text);
    if (!cut_prefix(text, "path_group "))
        return false;
    const Words words = split(text, ' ');
    const string_view member = words.size() > 1 ? words[1] : string_view();
    return !tmy_correct_word(member.data(), member.size());
}

// Is it a number, of more than 64 bits?
bool overflows(string_view digits) {
    unsigned base = 10;
    if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
        base = 16;
        digits.remove_prefix(2);
    } else if (digits.size() > 1 && digits[0] == '0' && digits[1] <= '7') {
        base = 8;
    }
    unsigned __int128 value = 0;
    bool over = false;
    for (const char c : digits) {
        const unsigned digit = c >= '0' && c <= '9'   ? c - '0'
                               : c >= 'a' && c <= 'f' ? c - 'a' + 10
                               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                      : 16;
        if (digit >= base)
            return false;
        value = value * base + digit;
        over = over || value >> 64;
        value &= UINT64_MAX;
    }
    return over;
}

// D-09: overflowing numbers, wherever a number or an end of a range may stand.
bool overflowing_number(string_view text) {
    for (size_t at = 0; at < text.size();) {
        size_t end = text.find_first_of(" -=!", at);
        end = std::min(end, text.size());
        if (overflows(text.substr(at, end - at)))
            return true;
        at = end + 1;
    }
    return false;
}

// D-09: a limit or a version of more than 32 bits in a profile.
bool overflowing_setting(string_view text) {
    for (const string_view key : {"max_audit_log=", "max_learning_entry=", "PROFILE_VERSION="}) {
        const size_t at = text.find(key);
        if (at == string_view::npos)
            continue;
        string_view digits = text.substr(at + key.size());
        cut_prefix(digits, " ");
        size_t length = 0;
        while (length < digits.size() && isdigit(static_cast<unsigned char>(digits[length])))
            length++;
        if (length > 10 || strtoul(string(digits.substr(0, length)).c_str(), nullptr, 10) > UINT32_MAX)
            return true;
    }
    return false;
}

// An address as inet_pton() takes it: leading zeros are no octal numbers and need not end at four digits.
string plain(string_view address) {
    string text;
    for (size_t i = 0; i < address.size(); i++) {
        const bool leading = text.empty() || !isxdigit(text.back());
        if (address[i] != '0' || !leading || i + 1 == address.size() || !isxdigit(address[i + 1]))
            text += address[i];
    }
    return text;
}

// D-09: a range of addresses whose first end is the higher one.
bool reversed_addresses(string_view text) {
    for (const string_view word : split(text, ' ')) {
        const size_t dash = word.find('-');
        if (dash == string_view::npos)
            continue;
        unsigned char low[16], high[16];
        const string from = plain(word.substr(0, dash)), to = plain(word.substr(dash + 1));
        for (const int family : {AF_INET, AF_INET6})
            if (inet_pton(family, from.c_str(), low) == 1 && inet_pton(family, to.c_str(), high) == 1 &&
                memcmp(low, high, family == AF_INET ? 4 : 16) > 0)
                return true;
    }
    return false;
}

// D-10: lines that only begin like a flag, or numbers that something other than a blank follows.
bool only_begins_like(string_view text) {
    for (const string_view flag : {"quota_exceeded", "transition_failed"})
        if (text.starts_with(flag))
            return text != flag;
    for (const string_view word : {"use_profile", "use_group"})
        if (cut_prefix(text, word))
            return !cut_prefix(text, " ") || !all_digits(text.substr(0, text.find(' ')));
    return false;
}

// D-09: exec.argv[] with an index of more than 32 bits.
bool overflowing_index(string_view text) {
    const string_view left = "exec.argv[";
    for (size_t at = text.find(left); at != string_view::npos; at = text.find(left, at + 1)) {
        const string_view digits = text.substr(at + left.size(), text.find(']', at) - at - left.size());
        if (all_digits(digits) &&
            (digits.size() > 10 || strtoul(string(digits).c_str(), nullptr, 10) > UINT32_MAX))
            return true;
    }
    return false;
}

// A condition that is a correct path is printed in front of grant_log=, where it would be read as a
// transition argument.
bool read_otherwise_than_written(string_view entry) {
    const Words words = split(entry, ' ');
    for (size_t i = 0; i + 1 < words.size(); i++)
        if (words[i].starts_with("grant_log=") && words[i + 1].find('=') != string_view::npos &&
            tmy_correct_path(words[i + 1].data(), words[i + 1].size()))
            return true;
    return false;
}

} // namespace

string normalized(string line) {
    line.resize(tmy_normalize(line.data(), line.size()));
    return line;
}

bool cut_delete(string_view& line) { return cut_prefix(line, "delete "); }

const char* expected_difference(File file, const string& line, const std::vector<string>& namespaces) {
    const string whole = normalized(line);
    string_view text = whole;
    // In front of what is no domain "select" means nothing.
    if (!cut_delete(text) && file == domain_policy)
        cut_prefix(text, "select ");
    if (odd_operations(entry_of(file, text)))
        return "D-04";
    if (file == profile && no_profile_number(text))
        return "D-05";
    if ((file == exception_policy || file == profile) && cut_short_namespace(text, namespaces))
        return "D-06";
    if (file == exception_policy && bad_member(text))
        return "D-08";
    if (file != manager && file != stat &&
        (overflowing_number(text) || overflowing_index(text) || reversed_addresses(text)))
        return "D-09";
    if (file == profile && overflowing_setting(text))
        return "D-09";
    if (file == domain_policy && only_begins_like(text))
        return "D-10";
    // Not in section 9, but of the same kind.
    if (read_otherwise_than_written(entry_of(file, text)))
        return "a condition that is a path, behind grant_log=";
    return nullptr;
}

} // namespace differential
