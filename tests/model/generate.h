// SPDX-License-Identifier: GPL-2.0-only
// Valid policy lines and requests made of chance, from an alphabet so small that they have to do with each
// other.
#ifndef TESTS_MODEL_GENERATE_H
#define TESTS_MODEL_GENERATE_H

#include "tests/model/model.h"

namespace model {

// Chance: bytes of a fuzzer's input, which decide what happens.
class Chance {
public:
    Chance(const u8* data, size_t size) : at_(data), end_(data + size) {}
    bool over() const { return at_ == end_; }
    unsigned below(unsigned limit) { // 256 at most
        return over() ? 0 : *at_++ % limit;
    }
    bool one_in(unsigned n) { return below(n) == n - 1; }
    template <class List> const auto& pick(const List& list) {
        return std::data(list)[below(static_cast<unsigned>(std::size(list)))];
    }

private:
    const u8 *at_, *end_;
};

std::string make_name(Chance& chance); // encoded, without wildcards
std::string make_pattern(Chance& chance);
std::string make_domain(Chance& chance);
std::string make_condition(Chance& chance);
std::string make_entry(Chance& chance);

// A line of that file; some of them delete what the policy has.
std::string make_line(Chance& chance, tmy_file file, const Policy& policy);

// A line that has to do with where executions lead; says which file it is for.
std::string make_route(Chance& chance, tmy_file& file);

Facts make_facts(Chance& chance);

// A request of the domain; many of them are what an entry of the policy grants, but for its conditions.
Request make_request(Chance& chance, const Policy& policy, size_t domain);

// A program's name; many of them are what an entry or a directive of the policy is about.
std::string make_program(Chance& chance, const Policy& policy, size_t domain);

// Leaves only what is known of such a request (4.3).
void restrict_facts(Request& request);

} // namespace model

#endif
