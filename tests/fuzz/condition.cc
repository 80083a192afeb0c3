// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: what is correct and printed is correct again, means the same, and is printed as itself:
// conditions, numbers, addresses.
#include "lsm/engine/condition.h"
#include "lsm/engine/address.h"
#include "lsm/engine/word.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

void must(bool condition) {
    if (!condition)
        abort();
}

auto span(const std::string& text) { return tmy_span(text.data(), text.size()); }

bool inside(const std::string& text, const char* at) {
    return at >= text.data() && at <= text.data() + text.size();
}

// What @put prints: first its length, then into a buffer of that size, so that too much is noticed.
template <typename Put> std::string printed(Put put) {
    struct tmy_text measure = tmy_text(nullptr, 0);
    put(&measure);
    std::vector<char> buffer(measure.length);
    struct tmy_text text = tmy_text(buffer.data(), buffer.size());
    put(&text);
    must(tmy_text_fits(&text) && text.length == buffer.size());
    return std::string(buffer.begin(), buffer.end());
}

bool same(const tmy_operand& a, const tmy_operand& b) {
    return a.type == b.type && a.keyword == b.keyword && a.index == b.index &&
           !memcmp(&a.number, &b.number, sizeof(a.number)) && tmy_span_equal(a.text, b.text);
}

bool same(const tmy_condition& a, const tmy_condition& b) {
    return a.equal == b.equal && same(a.left, b.left) && same(a.right, b.right);
}

void same_meaning(const std::string& one, const std::string& other, bool transition) {
    tmy_conditions a, b;
    tmy_conditions_start(&a, span(one), transition);
    tmy_conditions_start(&b, span(other), transition);
    must(a.transition.type == b.transition.type && tmy_span_equal(a.transition.text, b.transition.text));
    for (;;) {
        tmy_condition from_a, from_b;
        const bool more = tmy_conditions_next(&a, &from_a);
        must(more == tmy_conditions_next(&b, &from_b));
        if (!more)
            break;
        must(same(from_a, from_b));
    }
    must(!a.problem.reason && !b.problem.reason && a.grant_log == b.grant_log);
}

void conditions(const std::string& line, bool transition) {
    struct tmy_problem problem = {nullptr, nullptr};
    if (!tmy_check_conditions(span(line), transition, &problem)) {
        must(problem.reason && inside(line, problem.at));
        return;
    }
    const auto print = [&](const std::string& from) {
        return printed([&](struct tmy_text* to) { tmy_put_conditions(to, span(from), transition); });
    };
    const std::string canonical = print(line);
    must(tmy_check_conditions(span(canonical), transition, nullptr));
    must(print(canonical) == canonical);
    same_meaning(line, canonical, transition);
}

// The same for a value that is parsed into a structure, whose bytes must tell whether two are equal.
template <typename Value, typename Parse, typename Put>
void value(const std::string& word, Parse parse, Put put) {
    struct tmy_problem problem = {nullptr, nullptr};
    Value first, second;
    if (!parse(span(word), &first, &problem)) {
        must(problem.reason && inside(word, problem.at));
        return;
    }
    const auto print = [&](const Value& from) {
        return printed([&](struct tmy_text* to) { put(to, &from); });
    };
    const std::string canonical = print(first);
    must(parse(span(canonical), &second, nullptr));
    must(!memcmp(&first, &second, sizeof(first)) && print(second) == canonical);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    std::string line(reinterpret_cast<const char*>(data), size);
    value<struct tmy_number>(line, tmy_parse_number, tmy_put_number);
    value<struct tmy_address>(line, tmy_parse_address, tmy_put_address);
    line.resize(tmy_normalize(line.data(), line.size()));
    line.shrink_to_fit();
    conditions(line, true);
    conditions(line, false);
    return 0;
}
