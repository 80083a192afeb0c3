// SPDX-License-Identifier: GPL-2.0-only
// Operation lists: their words, and the place where a line has them.
#include "tomoyo-box/policy/operations.h"

#include "tomoyo-box/policy/words.h"

#include <algorithm>
#include <array>
#include <cstring>
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
        char words[48];
        uint8_t size = 0;
        bool of_network = false;
        Meaning meaning;
    };
    static std::array<Memory, 64> memories;
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(words[i]); };
    Memory& memory = memories[(byte(0) * 7u + byte(words.size() - 1) * 3u + words.size()) % memories.size()];
    if (memory.size == words.size() && memory.of_network == of_network &&
        std::memcmp(memory.words, words.data(), words.size()) == 0)
        return memory.meaning;
    const Meaning meaning = meaning_of(of_network, words);
    if (words.size() <= sizeof memory.words) {
        std::memcpy(memory.words, words.data(), words.size());
        memory.size = static_cast<uint8_t>(words.size());
        memory.of_network = of_network;
        memory.meaning = meaning;
    }
    return meaning;
}

// These two do what starts_with() and take_word() do, but every line of a policy comes through here.
template <size_t size> bool starts(const char* at, const char* end, const char (&word)[size]) {
    if (static_cast<size_t>(end - at) < size - 1)
        return false;
    for (size_t i = 0; i < size - 1; i++)
        if (at[i] != word[i])
            return false;
    return true;
}

const char* behind_word(const char* at, const char* end) {
    while (at != end)
        if (*at++ == ' ')
            break;
    return at;
}

} // namespace

bool find_operations(std::string_view line, OperationList& list) {
    const char* at = line.data();
    const char* const end = at + line.size();
    if (starts(at, end, "acl_group "))
        at = behind_word(at + 10, end);
    const bool of_network = starts(at, end, "network ");
    if (of_network)
        at = behind_word(behind_word(at + 8, end), end);
    else if (starts(at, end, "file "))
        at += 5;
    else
        return false;
    const char* const words = at;
    at = behind_word(at, end);
    if (at == end || at == words + 1) // no operands, or no list
        return false;
    const Meaning meaning = remembered_meaning(of_network, {words, static_cast<size_t>(at - 1 - words)});
    list.head = {line.data(), static_cast<size_t>(words - line.data())};
    list.tail = {at - 1, static_cast<size_t>(end - at + 1)};
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
