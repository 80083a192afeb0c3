// SPDX-License-Identifier: GPL-2.0-only
// See report.h.
#include "tests/differential/tools/report.h"
#include "tests/differential/tools/policies.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <set>

namespace differential {

using std::string;

namespace {

constexpr size_t around = 2, most = 12; // lines

// Bytes that a terminal would not show as they are, in octal.
string visible(const string& text) {
    string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) {
            result += c;
        } else {
            char octal[8];
            snprintf(octal, sizeof(octal), "<%03o>", byte);
            result += octal;
        }
    }
    return result.size() <= 400 ? result : result.substr(0, 400) + "...";
}

// The number of a line, at the end of "12" or "file:12" or "file:12:5", with the column.
size_t line_number(const string& place) {
    size_t at = place.find_last_not_of("0123456789");
    if (at != string::npos && at > 0 && place[at] == ':' &&
        isdigit(static_cast<unsigned char>(place[at - 1])))
        at = place.find_last_not_of("0123456789", at - 1);
    return strtoull(place.c_str() + (at == string::npos ? 0 : at + 1), nullptr, 10);
}

// Which lines a report finds wrong: "12: ERROR: ..." or "standard input:12:5: error: ...".
using Verdicts = std::vector<std::pair<size_t, string>>;
Verdicts verdicts(const string& report) {
    Verdicts result;
    for (const string& line : lines_of_text(report)) {
        const size_t end = line.find(": ");
        if (line.empty() || line[0] == ' ' || end == string::npos)
            continue;
        for (const char* kind : {"error", "warning"})
            if (!strncasecmp(line.c_str() + end + 2, kind, strlen(kind)))
                result.emplace_back(line_number(line.substr(0, end)), kind);
    }
    return result;
}

// The number of lines, errors and warnings.
string last_line(const string& report) {
    const std::vector<string> lines = lines_of_text(report);
    return lines.empty() ? "" : lines.back();
}

} // namespace

bool same_report(const string& applet, const Input& input, const Answer& theirs, const Answer& ours,
                 Exceptions& exceptions, bool count) {
    const Verdicts reference = verdicts(theirs.output), other = verdicts(ours.output);
    if (reference == other)
        return theirs.status == ours.status && last_line(theirs.output) == last_line(ours.output);
    const std::vector<string> lines = lines_of_text(input.standard_input);
    std::set<size_t> differ;
    for (const auto& [number, kind] : reference)
        if (std::count(reference.begin(), reference.end(), std::pair(number, kind)) !=
            std::count(other.begin(), other.end(), std::pair(number, kind)))
            differ.insert(number);
    for (const auto& [number, kind] : other)
        if (std::find(reference.begin(), reference.end(), std::pair(number, kind)) == reference.end())
            differ.insert(number);
    return !differ.empty() && std::all_of(differ.begin(), differ.end(), [&](size_t number) {
        const string line = number && number <= lines.size() ? lines[number - 1] : "";
        string text = input.arguments[0].substr(0, 1);
        for (const string& word : words_of(line))
            text += ' ' + word;
        return exceptions.allow(applet, "line", text, count);
    });
}

string shown(const Input& input) {
    string text = "arguments:";
    for (const string& argument : input.arguments)
        text += " '" + visible(argument) + '\'';
    const auto add = [&](const string& name, const string& content) {
        text += '\n' + name + ':';
        for (const string& line : lines_of_text(content))
            text += "\n    " + visible(line);
    };
    add("standard input", input.standard_input);
    for (const auto& [name, content] : input.files)
        add(name, content);
    return text + '\n';
}

string commented(const string& text) {
    string result;
    for (const string& line : lines_of_text(text))
        result += "#   " + line + '\n';
    return result;
}

string difference(const string& theirs, const string& ours) {
    const std::vector<string> a = lines_of_text(theirs), b = lines_of_text(ours);
    size_t begin = 0, end = 0;
    while (begin < a.size() && begin < b.size() && a[begin] == b[begin])
        begin++;
    while (end < a.size() - begin && end < b.size() - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end])
        end++;
    string result;
    // What two long lines have in common at their beginning is not worth showing.
    size_t common = 0;
    if (begin < a.size() && begin < b.size())
        while (common < a[begin].size() && common < b[begin].size() && a[begin][common] == b[begin][common])
            common++;
    common = common > 100 ? common - 60 : 0;
    const auto add = [&](const char* mark, const std::vector<string>& lines, size_t from, size_t to) {
        for (size_t i = from; i < to; i++) {
            if (i - from == most) {
                result += string(mark) + "... " + std::to_string(to - i) + " more\n";
                break;
            }
            const size_t cut = i == begin && i < to && *mark != ' ' ? common : 0;
            result += mark + (cut ? "..." + visible(lines[i].substr(cut)) : visible(lines[i])) + '\n';
        }
    };
    add("  ", a, begin - std::min(begin, around), begin);
    add("- ", a, begin, a.size() - end);
    add("+ ", b, begin, b.size() - end);
    add("  ", a, a.size() - end, a.size() - end + std::min(end, around));
    return result;
}

} // namespace differential
