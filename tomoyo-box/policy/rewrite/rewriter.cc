// SPDX-License-Identifier: GPL-2.0-only
// Rewriter: the words of a line, by what its operation is called.
#include "tomoyo-box/policy/rewrite/rewriter.h"

#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/words.h"

namespace policy {

namespace {

struct Operands {
    std::string_view part; // of the word that is the operation
    uint8_t paths, numbers;
};

// As tomoyo-tools, we take an operation for what its word contains; the first row decides. No row is
// contained in the part of a later one, so that a part as a whole decides at once.
constexpr Operands file_operands[] = {
    {"execute", 1, 0}, {"read", 1, 0},   {"getattr", 1, 0},  {"write", 1, 0},      {"append", 1, 0},
    {"unlink", 1, 0},  {"rmdir", 1, 0},  {"truncate", 1, 0}, {"symlink", 1, 0},    {"chroot", 1, 0},
    {"unmount", 1, 0}, {"link", 2, 0},   {"rename", 2, 0},   {"pivot_root", 2, 0}, {"create", 1, 1},
    {"mkdir", 1, 1},   {"mkfifo", 1, 1}, {"mksock", 1, 1},   {"ioctl", 1, 1},      {"chmod", 1, 1},
    {"chown", 1, 1},   {"chgrp", 1, 1},  {"mkblock", 1, 3},  {"mkchar", 1, 3},
};

Operands operands_of(std::string_view operation) {
    for (const Operands& row : file_operands)
        if (operation == row.part)
            return row;
    for (const Operands& row : file_operands)
        if (operation.find(row.part) != std::string_view::npos)
            return row;
    return operation == "mount" ? Operands{"", 3, 1} : Operands{"", 0, 0};
}

} // namespace

// Adds the word, or what becomes of it, to the line.
bool Rewriter::operand(std::string_view word, RewriteRules::Operand operand) {
    line_ += ' ';
    const bool fixed =
        word.empty() || word.front() == '@' ||
        (operand == RewriteRules::path && tmy_literal_prefix(word.data(), word.size()) != word.size());
    record_[RewriteRules::word] = word;
    if (fixed || !rules_.apply(operand, record_, word_)) {
        line_ += word;
        return false;
    }
    if (executes_ && operand == RewriteRules::path && word != word_)
        return keep(word, {}, "what a domain is named by");
    if (operand == RewriteRules::path && !rules_.keep().empty()) {
        if (const std::string_view entry = rules_.keep().covered_by(word); !entry.empty())
            return keep(word, {}, entry);
        if (const std::string_view entry = rules_.keep().covered_by(word_); !entry.empty())
            return keep(word, word_, entry);
    }
    line_ += word_;
    return word != word_;
}

bool Rewriter::keep(std::string_view word, std::string_view pattern, std::string_view entry) {
    kept_ = {std::string(word), std::string(pattern), entry};
    line_ += word;
    return false;
}

bool Rewriter::operands(std::string_view& rest, unsigned count, RewriteRules::Operand kind) {
    bool changed = false;
    while (count-- > 0 && !rest.empty())
        changed |= operand(take_word(rest), kind);
    return changed;
}

std::string_view Rewriter::entry(std::string_view line, std::string_view domain, size_t front) {
    std::string_view rest = line.substr(front);
    record_[RewriteRules::domain] = domain;
    record_[RewriteRules::acl] = rest;
    Operands what{"", 0, 0};
    const bool network = rest.starts_with("network ");
    if (!network && !rest.starts_with("file "))
        return line;
    take_word(rest);
    const std::string_view word = take_word(rest);
    bool inet = false;
    executes_ = false;
    if (!network) {
        what = operands_of(word);
        executes_ = !compat_ && what.part == file_operands[0].part;
    } else if (word.find("unix") != std::string_view::npos) {
        what.paths = 1;
    } else if (word.find("inet") != std::string_view::npos) {
        inet = true;
        what.numbers = 1;
    }
    if (network) {
        take_word(rest); // the type
        take_word(rest); // the operation
    }
    if (rest.empty() || what.paths + what.numbers == 0)
        return line;
    line_.assign(line, 0, line.size() - rest.size() - 1);
    bool changed = operands(rest, what.paths, RewriteRules::path);
    changed |= operands(rest, inet ? 1 : 0, RewriteRules::address);
    changed |= operands(rest, what.numbers, RewriteRules::number);
    if (!changed)
        return line;
    if (!rest.empty())
        line_.append(" ").append(rest);
    return line_;
}

std::string_view Rewriter::next(std::string_view line) {
    kept_.entry = {};
    std::string_view rest = line;
    if (!compat_) {
        const std::string_view space = take_namespace(rest);
        const std::string_view group = rest;
        if (strip(rest, "acl_group ") && number_to_255(take_word(rest))) {
            const size_t front = line.size() - rest.size();
            const size_t length = group.size() - rest.size();
            group_.assign(space).append(" ").append(group.substr(0, length - (rest.empty() ? 0 : 1)));
            return entry(line, group_, front);
        }
    }
    if (starts_domain(line)) {
        domain_ = line;
        return line;
    }
    return domain_.empty() ? line : entry(line, domain_, 0);
}

} // namespace policy
