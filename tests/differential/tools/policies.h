// SPDX-License-Identifier: GPL-2.0-only
// Makes whole policies out of lines (lines.h): for a person's eye plausible, but with everything in them that
// the grammar allows and a good deal that it does not.
#ifndef TESTS_DIFFERENTIAL_TOOLS_POLICIES_H
#define TESTS_DIFFERENTIAL_TOOLS_POLICIES_H

#include "tests/differential/lines.h"
#include "tests/differential/tools/input.h"

namespace differential {

// What the reader of a policy does with its lines decides which of them show the reference's defects.
struct Reader {
    bool unpacks = false;   // one line for each operation
    bool models = false;    // keeps domains with a profile each
    bool rewrites = false;  // looks for names in an entry
    size_t longest = 60000; // line
};

class Policies {
public:
    Policies(Random& random, size_t number, Reader reader, LeftOut& left_out)
        : random_(random), lines_(random, number), reader_(reader), left_out_(left_out) {}

    std::string domains();
    std::string exceptions();
    // TEXT after a day's work on it.
    std::string edited(const std::string& text);
    // A domain's name, usually one that is in the policy.
    std::string domain();

private:
    std::string heading();
    std::string attribute();
    std::string entry();
    std::string exception();
    std::string odd_line();
    std::string domain_line();
    std::string spelled(const std::string& line);
    void add(std::string& text, const std::string& line, bool is_heading);

    Random& random_;
    Lines lines_;
    Reader reader_;
    LeftOut& left_out_;
    std::vector<std::string> domains_;
    std::vector<std::string> entries_;
    bool hostile_ = false; // one wrong heading spoils the whole
};

std::vector<std::string> words_of(const std::string& line);
std::string joined(const std::vector<std::string>& words);
std::vector<std::string> lines_of_text(const std::string& text);

// The reason why LINE must not be in an input for READER, or nothing.
std::string defect(const std::string& line, const Reader& reader);

} // namespace differential

#endif
