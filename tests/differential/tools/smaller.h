// SPDX-License-Identifier: GPL-2.0-only
// Makes an input as small as it can be while it still shows what it shows.
#ifndef TESTS_DIFFERENTIAL_TOOLS_SMALLER_H
#define TESTS_DIFFERENTIAL_TOOLS_SMALLER_H

#include "tests/differential/tools/policies.h"

namespace differential {

// SHOWS is asked so many QUESTIONS at most.
template <class Shows> Input smaller(Input input, size_t questions, const Shows& shows) {
    std::vector<std::string*> texts = {&input.standard_input};
    for (auto& [name, text] : input.files)
        texts.push_back(&text);
    for (std::string* text : texts)
        for (size_t piece = lines_of_text(*text).size(); piece > 0; piece /= 2)
            for (size_t at = 0; questions > 0;) {
                const std::vector<std::string> lines = lines_of_text(*text);
                if (at >= lines.size())
                    break;
                std::string shorter;
                for (size_t i = 0; i < lines.size(); i++)
                    if (i < at || i >= at + piece)
                        shorter += lines[i] + '\n';
                std::swap(*text, shorter);
                questions--;
                if (!shows(input)) {
                    std::swap(*text, shorter);
                    at += piece;
                }
            }
    return input;
}

} // namespace differential

#endif
