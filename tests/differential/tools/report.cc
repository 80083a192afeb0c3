// SPDX-License-Identifier: GPL-2.0-only
// See report.h.
#include "tests/differential/tools/report.h"
#include "tests/differential/tools/policies.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <map>

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

// What a report says about one line: "error" or "warning", and the words.
struct Verdict {
    string kind, words;
};
// By line: "12: ERROR: ..." or "standard input:12:5: error: ...". A line that is shown is indented.
using Verdicts = std::multimap<size_t, Verdict>;
Verdicts verdicts(const string& report) {
    Verdicts result;
    for (const string& line : lines_of_text(report)) {
        const size_t end = line.find(": ");
        if (line.empty() || line[0] == ' ' || end == string::npos)
            continue;
        for (const char* kind : {"error", "warning"})
            if (!strncasecmp(line.c_str() + end + 2, kind, strlen(kind)))
                result.emplace(line_number(line.substr(0, end)), Verdict{kind, line.substr(end + 2)});
    }
    return result;
}

// KEPT tells which of the verdicts count.
template <class Kept> string kinds(const Verdicts& verdicts, size_t number, const Kept& kept) {
    string text;
    for (auto [at, end] = verdicts.equal_range(number); at != end; ++at)
        if (kept(at->second.words))
            text += at->second.kind + ' ';
    return text;
}

// What an exception is asked about: the line with MODE in front, and what is said of it.
string question(char mode, const string& line, const Verdicts& verdicts, size_t number) {
    string text = string(1, mode) + ' ' + joined(words_of(line));
    for (auto [at, end] = verdicts.equal_range(number); at != end; ++at)
        text += '\n' + at->second.words;
    if (line.ends_with('\r'))
        text += "\nends with CR";
    return text;
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
    const std::vector<string> lines = lines_of_text(input.standard_input);
    bool differ = false;
    const auto kept = [](const string&) { return true; };
    const auto no_remark = [&](const string& words) {
        return !exceptions.allow(applet, "remark", words, count);
    };
    for (size_t number = 1; number <= lines.size(); number++) {
        const string first = kinds(reference, number, kept);
        if (first == kinds(other, number, kept))
            continue;
        differ = true;
        if (first != kinds(other, number, no_remark)) {
            if (!exceptions.allow(applet, "line",
                                  question(input.arguments[0][0], lines[number - 1], other, number), count))
                return false;
        }
    }
    return differ || (theirs.status == ours.status && last_line(theirs.output) == last_line(ours.output));
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
