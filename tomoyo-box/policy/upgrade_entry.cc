// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: entries, "allow_read /a" and its like, and the names of files.
#include "tomoyo-box/policy/upgrade_change.h"

#include "tomoyo-box/policy/words.h"

#include <algorithm>

namespace policy::upgrade {

namespace {

// How the kernel calls a file follows from its file system (kernel ABI specification 3.12). One of sysfs has
// its path since Linux 3.14, so 2.6 never met the name that 2.4 had for it.
constexpr struct Renamed {
    Versions from;
    std::string_view before, now;
} renamed[] = {
    {first_syntax, "/proc/", "proc:/"},
    {first_syntax, "/sys/kernel/security/", "securityfs:/"},
    {first_syntax, "/sys/kernel/debug/", "debugfs:/"},
    {first_syntax, "/dev/pts/", "devpts:/"},
    {one_group, "sysfs:/", "/sys/"},
};

constexpr const char* no_handler = "2.6 has no execute handlers";
constexpr const char* no_capability = "2.6 does not know capabilities";
constexpr const char* no_signal = "2.6 does not check signals";
constexpr const char* no_state = "2.6 does not know the state of a task";
constexpr const char* no_receive = "2.6 does not check accept and recv";

constexpr struct Gone {
    std::string_view begin;
    const char* reason;
} gone[] = {
    {"allow_transit ", "2.6 has only 'task manual_domain_transition'"},
    {"task auto_domain_transition ", "2.6 has only 'task manual_domain_transition'"},
    {"allow_signal ", no_signal},
    {"ipc ", no_signal},
    {"allow_capability ", no_capability},
    {"capability ", no_capability},
    {"execute_handler ", no_handler},
    {"denied_execute_handler ", no_handler},
    {"task auto_execute_handler ", no_handler},
    {"task denied_execute_handler ", no_handler},
    {"allow_argv0 ", "2.6 has the condition exec.argv[0]=\"NAME\" instead"},
    {"alias ", "2.6 knows a program by the name of the link itself"},
    {"deny_autobind ", "2.6 does not choose ports"},
    {"deny_rewrite ", "2.6 has 'file append' in the domains instead"},
};

constexpr struct Protocol {
    std::string_view before, now, connect;
} protocols[] = {{"TCP", "stream", "connect"}, {"UDP", "dgram", "send"}, {"RAW", "raw", "send"}};

// What stands for "any" where an old entry says less than a new one.
std::string_view any_numbers(tmy_kind kind, uint16_t operations) {
    if (kind == TMY_MKDEV)
        return "0-07777 0-4095 0-1048575";
    constexpr uint16_t other = 1 << TMY_IOCTL | 1 << TMY_CHOWN | 1 << TMY_CHGRP;
    if (kind == TMY_PATH_NUMBER)
        return operations & other ? "0-0xFFFFFFFF" : "0-07777";
    return {};
}

size_t count_words(std::string_view text) {
    return text.empty() ? 0 : 1 + static_cast<size_t>(std::count(text.begin(), text.end(), ' '));
}

// Conditions were marked; what a task was to remember has no place in 2.6. CONDITIONS gets a blank in front.
void split_conditions(std::string_view& entry, std::string& conditions, Change& change) {
    if (const size_t set = entry.find(" ; set "); set != std::string_view::npos) {
        entry = entry.substr(0, set);
        change.reason = no_state;
    }
    if (const size_t mark = entry.find(" if "); mark != std::string_view::npos) {
        conditions = entry.substr(mark + 3);
        entry = entry.substr(0, mark);
    }
}

// Which operations on files PERMISSION, what follows "allow_", means; empty when it is none.
std::string operations_of(std::string_view permission, std::string_view name, const Rewriting& rewriting) {
    if (permission == "rewrite")
        return "write";
    // Opening for appending is an operation of its own now.
    if (permission == "write" || permission == "read/write") {
        std::string operations(permission == "write" ? "" : "read/");
        return operations += rewriting.may_rewrite(name) ? "write/append" : "append";
    }
    tmy_kind kind = TMY_PATH;
    uint16_t operations = 0;
    constexpr uint16_t newer = 1 << TMY_APPEND | 1 << TMY_GETATTR;
    if (!tmy_parse_file_operations(span(permission), &kind, &operations, nullptr) ||
        (kind == TMY_PATH && operations & newer))
        return {};
    return std::string(permission);
}

// Behind "allow_": anything about files.
void convert_file(std::string_view head, std::string_view permission, std::string_view operands,
                  std::string_view conditions, const Rewriting& rewriting, Change& change) {
    std::string_view rest = operands;
    const std::string operations = operations_of(permission, take_word(rest), rewriting);
    if (operations.empty())
        return change.lose("unknown directive");
    tmy_kind kind = TMY_PATH;
    uint16_t bits = 0;
    (void)tmy_parse_file_operations(span(operations), &kind, &bits, nullptr);
    const bool short_form = count_words(operands) == tmy_entry_names(kind);
    const std::string_view any = short_form ? any_numbers(kind, bits) : std::string_view();
    change.line({head, "file ", operations, " ", operands, any.empty() ? "" : " ", any, conditions});
}

// "TCP connect ADDRESS PORT"
void convert_network(std::string_view head, std::string_view operands, std::string_view conditions,
                     Change& change) {
    const std::string_view protocol = take_word(operands), operation = take_word(operands);
    if (operation == "accept")
        return change.lose(no_receive);
    for (const Protocol& known : protocols)
        if (protocol == known.before)
            return change.line({head, "network inet ", known.now, " ",
                                operation == "connect" ? known.connect : operation, " ", operands,
                                conditions});
    change.lose("the protocol must be TCP, UDP or RAW");
}

void convert_bit_mask(std::string_view head, int bits, std::string_view operands, std::string_view conditions,
                      const Rewriting& rewriting, Change& change) {
    constexpr struct {
        int bit;
        std::string_view permission;
    } permissions[] = {{4, "read"}, {2, "write"}, {1, "execute"}};
    for (const auto& known : permissions)
        if (bits & known.bit)
            convert_file(head, known.permission, operands, conditions, rewriting, change);
}

void convert_first_syntax(std::string_view head, std::string_view entry, const Rewriting& rewriting,
                          Change& change) {
    std::string conditions;
    split_conditions(entry, conditions, change);
    std::string_view rest = entry, permission = take_word(rest);
    const std::string operands = rename_files(rest, first_syntax);
    if (permission.size() == 1)
        return convert_bit_mask(head, permission[0] - '0', operands, conditions, rewriting, change);
    strip(permission, "allow_");
    if (permission == "env")
        change.line({head, "misc env ", operands, conditions});
    else if (permission == "network")
        convert_network(head, operands, conditions, change);
    else
        convert_file(head, permission, operands, conditions, rewriting, change);
}

// "bind/send/recv" without what 2.6 does not check.
std::string checked_operations(std::string_view list) {
    std::string kept;
    while (!list.empty()) {
        const size_t end = std::min(list.find('/'), list.size());
        const std::string_view one = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (one == "recv" || one == "accept")
            continue;
        kept.append(kept.empty() ? "" : "/").append(one);
    }
    return kept;
}

// A line in the present syntax that 2.6 does not take: what of it can be saved?
void repair(std::string_view head, std::string_view entry, Change& change) {
    std::string conditions;
    std::string_view rest = entry;
    split_conditions(rest, conditions, change);
    const size_t whole = entry.size();
    if (std::string_view words = rest; strip(words, "network ")) {
        const std::string_view family = take_word(words), protocol = take_word(words),
                               list = take_word(words);
        const std::string kept = checked_operations(list);
        if (kept.empty())
            return change.lose(no_receive);
        if (kept.size() < list.size()) {
            change.reason = no_receive;
            return change.line({head, "network ", family, " ", protocol, " ", kept, " ", words, conditions});
        }
    }
    if (rest.size() < whole)
        change.line({head, rest, conditions});
}

bool is_first_syntax(std::string_view entry) {
    return within(writers_of(Language::domains, entry), first_syntax) && !reason_for(entry);
}

} // namespace

void Change::line(std::initializer_list<std::string_view> words) {
    same = false;
    for (const std::string_view word : words)
        text += word;
    text += '\n';
}

bool Rewriting::may_rewrite(std::string_view name) const {
    const auto covers = [name](std::string_view pattern) {
        return name == pattern || matches(name, pattern);
    };
    return std::none_of(append_only.begin(), append_only.end(), covers) ||
           std::any_of(allowed.begin(), allowed.end(), covers);
}

const char* reason_for(std::string_view line) {
    for (const Gone& known : gone)
        if (line.starts_with(known.begin))
            return known.reason;
    return nullptr;
}

std::string rename_files(std::string_view text, Versions from) {
    std::string now;
    now.reserve(text.size());
    while (!text.empty()) {
        std::string_view word = take_word(text);
        for (const Renamed& name : renamed)
            if (within(from, name.from) && strip(word, name.before)) {
                now += name.now;
                break;
            }
        now += word;
        if (!text.empty())
            now += ' ';
    }
    return now;
}

void convert_entry(Language language, std::string_view head, std::string_view entry, Versions from,
                   const Rewriting& rewriting, Change& change) {
    if (is_first_syntax(entry))
        return convert_first_syntax(head, entry, rewriting, change);
    const std::string now = rename_files(entry, from);
    if (now != entry)
        change.line({head, now});
    if (find_problem(language, std::string(head) + now)) {
        change.text.clear();
        change.same = true;
        repair(head, now, change);
    }
}

} // namespace policy::upgrade
