// SPDX-License-Identifier: GPL-2.0-only
// Question: a policy that holds one entry at a time is asked.
#include "tomoyo-box/policy/sets/question.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/policy/language/words.h"

namespace policy {

namespace {

constexpr unsigned long most = 0xffffffff, highest_port = 65535;

bool is_pattern(std::string_view name) { return tmy_literal_prefix(name.data(), name.size()) < name.size(); }

// "/etc/passwd", "proc:/self/exe"
bool is_name(std::string_view text) {
    return correct_path(text) && (text.starts_with('/') || text.find(":/") != std::string_view::npos);
}

} // namespace

Question::Question(std::string_view text) {
    const std::string line = normalize(text);
    any_operation_ = is_name(line);
    if (any_operation_) {
        understand("file read " + line);
        return;
    }
    // A number that is not there may be any.
    for (const char* numbers : {"", " 0", " 0 0 0"}) {
        any_number_ = *numbers;
        understand(line + numbers);
        if (understood_)
            return;
    }
}

void Question::understand(std::string_view text) {
    text_ = text;
    DomainLine parsed;
    if (parse(text_, parsed) || parsed.type != TMY_LINE_ENTRY || parsed.remove)
        return;
    if (any_number_ &&
        (parsed.entry.kind == TMY_MOUNT || !tmy_entry_numbers(static_cast<tmy_kind>(parsed.entry.kind))))
        return;
    entry_ = parsed.entry;
    demand_one(entry_);
    understood_ = true;
}

void Question::demand_one(const tmy_entry& entry) const {
    const auto kind = static_cast<tmy_kind>(entry.kind);
    const char* what = nullptr;
    for (unsigned i = 0; i < tmy_entry_names(kind); i++)
        if (entry.names[i].group)
            what = "a group";
        else if (is_pattern(view(entry.names[i].text)))
            what = "a pattern";
    for (unsigned i = 0; i < tmy_entry_numbers(kind); i++)
        if (entry.numbers[i].group.at)
            what = "a group";
        else if (!tmy_number_single(&entry.numbers[i].number))
            what = "a range";
    if (kind == TMY_INET && entry.address.group.at)
        what = "a group";
    else if (kind == TMY_INET && !tmy_address_single(&entry.address.address))
        what = "a range";
    if (entry.conditions.length)
        what = "a condition";
    if (what)
        throw Error(exit_trouble,
                    fmt::format("'{}' has {}: ask about one name or number, without conditions", text_, what),
                    "to search for the text use --text");
}

void Question::read_exceptions(PolicyReader& reader) {
    Stream exceptions(policy_, Language::exceptions);
    std::vector<std::string> entries;
    for (std::string_view line; reader.next_normalized(line);) {
        ExceptionLine parsed;
        if (line.empty() || line.front() == '#' || reader.had_nul() || parse(line, parsed))
            continue;
        const auto type = parsed.exception.type;
        if (type == TMY_ACL_GROUP && !parsed.remove)
            entries.emplace_back(line);
        else if (type == TMY_PATH_GROUP || type == TMY_NUMBER_GROUP || type == TMY_ADDRESS_GROUP)
            (void)exceptions.write(line);
    }
    for (const std::string& line : entries) {
        ExceptionLine parsed;
        if (!parse(line, parsed) && granted_by(parsed.space, parsed.exception.entry))
            groups_[{std::string(parsed.space), parsed.exception.acl_group}].push_back(line);
    }
}

const std::vector<std::string>& Question::granted_by_group(std::string_view space,
                                                           unsigned long number) const {
    static const std::vector<std::string> none;
    const auto found = groups_.find({std::string(space), number});
    return found == groups_.end() ? none : found->second;
}

// Most entries are about another name, which needs no engine.
bool Question::may_match(const tmy_entry& entry) const {
    for (unsigned i = 0; i < tmy_entry_names(static_cast<tmy_kind>(entry.kind)); i++) {
        const std::string_view name = view(entry.names[i].text);
        if (!entry.names[i].group && !is_pattern(name) && name != view(entry_.names[i].text))
            return false;
    }
    return true;
}

bool Question::granted_by(std::string_view space, const tmy_entry& entry) {
    tmy_entry asked = entry;
    asked.conditions = span("");
    if (any_operation_) {
        const unsigned names =
            entry.kind == TMY_MOUNT ? 2 : tmy_entry_names(static_cast<tmy_kind>(entry.kind));
        for (unsigned i = 0; entry.kind != TMY_ENV && entry.kind != TMY_TRANSITION && i < names; i++) {
            asked.kind = TMY_PATH;
            asked.protocol = 0;
            asked.operations = 1U << TMY_READ;
            asked.names[0] = entry.names[i];
            if (decide(space, asked, asked.operations))
                return true;
        }
        return false;
    }
    const unsigned operations = entry.operations & entry_.operations;
    if (entry.kind != entry_.kind || entry.protocol != entry_.protocol || !operations)
        return false;
    for (unsigned i = 0; any_number_ && i < tmy_entry_numbers(static_cast<tmy_kind>(entry.kind)); i++)
        asked.numbers[i] = {{0, entry.kind == TMY_INET ? highest_port : most, 0, 0, {}}, span({})};
    return decide(space, asked, operations);
}

bool Question::decide(std::string_view space, const tmy_entry& entry, unsigned operations) {
    if (!may_match(entry))
        return false;
    if (space != space_) {
        if (domains_.write(space))
            return false;
        space_ = space;
    }
    const std::string line = canonical(entry);
    if (domains_.write(line))
        return false;
    bool granted = false;
    for (unsigned i = 0; !granted && operations >> i; i++) {
        if (!(operations >> i & 1))
            continue;
        tmy_request request{};
        request.kind = entry.kind;
        request.protocol = entry.protocol;
        request.operation = static_cast<u8>(i);
        for (unsigned name = 0; name < tmy_entry_names(static_cast<tmy_kind>(entry.kind)); name++)
            request.names[name].text = entry_.names[name].text;
        for (unsigned number = 0; number < tmy_entry_numbers(static_cast<tmy_kind>(entry.kind)); number++) {
            request.numbers[number] = entry_.numbers[number].number.low;
            request.number_radix[number] = entry_.numbers[number].number.low_radix;
        }
        request.address_size = entry_.address.address.size;
        std::copy_n(entry_.address.address.low, sizeof request.address, request.address);
        const auto decision = policy_.decide(space, request);
        granted = decision && decision->verdict == TMY_GRANTED;
    }
    (void)domains_.write("delete " + line);
    return granted;
}

} // namespace policy
