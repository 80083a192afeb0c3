// SPDX-License-Identifier: GPL-2.0-only
// Words, numbers, addresses and conditions of the model, as text.
#include "tests/model/model.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>

namespace model {

Strings split(std::string_view text, char at) {
    Strings parts;
    for (size_t end; (end = text.find(at)) != std::string_view::npos; text.remove_prefix(end + 1))
        parts.emplace_back(text.substr(0, end));
    parts.emplace_back(text);
    return parts;
}

bool skip(std::string& text, std::string_view prefix) {
    if (!text.starts_with(prefix))
        return false;
    text.erase(0, prefix.size());
    return true;
}

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

namespace {

// The radix of a number: 16, 8 or 10 (1.6).
int radix(const std::string& text) {
    if (text.starts_with("0x") || text.starts_with("0X"))
        return 16;
    return text.size() > 1 && text[0] == '0' && text[1] <= '7' ? 8 : 10;
}

std::string canonical_end(const std::string& text) {
    char printed[32];
    const int base = radix(text);
    const unsigned long value = std::strtoul(text.c_str(), nullptr, base);
    std::snprintf(printed, sizeof(printed), base == 16 ? "0x%lX" : base == 8 ? "0%lo" : "%lu", value);
    return printed;
}

std::string range_text(const std::string& low, const std::string& high) {
    return low == high ? low : low + "-" + high;
}

} // namespace

Range number_range(const std::string& text) {
    const Strings ends = split(text, '-');
    return {std::strtoul(ends.front().c_str(), nullptr, radix(ends.front())),
            std::strtoul(ends.back().c_str(), nullptr, radix(ends.back()))};
}

std::string canonical_number(const std::string& text) {
    if (text[0] == '@')
        return text;
    const Strings ends = split(text, '-');
    return range_text(canonical_end(ends.front()), canonical_end(ends.back()));
}

std::string address_bytes(const std::string& text) {
    char bytes[16];
    if (inet_pton(AF_INET, text.c_str(), bytes) == 1)
        return {bytes, 4};
    if (inet_pton(AF_INET6, text.c_str(), bytes) == 1)
        return {bytes, 16};
    abort();
}

std::string canonical_address(const std::string& text) {
    if (text[0] == '@')
        return text;
    std::string printed[2];
    const Strings ends = split(text, '-');
    for (int i = 0; i < 2; i++) {
        const std::string bytes = address_bytes(i ? ends.back() : ends.front());
        char to[INET6_ADDRSTRLEN];
        printed[i] = inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), to, sizeof(to));
    }
    return range_text(printed[0], printed[1]);
}

Condition parse_condition(const std::string& token) {
    const size_t at = token.find('=');
    const bool equal = at == 0 || token[at - 1] != '!';
    return {token.substr(0, equal ? at : at - 1), token.substr(at + 1), equal};
}

std::string canonical_condition(const std::string& token) {
    const auto canonical = [](const std::string& operand) {
        return operand[0] >= '0' && operand[0] <= '9' ? canonical_number(operand) : operand;
    };
    const Condition condition = parse_condition(token);
    return canonical(condition.left) + (condition.equal ? "=" : "!=") + canonical(condition.right);
}

} // namespace model
