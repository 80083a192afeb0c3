// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: entries, "allow_read /a" and its like.
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/upgrade/converter.h"

#include <algorithm>

namespace policy::upgrade {

namespace {

constexpr const char* no_receive = "2.6 does not check accept and recv";

// What stands for "any" where an old entry says less than a new one.
const char* any_numbers(tmy_kind kind, uint16_t operations) {
    constexpr uint16_t other = 1 << TMY_IOCTL | 1 << TMY_CHOWN | 1 << TMY_CHGRP;
    return kind == TMY_MKDEV            ? " 0-07777 0-4095 0-1048575"
           : kind != TMY_PATH_NUMBER    ? ""
           : (operations & other) != 0U ? " 0-0xFFFFFFFF"
                                        : " 0-07777";
}

} // namespace

// Conditions were marked by "if", and what a task should remember by "; set".
void Converter::take_conditions(std::string_view& entry) {
    if (const size_t set = entry.find(" ; set "); set != std::string_view::npos) {
        entry = entry.substr(0, set);
        change_.reason = "2.6 does not know the state of a task";
    }
    const size_t mark = std::min(entry.find(" if "), entry.size());
    conditions_ = entry.substr(std::min(mark + 3, entry.size()));
    entry = entry.substr(0, mark);
}

// Behind "allow_": anything about files.
void Converter::convert_file(std::string_view permission, std::string_view operands) {
    constexpr unsigned newer = 1 << TMY_APPEND | 1 << TMY_GETATTR, write = 1 << TMY_WRITE;
    std::string_view more = operands;
    const std::string_view name = take_word(more);
    tmy_kind kind = TMY_PATH;
    uint16_t bits = 0;
    const bool rewrites = permission == "rewrite";
    if (!rewrites && (!tmy_parse_file_operations(span(permission), &kind, &bits, nullptr) ||
                      (kind == TMY_PATH && (bits & newer) != 0U)))
        return change_.lose("unknown directive");
    change_.put(head_).put("file ");
    // Opening for appending is an operation of its own now.
    if (rewrites)
        change_.put("write");
    else if (kind != TMY_PATH || (bits & write) == 0U)
        change_.put(permission);
    else
        change_.put(bits == write ? "" : "read/").put(may_rewrite(name) ? "write/append" : "append");
    change_.put(" ").put_renamed(operands, first_syntax);
    end_entry(more.empty() ? any_numbers(kind, bits) : "");
}

// "TCP connect ADDRESS PORT"
void Converter::convert_network(std::string_view operands) {
    const std::string_view protocol = take_word(operands);
    std::string_view operation = take_word(operands);
    const bool stream = protocol == "TCP", dgram = protocol == "UDP";
    if (operation == "accept")
        return change_.lose(no_receive);
    if (!stream && !dgram && protocol != "RAW")
        return change_.lose("the protocol must be TCP, UDP or RAW");
    if (!stream && operation == "connect")
        operation = "send";
    change_.put(head_).put("network inet ").put(stream ? "stream " : dgram ? "dgram " : "raw ");
    change_.put(operation).put(" ");
    end_entry(operands);
}

// In the first syntax: "allow_PERMISSION OPERANDS", or a bit for each of read, write and execute.
void Converter::convert_permission(std::string_view entry) {
    take_conditions(entry);
    std::string_view permission = take_word(entry);
    if (permission.size() == 1) {
        constexpr const char* bits[] = {"execute", "write", "read"};
        for (int bit = 2; bit >= 0; bit--)
            if ((permission[0] >> bit & 1) != 0)
                convert_file(bits[bit], entry);
    } else if (strip(permission, "allow_"); permission == "env") {
        change_.put(head_).put("misc env ");
        end_entry(entry);
    } else if (permission == "network") {
        convert_network(entry);
    } else {
        convert_file(permission, entry);
    }
}

void Converter::convert_entry(std::string_view entry) {
    if (within(writers_of(Language::domains, entry), first_syntax))
        return convert_permission(entry);
    change_.put(head_).put_renamed(entry, context_.from).put("\n");
}

// An entry that 2.6 does not take: what of it can be saved?
void Converter::repair(std::string_view entry) {
    const size_t whole = entry.size();
    take_conditions(entry);
    change_.put(head_);
    std::string_view rest = entry;
    bool changed = entry.size() < whole;
    if (strip(rest, "network ")) {
        take_word(rest);
        take_word(rest);
        change_.put(entry.substr(0, entry.size() - rest.size()));
        const char* separator = "";
        for (std::string_view list = take_word(rest); !list.empty();) {
            const size_t end = std::min(list.find('/'), list.size());
            const std::string_view one = list.substr(0, end);
            if (one == "recv" || one == "accept") {
                change_.reason = no_receive;
                changed = true;
            } else {
                change_.put(separator).put(one);
                separator = "/";
            }
            list.remove_prefix(std::min(end + 1, list.size()));
        }
        changed &= *separator != '\0';
        change_.put(" ");
    }
    end_entry(rest);
    if (!changed)
        change_.text.clear();
}

void Converter::end_entry(std::string_view operands) { change_.put(operands).put(conditions_).put("\n"); }

} // namespace policy::upgrade
