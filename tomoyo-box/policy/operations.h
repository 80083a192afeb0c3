// SPDX-License-Identifier: GPL-2.0-only
// Operation lists: the "read/write/append" of a file or network line (kernel ABI specification 1.10, 3.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace policy {

// A line cut around its operation list: HEAD + list + TAIL is the line.
struct OperationList {
    std::string_view head; // "acl_group 3 file ", "network inet stream "
    std::string_view tail; // " /a", with the blank before it
    unsigned kind = 0;     // the class of operations; lists of different kinds never merge
    uint16_t bits = 0;     // one for each operation, in the order in which the kernel prints them
};

// Finds the list in a normalized line, with or without "acl_group N " in front. False when the line has none,
// or one whose meaning only the kernel can tell (unknown words, words of different kinds, empty parts).
bool find_operations(std::string_view line, OperationList& list);

// Is this a known operation of DIRECTIVE, "file" or "network"?
bool is_operation(std::string_view directive, std::string_view word);

// The line with BITS for its list; they must not be 0.
std::string with_operations(const OperationList& list, uint16_t bits);

} // namespace policy
