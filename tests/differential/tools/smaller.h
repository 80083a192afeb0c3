// SPDX-License-Identifier: GPL-2.0-only
// Makes an input as small as it can be while it still shows what it shows.
#ifndef TESTS_DIFFERENTIAL_TOOLS_SMALLER_H
#define TESTS_DIFFERENTIAL_TOOLS_SMALLER_H

#include "tests/differential/tools/policies.h"

namespace differential {

// TEXT cut behind each of ENDS.
inline std::vector<std::string> pieces_of(const std::string& text, const char* ends) {
    std::vector<std::string> pieces;
    for (size_t at = 0, end; at < text.size(); at = end) {
        end = text.find_first_of(ends, at);
        end = end == std::string::npos ? text.size() : end + 1;
        pieces.push_back(text.substr(at, end - at));
    }
    return pieces;
}

// Without lines first, then without what else ends with one of ENDS. SHOWS is asked so many QUESTIONS at
// most.
template <class Shows> Input smaller(Input input, const char* ends, size_t questions, const Shows& shows) {
    std::vector<std::string*> texts = {&input.standard_input};
    for (auto& [name, text] : input.files)
        texts.push_back(&text);
    const auto without = [&](std::string& text, const char* end, size_t count) {
        for (size_t at = 0; questions > 0;) {
            const std::vector<std::string> pieces = pieces_of(text, end);
            if (at >= pieces.size())
                return;
            std::string shorter;
            for (size_t i = 0; i < pieces.size(); i++)
                if (i < at || i >= at + count)
                    shorter += pieces[i];
            // A last line that does not end is a defect of its own.
            if (!shorter.empty() && shorter.back() != '\n' && shorter.back() != '\0')
                shorter.back() = '\n';
            std::swap(text, shorter);
            questions--;
            if (!shows(input)) {
                std::swap(text, shorter);
                at += count;
            }
        }
    };
    for (const char* end : {"\n", ends})
        for (std::string* text : texts)
            for (size_t count = pieces_of(*text, end).size(); count > 0; count /= 2)
                without(*text, end, count);
    return input;
}

} // namespace differential

#endif
