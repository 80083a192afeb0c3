// SPDX-License-Identifier: GPL-2.0-only
// Operation lists: their words, and the place where a line has them.
#include "tomoyo-box/policy/operations.h"

#include "tomoyo-box/policy/hash.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>
#include <array>
#include <span>

namespace policy {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::string_view path[] = {"execute", "read",     "write",   "append", "unlink", "getattr",
                                     "rmdir",   "truncate", "symlink", "chroot", "unmount"};
constexpr std::string_view two_paths[] = {"link", "rename", "pivot_root"};
constexpr std::string_view path_number[] = {"create", "mkdir", "mkfifo", "mksock",
                                            "ioctl",  "chmod", "chown",  "chgrp"};
constexpr std::string_view device[] = {"mkblock", "mkchar"};
constexpr std::string_view mount[] = {"mount"};
constexpr std::string_view network[] = {"bind", "listen", "connect", "send"};

constexpr std::array<Names, 6> kinds = {path, two_paths, path_number, device, mount, network};
constexpr unsigned network_kind = 5;

struct Meaning {
    unsigned kind = 0;
    uint16_t bits = 0; // 0: only the kernel knows
};

bool is_network(std::string_view directive) { return directive == "network"; }

Meaning meaning_of_word(bool of_network, std::string_view word) {
    for (unsigned kind = of_network ? network_kind : 0; kind < (of_network ? kinds.size() : network_kind);
         kind++) {
        const auto found = std::find(kinds[kind].begin(), kinds[kind].end(), word);
        if (found != kinds[kind].end())
            return {kind, static_cast<uint16_t>(1u << (found - kinds[kind].begin()))};
    }
    return {};
}

Meaning meaning_of(bool of_network, std::string_view words) {
    Meaning all;
    for (size_t at = 0; at <= words.size();) {
        const size_t end = std::min(words.find('/', at), words.size());
        const Meaning one = meaning_of_word(of_network, words.substr(at, end - at));
        if (!one.bits || (all.bits && one.kind != all.kind))
            return {};
        all = {one.kind, static_cast<uint16_t>(all.bits | one.bits)};
        at = end + 1;
    }
    return all;
}

// A policy has few different lists and many lines: each list is taken apart once.
Meaning remembered_meaning(bool of_network, std::string_view words) {
    struct Memory {
        std::string words;
        bool of_network = false;
        Meaning meaning;
    };
    static std::array<Memory, 64> memories;
    Memory& memory = memories[hash(words, of_network) % memories.size()];
    if (memory.words != words || memory.of_network != of_network)
        memory = {std::string(words), of_network, meaning_of(of_network, words)};
    return memory.meaning;
}

} // namespace

bool find_operations(std::string_view line, OperationList& list) {
    std::string_view rest = line;
    if (strip(rest, "acl_group ") && !number_to_255(take_word(rest)))
        return false;
    const std::string_view directive = take_word(rest);
    if (is_network(directive)) {
        take_word(rest);
        take_word(rest);
    } else if (directive != "file") {
        return false;
    }
    list.head = line.substr(0, line.size() - rest.size());
    const std::string_view words = rest.substr(0, rest.find(' '));
    list.tail = rest.substr(words.size());
    if (words.empty() || list.tail.empty())
        return false;
    const Meaning meaning = remembered_meaning(is_network(directive), words);
    list.kind = meaning.kind;
    list.bits = meaning.bits;
    return list.bits != 0;
}

bool is_operation(std::string_view directive, std::string_view word) {
    return meaning_of_word(is_network(directive), word).bits != 0;
}

std::string with_operations(const OperationList& list, uint16_t bits) {
    std::string line(list.head);
    const Names names = kinds[list.kind];
    for (size_t i = 0; i < names.size(); i++) {
        if (!(bits >> i & 1))
            continue;
        if (line.size() > list.head.size())
            line += '/';
        line += names[i];
    }
    line += list.tail;
    return line;
}

} // namespace policy
