// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: entries of sockets that learning left out, because the kernel did not compare the type of a
// socket.
#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/upgrade/converter.h"

namespace policy::upgrade {

// The entry of a line of this or another domain or group, which becomes the context.
const tmy_entry* Converter::socket_entry(std::string_view text, Line& parsed) {
    if (document_.language() == Language::domains && is_heading(text))
        context_of_entries_ = text_hash(text, 0);
    parsed = parse_line(document_.language(), text);
    const tmy_entry* entry = nullptr;
    if (const auto* domain = std::get_if<DomainLine>(&parsed)) {
        if (domain->type == TMY_LINE_ENTRY && !domain->remove)
            entry = &domain->entry;
    } else if (const auto* exception = std::get_if<ExceptionLine>(&parsed)) {
        if (exception->exception.type == TMY_ACL_GROUP && !exception->remove) {
            entry = &exception->exception.entry;
            context_of_entries_ = text_hash(exception->space, exception->exception.acl_group);
        }
    }
    return entry && (entry->kind == TMY_INET || entry->kind == TMY_UNIX) ? entry : nullptr;
}

void Converter::survey_sockets() {
    Line parsed;
    for (size_t i = 0; i < document_.size(); i++)
        if (const tmy_entry* entry = socket_entry(document_.text(i), parsed))
            sockets_.note(context_of_entries_, *entry);
    context_of_entries_ = 0;
}

void Converter::add_socket_types(size_t i) {
    Line parsed;
    const std::string_view text = document_.text(i);
    const tmy_entry* entry = socket_entry(text, parsed);
    if (!entry || (document_.language() == Language::domains && !selected_))
        return;
    const size_t head = text.find("network ");
    for (const tmy_entry& other : sockets_.missing(context_of_entries_, *entry)) {
        sockets_.note(context_of_entries_, other);
        const std::string line = std::string(text.substr(0, head)) + canonical(other);
        result_.text
            .append("# added (mainline's kernels grant this, too, for they do not compare types of "
                    "sockets)\n")
            .append(line)
            .append("\n");
        result_.additions.push_back({i, line});
    }
}

} // namespace policy::upgrade
