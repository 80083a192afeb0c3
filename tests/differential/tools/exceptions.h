// SPDX-License-Identifier: GPL-2.0-only
// The list of what may differ (file "exceptions"), and how often each of it did.
#ifndef TESTS_DIFFERENTIAL_TOOLS_EXCEPTIONS_H
#define TESTS_DIFFERENTIAL_TOOLS_EXCEPTIONS_H

#include <regex.h>
#include <string>
#include <vector>

namespace differential {

class Exceptions {
public:
    explicit Exceptions(const std::string& file);

    // May APPLET's answers differ about TEXT? KIND says what that is, see the file.
    bool allow(const std::string& applet, const std::string& kind, std::string text, bool count);
    bool any(const std::string& applet) const;
    // How often each did, as comments; then everything counts from 0.
    void print_counts(const std::string& applet);

private:
    struct Exception {
        std::string applet, kind, pattern, reason;
        regex_t expression;
        size_t used = 0;
    };
    std::vector<Exception> list_;
};

} // namespace differential

#endif
