// SPDX-License-Identifier: GPL-2.0-only
// Entries of the model: from text and back.
#include "lsm/engine/word.h"
#include "tests/model/model.h"

#include <algorithm>
#include <cstdlib>

namespace model {

namespace {

struct Kind {
    Strings words;
    std::vector<Operand> operands;
};

constexpr auto name = Operand::name, number = Operand::number;
// By enum tmy_kind; the words are in the order of appendix A.
const Kind kinds[] = {
    {split("execute read write append unlink getattr rmdir truncate symlink chroot unmount", ' '), {name}},
    {split("link rename pivot_root", ' '), {name, name}},
    {split("create mkdir mkfifo mksock ioctl chmod chown chgrp", ' '), {name, number}},
    {split("mkblock mkchar", ' '), {name, number, number, number}},
    {{"mount"}, {name, name, name, number}},
    {split("bind listen connect send", ' '), {Operand::address, number}},
    {split("bind listen connect send", ' '), {name}},
    {{"env"}, {name}},
    {{"manual_domain_transition"}, {Operand::domain}},
};
const Strings protocols = {"stream", "dgram", "raw", "seqpacket"};

unsigned index_of(const Strings& list, const std::string& what) {
    return static_cast<unsigned>(std::find(list.begin(), list.end(), what) - list.begin());
}

unsigned operation_bits(u8 kind, const std::string& list) {
    unsigned bits = 0;
    for (const std::string& word : split(list, '/'))
        bits |= 1U << index_of(kinds[kind].words, word);
    return bits;
}

u8 file_kind(const std::string& list) {
    const std::string word = list.substr(0, list.find('/'));
    for (u8 kind : {TMY_PATH, TMY_PATH2, TMY_PATH_NUMBER, TMY_MKDEV, TMY_MOUNT})
        if (index_of(kinds[kind].words, word) < kinds[kind].words.size())
            return kind;
    abort();
}

bool is_path(const std::string& word) { return tmy_correct_path(word.data(), word.size()); }

// A domain's name takes every path that follows (2.8).
std::string take_domain(const Strings& words, size_t& at) {
    std::string domain = words[at++];
    while (at < words.size() && is_path(words[at]))
        domain += " " + words[at++];
    return domain;
}

std::string take_transition(const Strings& words, size_t& at) {
    static const Strings keywords = {"keep", "child", "initialize", "reset", "parent"};
    if (at == words.size())
        return "";
    if (words[at][0] == '<')
        return take_domain(words, at);
    return is_path(words[at]) || index_of(keywords, words[at]) < keywords.size() ? words[at++] : "";
}

std::string canonical_operand(Operand type, const std::string& word) {
    return type == Operand::number    ? canonical_number(word)
           : type == Operand::address ? canonical_address(word)
                                      : word;
}

} // namespace

const std::vector<Operand>& operands_of(u8 kind) { return kinds[kind].operands; }
const Strings& words_of(u8 kind) { return kinds[kind].words; }
std::string protocol_word(u8 protocol) { return protocols[protocol]; }

bool Entry::same(const Entry& other) const {
    return kind == other.kind && protocol == other.protocol && operands == other.operands &&
           transition == other.transition && conditions == other.conditions && grant_log == other.grant_log;
}

bool Entry::is_execute() const { return kind == TMY_PATH && operations == 1U << TMY_EXECUTE; }

Entry parse_entry(const std::string& line) {
    const Strings words = split(line, ' ');
    Entry entry;
    size_t at = 2;
    if (words[0] == "file") {
        entry.kind = file_kind(words[1]);
        entry.operations = operation_bits(entry.kind, words[1]);
    } else if (words[0] == "network") {
        entry.kind = words[1] == "inet" ? TMY_INET : TMY_UNIX;
        entry.protocol = static_cast<u8>(index_of(protocols, words[2]));
        entry.operations = operation_bits(entry.kind, words[3]);
        at = 4;
    } else {
        entry.kind = words[0] == "misc" ? TMY_ENV : TMY_TRANSITION;
    }
    for (const Operand type : operands_of(entry.kind))
        entry.operands.push_back(type == Operand::domain ? take_domain(words, at)
                                                         : canonical_operand(type, words[at++]));
    if (entry.is_execute())
        entry.transition = take_transition(words, at);
    for (; at < words.size(); at++) {
        std::string word = words[at];
        if (skip(word, "grant_log="))
            entry.grant_log = word;
        else
            entry.conditions.push_back(canonical_condition(word));
    }
    return entry;
}

std::string print_entry(const Entry& entry) {
    static const char* const heads[] = {"file ",         "file ",         "file ", "file ", "file ",
                                        "network inet ", "network unix ", "misc ", "task "};
    std::string line = heads[entry.kind];
    if (entry.kind == TMY_INET || entry.kind == TMY_UNIX)
        line += protocol_word(entry.protocol) + " ";
    bool first = true;
    for (unsigned i = 0; i < words_of(entry.kind).size(); i++)
        if (entry.operations & 1U << i) {
            line += (first ? "" : "/") + words_of(entry.kind)[i];
            first = false;
        }
    for (const std::string& operand : entry.operands)
        line += " " + operand;
    if (!entry.transition.empty())
        line += " " + entry.transition;
    for (const std::string& condition : entry.conditions)
        line += " " + condition;
    if (!entry.grant_log.empty())
        line += " grant_log=" + entry.grant_log;
    return line;
}

std::string item_of(const Entry& request) {
    unsigned operation = 0;
    while (!(request.operations & 1U << operation))
        operation++;
    std::string word = words_of(request.kind)[operation];
    switch (request.kind) {
    case TMY_INET:
        return "network::inet_" + protocol_word(request.protocol) + "_" + word;
    case TMY_UNIX:
        return "network::unix_" + protocol_word(request.protocol) + "_" + word;
    case TMY_ENV:
        return "misc::env";
    case TMY_TRANSITION:
        return "";
    default:
        return "file::" + (word == "read" || word == "write" || word == "append" ? "open" : word);
    }
}

unsigned long count_entries(const std::vector<Entry>& list) {
    unsigned long count = 0;
    for (const Entry& entry : list)
        if (entry.kind != TMY_TRANSITION)
            for (unsigned bits = entry.operations; bits; bits &= bits - 1)
                count++;
    return count;
}

} // namespace model
