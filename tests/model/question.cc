// SPDX-License-Identifier: GPL-2.0-only
// A request of the model as the engine wants it.
#include "tests/model/question.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace model {

namespace {

// Without "struct" the name is that of a function.
using Span = struct tmy_span;

Span copy(std::vector<std::unique_ptr<char[]>>& texts, const std::string& text) {
    texts.push_back(std::make_unique<char[]>(text.size()));
    std::memcpy(texts.back().get(), text.data(), text.size());
    return tmy_span(texts.back().get(), text.size());
}

u8 radix_of(const std::string& number) {
    if (number.starts_with("0x"))
        return TMY_HEXADECIMAL;
    return number.size() > 1 && number[0] == '0' ? TMY_OCTAL : TMY_DECIMAL;
}

} // namespace

// ---- Facts ----------------------------------------------------------------------------------------------

EngineFacts::EngineFacts(const Facts& facts, bool lazy, bool arguments) : tmy_facts{}, from_(facts) {
    if (lazy)
        load = load_one;
    else
        fill(TMY_FACTS_TASK | TMY_FACTS_PATH1 | TMY_FACTS_PATH2);
    exec = facts.exec;
    argc = static_cast<u32>(facts.argv.size());
    envc = static_cast<u32>(facts.envp.size());
    realpath = keep(facts.realpath);
    if (facts.symlink_target)
        symlink_target = keep(*facts.symlink_target);
    if (arguments)
        load_arguments();
}

Span EngineFacts::keep(const std::string& text) { return copy(texts_, text); }

void EngineFacts::load_arguments() {
    if (!exec || this->arguments)
        abort();
    for (const std::string& text : from_.argv)
        argv_.push_back(keep(text));
    for (const std::string& text : from_.envp)
        envp_.push_back(keep(text));
    argv = argv_.data();
    envp = envp_.data();
    this->arguments = true;
}

unsigned long EngineFacts::number(const std::string& name) const {
    const auto found = from_.numbers.find(name);
    return found == from_.numbers.end() ? 0 : found->second;
}

void EngineFacts::fill_task() {
    const auto get = [&](const char* name) { return static_cast<u32>(number(std::string("task.") + name)); };
    uid = get("uid");
    euid = get("euid");
    suid = get("suid");
    fsuid = get("fsuid");
    gid = get("gid");
    egid = get("egid");
    sgid = get("sgid");
    fsgid = get("fsgid");
    pid = get("pid");
    ppid = get("ppid");
}

void EngineFacts::fill_path(const std::string& name, tmy_path_attributes& path) {
    const auto get = [&](tmy_attributes& to, const std::string& start) {
        to.known = from_.numbers.contains(start + ".uid");
        to.ino = number(start + ".ino");
        to.uid = static_cast<u32>(number(start + ".uid"));
        to.gid = static_cast<u32>(number(start + ".gid"));
        to.mode = static_cast<u16>(number(start + ".perm") | number(start + ".type"));
        to.major = static_cast<u32>(number(start + ".major"));
        to.minor = static_cast<u32>(number(start + ".minor"));
        to.dev_major = static_cast<u32>(number(start + ".dev_major"));
        to.dev_minor = static_cast<u32>(number(start + ".dev_minor"));
    };
    get(path.path, name);
    get(path.parent, name + ".parent");
}

void EngineFacts::fill(unsigned what) {
    if (what & filled_)
        abort(); // at most once for each flag
    filled_ |= what;
    if (what & TMY_FACTS_TASK)
        fill_task();
    if (what & TMY_FACTS_PATH1)
        fill_path("path1", path1);
    if (what & TMY_FACTS_PATH2)
        fill_path("path2", path2);
}

void EngineFacts::load_one(tmy_facts* facts, unsigned what) { static_cast<EngineFacts*>(facts)->fill(what); }

// ---- The request ----------------------------------------------------------------------------------------

Question::Question(const Request& from, const tmy_domain* domain, bool lazy, bool arguments)
    : facts(from.facts, lazy, arguments && from.facts.exec) {
    request.domain = domain;
    request.kind = from.what.kind;
    request.protocol = from.what.protocol;
    request.any_device = from.any_device;
    while (!(from.what.operations & 1U << request.operation))
        request.operation++;
    size_t names = 0, numbers = 0;
    for (size_t i = 0; i < from.what.operands.size(); i++) {
        const std::string& operand = from.what.operands[i];
        switch (operands_of(from.what.kind)[i]) {
        case Operand::number:
            request.number_radix[numbers] = radix_of(operand);
            request.numbers[numbers++] = number_range(operand).low;
            break;
        case Operand::address: {
            const std::string bytes = address_bytes(operand);
            request.address_size = static_cast<u8>(bytes.size());
            std::copy(bytes.begin(), bytes.end(), request.address);
            break;
        }
        default:
            request.names[names++].text = keep(operand);
        }
    }
    request.facts = from.facts.known ? &facts : nullptr;
    scratch_.assign(TMY_MATCH_SCRATCH(longest(from)), 0xa5a5a5a5a5a5a5a5UL);
    request.scratch = scratch_.data();
}

Span Question::keep(const std::string& text) { return copy(texts_, text); }

size_t Question::longest(const Request& from) const {
    size_t most = from.facts.realpath.size();
    for (const Strings* list : {&from.what.operands, &from.facts.argv, &from.facts.envp})
        for (const std::string& text : *list)
            most = std::max(most, text.size());
    return std::max(most, from.facts.symlink_target.value_or("").size());
}

} // namespace model
