// SPDX-License-Identifier: GPL-2.0-only
// Remarks: looks at lines that the engine has understood.
#include "tomoyo-box/policy/check/remarks.h"

#include "tomoyo-box/policy/check/name_forms.h"
#include "tomoyo-box/policy/language/entry_place.h"
#include "tomoyo-box/policy/language/profile_value.h"
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

std::string operation_list(unsigned kind, unsigned operations) {
    std::string list;
    for (unsigned i = 0; i < tmy_operations(static_cast<tmy_kind>(kind)); i++)
        if (operations >> i & 1)
            list.append(list.empty() ? "" : "/")
                .append(view(tmy_operation_word(static_cast<tmy_kind>(kind), i)));
    return list;
}

// Where the first '*' is that is no wildcard.
size_t plain_star(std::string_view word) {
    if (word.find('*') == npos)
        return npos;
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
        if ((line.type == TMY_LINE_PROFILE || line.type == TMY_LINE_GROUP) && line.text.length)
            add(line.text.at,
                "the kernel reads the number, and passes over this; a comment is a line of its own",
                {Advice::correction, canonical(line)});
    }

    void see(const ExceptionLine& line) {
        const tmy_exception& exception = line.exception;
        if (exception.type == TMY_ACL_GROUP)
            see(exception.entry);
        else if (exception.type == TMY_PATH_GROUP)
            member(exception.second);
        else if (exception.type == TMY_AGGREGATOR)
            any_name(exception.name);
        else if (strict_ && exception.type < TMY_TRANSITION_CONTROLS)
            short_form(line);
    }

    void see(const ProfileLine& line) {
        const auto odd = odd_word(line);
        if (!odd)
            return;
        Advice advice;
        if (!odd->meant.empty()) {
            advice = {Advice::correction, std::string(line_)};
            advice.text.replace(static_cast<size_t>(odd->word.data() - line_.data()), odd->word.size(),
                                odd->meant);
        }
        const bool config = line.setting.type == TMY_PROFILE_LINE_CONFIG;
        add(odd->word.data(),
            config ? "the kernel passes over this; it knows use_default, "
                     "mode=disabled|learning|permissive|enforcing, grant_log=yes|no and reject_log=yes|no"
                   : "the kernel passes over this; it knows max_audit_log=N and max_learning_entry=N",
            std::move(advice), odd->mistake());
    }

    std::optional<Remark> remark() && { return std::move(remark_); }

private:
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
        if (!strict_)
            return;
        forms(entry);
        conditions(entry);
    }

    // Names that no object of the operations has. One line takes them all, or those operations get one of
    // their own.
    void forms(const tmy_entry& entry) {
        const std::vector<NameForm> odd = odd_names(entry);
        if (odd.empty())
            return;
        const NameForm& first = odd.front();
        std::string meant(line_), text(first.reason);
        for (size_t i = odd.size(); i-- > 0;)
            meant.replace(offset(odd[i].name), odd[i].name.size(), odd[i].now);
        if (first.operations != entry.operations) {
            const std::string list = operation_list(entry.kind, first.operations);
            const EntryPlace place = place_entry(language_, line_);
            meant.replace(place.operations, place.operations_length, list);
            text += fmt::format(", and {} needs a line of its own", list);
        }
        correct(first.name.data(), std::move(meant), std::move(text));
    }

    void member(Span span) {
        if (view(span).starts_with('@'))
            add(span.at,
                "a group holds names, and no groups: this matches nothing; write the names here, or use both "
                "groups where this one is used");
        any_name(span);
    }

    // A name that is not those of certain operations.
    void any_name(Span span) {
        name(span);
        if (const auto odd = strict_ ? odd_name(view(span)) : std::nullopt)
            rename(odd->name, odd->now, std::string(odd->reason));
    }

    void name(Span span) {
        const std::string_view word = view(span);
        const size_t star = plain_star(word);
        if (strict_ && word.starts_with("socket:[family="))
            rename(word, "socket:[\\$]",
                   "sockets have been named by their number since Linux 5.5: this matches none");
        if (star == npos)
            return;
        std::string meant(line_);
        meant.replace(offset(word), word.size(), with_wildcards(word));
        correct(word.data() + star, std::move(meant), "'*' is a plain character here, the wildcard is '\\*'");
    }

    // The name WORD of the line should be NOW.
    void rename(std::string_view word, std::string_view now, std::string text) {
        std::string meant(line_);
        meant.replace(offset(word), word.size(), now);
        correct(word.data(), std::move(meant), std::move(text));
    }

    // The line should be MEANT, if that is one.
    void correct(const char* at, std::string meant, std::string text) {
        const bool right = !find_problem(language_, meant);
        add(at, std::move(text), right ? Advice{Advice::correction, std::move(meant)} : Advice());
    }

    size_t offset(std::string_view part) const { return static_cast<size_t>(part.data() - line_.data()); }

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
        std::string meant(line_);
        meant.replace(place.operations, place.operations_length, operation_list(entry.kind, kept));
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
