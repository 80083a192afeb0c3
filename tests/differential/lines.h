// SPDX-License-Identifier: GPL-2.0-only
// Makes policy lines of every kind, right ones and wrong ones.
#ifndef TESTS_DIFFERENTIAL_LINES_H
#define TESTS_DIFFERENTIAL_LINES_H

#include "tests/differential/random.h"

namespace differential {

// Every method makes one element of the grammar; most of what they return is correct.
class Lines {
public:
    // `number` is the batch's: names differ from those of the batches before and after it, as something of
    // the same name that the kernel has not yet collected would come back in its old place.
    Lines(Random& random, size_t number) : random_(random), number_(number), mark_(std::to_string(number)) {}

    // All of domain_policy.
    std::string domain();
    std::string domain_line();
    std::string attribute();
    std::string entry();

    // All of the other files, without a namespace in front.
    std::string exception_line();
    std::string profile_line(size_t number);
    std::string manager_line();
    std::string stat_line();

    std::string with_namespace(const std::string& line, unsigned percent);

    // The same line with other blanks, or other operations.
    std::string respelled(const std::string& line);
    // The line with one to three faults, some of which are none.
    std::string mutated(std::string line);

private:
    std::string name();
    std::string path();
    std::string pattern();
    std::string component(bool patterned);
    std::string name_operand();
    std::string full_pattern();
    std::string long_word();
    std::string number();
    std::string number_operand();
    std::string number_range();
    std::string ipv4();
    std::string ipv6();
    std::string address();
    std::string address_operand();
    std::string operations(const std::vector<std::string>& words);
    std::string group();
    std::string file_entry();
    std::string network_entry();
    std::string transition();
    std::string quoted();
    std::string operand();
    std::string condition();
    std::string conditions();
    std::string program();
    std::string transition_rule();
    void mutate(std::string& line);

    Random& random_;
    size_t number_;
    std::string mark_;
};

extern const std::vector<std::string> namespaces;

} // namespace differential

#endif
