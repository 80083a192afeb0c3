// SPDX-License-Identifier: GPL-2.0-only
// Remarks: looks at lines that the engine has understood.
#include "tomoyo-box/policy/check/remarks.h"

#include "tomoyo-box/policy/language/entry_place.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

namespace policy {

namespace {

constexpr size_t npos = std::string_view::npos;

// Does the kernel ever ask for any of OPERATIONS?
bool asked(const tmy_entry& entry, unsigned operations) {
    for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(entry.kind)); i++)
        if (operations >> i & 1 && tmy_item_of(static_cast<tmy_kind>(entry.kind),
                                               static_cast<tmy_protocol>(entry.protocol), i) != TMY_ITEMS)
            return true;
    return false;
}

// Where the first '*' is that is no wildcard.
size_t plain_star(std::string_view word) {
    for (size_t i = 0; i < word.size(); i++) {
        if (word[i] == '*')
            return i;
        if (word[i] == '\\')
            i++;
    }
    return npos;
}

// WORD with wildcards in the place of plain stars.
std::string with_wildcards(std::string_view word) {
    std::string text;
    for (size_t at; (at = plain_star(word)) != npos; word.remove_prefix(at + 1))
        text.append(word.substr(0, at)).append("\\*");
    return text.append(word);
}

class Observer {
public:
    Observer(Language language, std::string_view line, bool strict)
        : language_(language), line_(line), strict_(strict) {}

    void see(const DomainLine& line) {
        if (line.type == TMY_LINE_ENTRY)
            see(line.entry);
    }

    void see(const ExceptionLine& line) {
        const tmy_exception& exception = line.exception;
        if (exception.type == TMY_ACL_GROUP)
            see(exception.entry);
        else if (exception.type == TMY_PATH_GROUP)
            name(exception.second);
        else if (exception.type == TMY_AGGREGATOR)
            name(exception.name);
        else if (strict_ && exception.type < TMY_TRANSITION_CONTROLS)
            short_form(line);
    }

    // The engine searches the values of a profile for what it knows, and passes over the rest.
    void see(const ProfileLine& line) {
        const bool config = line.setting.type == TMY_PROFILE_LINE_CONFIG;
        if (!config && line.setting.type != TMY_PROFILE_LINE_PREFERENCE)
            return;
        std::string_view rest = view(line.setting.value);
        while (!rest.empty()) {
            std::string_view word = take_word(rest);
            while (!word.empty() && (word.front() == '{' || word.front() == '}'))
                word.remove_prefix(1);
            while (!word.empty() && word.back() == '}')
                word.remove_suffix(1);
            if (!word.empty() && !(config ? is_setting(word) : is_limit(word)))
                add(word.data(), config ? "the kernel passes over this; it knows use_default, "
                                          "mode=disabled|learning|permissive|enforcing, grant_log=yes|no and "
                                          "reject_log=yes|no"
                                        : "the kernel passes over this; it knows max_audit_log=N and "
                                          "max_learning_entry=N");
        }
    }

    std::optional<Remark> remark() && { return std::move(remark_); }

private:
    static bool is_setting(std::string_view word) {
        if (word == "use_default")
            return true;
        const size_t sign = word.find('=');
        const std::string_view key = word.substr(0, sign);
        const std::string_view value = sign == npos ? "" : word.substr(sign + 1);
        if (key == "grant_log" || key == "reject_log")
            return value == "yes" || value == "no";
        if (key != "mode")
            return false;
        for (unsigned mode = 0; mode < TMY_MODES; mode++)
            if (value == view(tmy_mode_word(static_cast<tmy_mode>(mode))))
                return true;
        return false;
    }

    static bool is_limit(std::string_view word) {
        if (!strip(word, "max_audit_log=") && !strip(word, "max_learning_entry="))
            return false;
        return take_number(word, UINT32_MAX) && word.empty();
    }

    void add(const char* at, std::string text, Advice advice = {}, bool error = false) {
        if (!remark_)
            remark_ = {error, static_cast<size_t>(at - line_.data()) + 1, std::move(text), std::move(advice)};
    }

    void see(const tmy_entry& entry) {
        if (entry.kind == TMY_INET || entry.kind == TMY_UNIX)
            operations(entry);
        if (entry.kind < TMY_ENV)
            for (unsigned i = 0; i < tmy_entry_names(static_cast<tmy_kind>(entry.kind)); i++)
                if (!entry.names[i].group)
                    name(entry.names[i].text);
        if (strict_)
            conditions(entry);
    }

    void name(Span span) {
        const std::string_view word = view(span);
        const size_t star = plain_star(word);
        if (star == npos)
            return;
        const auto at = static_cast<size_t>(word.data() - line_.data());
        std::string meant(line_);
        meant.replace(at, word.size(), with_wildcards(word));
        const bool right = !find_problem(language_, meant);
        add(word.data() + star, "'*' is a plain character here, the wildcard is '\\*'",
            right ? Advice{Advice::correction, std::move(meant)} : Advice());
    }

    // What no socket of this protocol does.
    void operations(const tmy_entry& entry) {
        const EntryPlace place = place_entry(language_, line_);
        const char* at = line_.data() + place.operations;
        if (!asked(entry, 0xffff)) {
            const std::string_view protocol =
                view(tmy_protocol_word(static_cast<tmy_protocol>(entry.protocol)));
            add(at - protocol.size() - 1,
                fmt::format("the kernel takes this but never asks about {} of {} sockets: it grants nothing",
                            protocol, entry.kind == TMY_INET ? "inet" : "unix"),
                {}, true);
            return;
        }
        std::string_view list = line_.substr(place.operations, place.operations_length);
        while (!list.empty()) {
            const std::string_view part = list.substr(0, list.find('/'));
            for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(entry.kind)); i++)
                if (part == view(tmy_operation_word(static_cast<tmy_kind>(entry.kind), i)) &&
                    !asked(entry, 1u << i))
                    return add(
                        part.data(),
                        fmt::format("the kernel takes this but never asks whether {} sockets may {}: it "
                                    "grants nothing",
                                    view(tmy_protocol_word(static_cast<tmy_protocol>(entry.protocol))), part),
                        without(entry, 1u << i), true);
            list.remove_prefix(std::min(part.size() + 1, list.size()));
        }
    }

    // The line with the operations that are asked for; those that are usually meant when there are none.
    Advice without(const tmy_entry& entry, unsigned operation) const {
        const EntryPlace place = place_entry(language_, line_);
        unsigned kept = 0;
        for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(entry.kind)); i++)
            if (asked(entry, 1u << i) && (entry.operations >> i & 1))
                kept |= 1u << i;
        if (!kept)
            kept = operation == 1u << TMY_CONNECT ? 1u << TMY_SEND
                   : operation == 1u << TMY_SEND  ? 1u << TMY_CONNECT
                                                  : 0;
        if (!kept || !asked(entry, kept))
            return {};
        std::string list;
        for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(entry.kind)); i++)
            if (kept >> i & 1)
                list.append(list.empty() ? "" : "/")
                    .append(view(tmy_operation_word(static_cast<tmy_kind>(entry.kind), i)));
        std::string meant(line_);
        meant.replace(place.operations, place.operations_length, list);
        return {Advice::correction, std::move(meant)};
    }

    void conditions(const tmy_entry& entry) {
        const bool transition = entry.kind == TMY_PATH && entry.operations == 1u << TMY_EXECUTE;
        struct tmy_conditions walk;
        tmy_condition condition;
        tmy_conditions_start(&walk, entry.conditions, transition);
        for (;;) {
            const char* at = walk.rest.at;
            if (!tmy_conditions_next(&walk, &condition))
                return;
            if (condition.left.type == TMY_OPERAND_NUMBER && condition.right.type == TMY_OPERAND_NUMBER)
                add(at, "two numbers are compared: this holds always or never");
        }
    }

    void short_form(const ExceptionLine& line) {
        if (line_.find(" from ") == npos)
            add(line_.data() + line_.size(), "a short form", {Advice::correction, canonical(line)});
    }

    Language language_;
    std::string_view line_;
    bool strict_;
    std::optional<Remark> remark_;
};

} // namespace

std::optional<Remark> remark_on(Language language, std::string_view line, const Line& parsed, bool strict) {
    Observer observer(language, line, strict);
    if (const auto* domain = std::get_if<DomainLine>(&parsed))
        observer.see(*domain);
    else if (const auto* exception = std::get_if<ExceptionLine>(&parsed))
        observer.see(*exception);
    else if (const auto* profile = std::get_if<ProfileLine>(&parsed))
        observer.see(*profile);
    return std::move(observer).remark();
}

} // namespace policy
