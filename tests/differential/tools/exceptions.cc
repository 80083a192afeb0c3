// SPDX-License-Identifier: GPL-2.0-only
// See exceptions.h.
#include "tests/differential/tools/exceptions.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace differential {

using std::string;

Exceptions::Exceptions(const string& file) {
    std::ifstream stream(file);
    string line, reason;
    if (!stream) {
        fprintf(stderr, "compare: cannot read %s\n", file.c_str());
        exit(2);
    }
    while (getline(stream, line)) {
        if (line.starts_with("# "))
            reason = line.substr(2);
        if (line.empty() || line[0] == '#')
            continue;
        std::istringstream words(line);
        Exception exception;
        words >> exception.applet >> exception.kind >> std::ws;
        getline(words, exception.pattern);
        exception.reason = reason;
        if (regcomp(&exception.expression, exception.pattern.c_str(),
                    REG_EXTENDED | REG_NOSUB | REG_NEWLINE)) {
            fprintf(stderr, "compare: no regular expression: %s\n", exception.pattern.c_str());
            exit(2);
        }
        list_.push_back(exception);
    }
}

bool Exceptions::allow(const string& applet, const string& kind, string text, bool count) {
    std::replace(text.begin(), text.end(), '\0', '\n');
    for (Exception& exception : list_)
        if (exception.applet == applet && exception.kind == kind &&
            !regexec(&exception.expression, text.c_str(), 0, nullptr, 0)) {
            exception.used += count;
            return true;
        }
    return false;
}

bool Exceptions::any(const string& applet) const {
    for (const Exception& exception : list_)
        if (exception.applet == applet)
            return true;
    return false;
}

void Exceptions::print_counts(const string& applet) {
    for (Exception& exception : list_)
        if (exception.applet == applet) {
            printf("#   %zu times: %s (%s %s)\n", exception.used, exception.reason.c_str(),
                   exception.kind.c_str(), exception.pattern.c_str());
            exception.used = 0;
        }
}

} // namespace differential
