// SPDX-License-Identifier: GPL-2.0-only
// CrossCheck: follows which groups get members, and which are named.
#include "tomoyo-box/policy/check/cross_check.h"

#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/language/words.h"

#include <fmt/core.h>

namespace policy {

namespace {
constexpr const char* kinds[] = {"path_group", "number_group", "address_group", "acl_group"};
}

void CrossCheck::mention(Kind kind, std::string_view name, const char* at, bool defines) {
    const uint64_t key = text_hash(name, text_hash(space_, kind + 1));
    const auto [found, is_new] = index_.try_emplace(key, static_cast<uint32_t>(groups_.size()));
    if (is_new)
        groups_.push_back({kind, false, false, language_, number_, 1, space_, std::string(name)});
    Group& group = groups_[found->second];
    if (is_new || (!defines && !group.named))
        group.language = language_, group.line = number_,
        group.column = static_cast<size_t>(at - line_.data()) + 1;
    (defines ? group.defined : group.named) = true;
}

void CrossCheck::entry(const tmy_entry& entry) {
    const auto kind = static_cast<tmy_kind>(entry.kind);
    for (unsigned i = 0; i < tmy_entry_names(kind); i++)
        if (entry.names[i].group)
            mention(path_group, view(entry.names[i].text), entry.names[i].text.at, false);
    for (unsigned i = 0; i < tmy_entry_numbers(kind); i++)
        if (entry.numbers[i].group.at)
            mention(number_group, view(entry.numbers[i].group), entry.numbers[i].group.at, false);
    if (kind == TMY_INET && entry.address.group.at)
        mention(address_group, view(entry.address.group), entry.address.group.at, false);
    struct tmy_conditions walk;
    tmy_condition condition;
    tmy_conditions_start(&walk, entry.conditions, kind == TMY_PATH && entry.operations == 1u << TMY_EXECUTE);
    while (tmy_conditions_next(&walk, &condition)) {
        if (condition.right.type != TMY_OPERAND_GROUP)
            continue;
        const bool name =
            condition.left.type == TMY_OPERAND_REALPATH || condition.left.type == TMY_OPERAND_SYMLINK_TARGET;
        mention(name ? path_group : number_group, view(condition.right.text), condition.right.text.at, false);
    }
}

void CrossCheck::see(Language language, std::string_view line, const Line& parsed, unsigned long number) {
    language_ = language;
    line_ = line;
    number_ = number;
    if (const auto* domain = std::get_if<DomainLine>(&parsed); domain && !domain->remove) {
        if (domain->type == TMY_LINE_DOMAIN) {
            std::string_view name = view(domain->name);
            space_ = take_word(name);
        } else if (domain->type == TMY_LINE_GROUP &&
                   domain->number != 0) { // every domain begins with group 0
            mention(acl_group, fmt::format("{}", domain->number), line.data() + line.rfind(' ') + 1, false);
        } else if (domain->type == TMY_LINE_ENTRY) {
            entry(domain->entry);
        }
        return;
    }
    const auto* exceptions = std::get_if<ExceptionLine>(&parsed);
    if (!exceptions || exceptions->remove)
        return;
    space_ = exceptions->space;
    const tmy_exception& exception = exceptions->exception;
    switch (exception.type) {
    case TMY_PATH_GROUP:
    case TMY_NUMBER_GROUP:
    case TMY_ADDRESS_GROUP:
        mention(static_cast<Kind>(exception.type - TMY_PATH_GROUP), view(exception.name), exception.name.at,
                true);
        break;
    case TMY_ACL_GROUP:
        mention(acl_group, fmt::format("{}", exception.acl_group), line.data(), true);
        entry(exception.entry);
        break;
    default:
        break;
    }
}

std::string CrossCheck::Group::doubt(bool strict) const {
    if (!defined)
        return fmt::format("{} has no {} '{}', so nothing matches it", space, kinds[kind], name);
    if (strict && !named && !(kind == acl_group && name == "0"))
        return fmt::format("nothing uses {} '{}' of {}", kinds[kind], name, space);
    return {};
}

} // namespace policy
