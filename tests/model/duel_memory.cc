// SPDX-License-Identifier: GPL-2.0-only
// The engine against the model: how much memory is used in the end.
#include "tests/model/duel.h"

#include <cstdlib>

namespace model {

namespace {

std::string read_all(tmy_policy* policy, tmy_file file) {
    tmy_stream* stream = tmy_stream_open(policy, file);
    std::string text;
    char bytes[512];
    for (long got; (got = tmy_stream_read(stream, bytes, sizeof(bytes))) > 0;)
        text.append(bytes, static_cast<size_t>(got));
    tmy_stream_close(stream);
    return text;
}

void write_all(tmy_policy* policy, tmy_file file, const Strings& lines) {
    tmy_stream* stream = tmy_stream_open(policy, file);
    for (std::string line : lines)
        if (!line.empty())
            tmy_stream_write(stream, line.data(), line.size(), nullptr);
    tmy_stream_close(stream);
}

Strings deletions(const std::string& text) {
    Strings lines;
    for (const std::string& line : split(text, '\n'))
        lines.push_back(line.empty() ? "" : "delete " + line);
    return lines;
}

unsigned long memory_of(tmy_policy* policy) {
    const std::string title = "Memory used by policy:", text = read_all(policy, TMY_FILE_STAT);
    return std::strtoul(text.c_str() + text.find(title) + title.size(), nullptr, 10);
}

// What stays for good: namespaces and the lists of their acl_groups.
void touch(tmy_policy* policy, const Strings& spaces) {
    for (const std::string& space : spaces)
        for (const char* number : {"0", "1", "2", "3"}) {
            const std::string line = space + " acl_group " + number + " file read /";
            write_all(policy, TMY_FILE_EXCEPTION_POLICY, {line, "delete " + line});
        }
}

} // namespace

void Duel::compare_memory() {
    leave();
    Strings spaces;
    for (const Namespace& space : model_.namespaces())
        spaces.push_back(space.name);
    const std::string profiles = read_all(engine_, TMY_FILE_PROFILE);
    touch(engine_, spaces);
    Strings domains = {"<kernel>"};
    for (const Entry& entry : model_.domains()[0].acl)
        domains.push_back("delete " + print_entry(entry));
    for (const Domain& domain : model_.domains())
        domains.push_back("delete " + domain.name);
    write_all(engine_, TMY_FILE_DOMAIN_POLICY, domains);
    for (const tmy_file file : {TMY_FILE_EXCEPTION_POLICY, TMY_FILE_MANAGER})
        write_all(engine_, file, deletions(model_.text(file)));
    tmy_collect(engine_);

    tmy_policy* other = tmy_policy_create();
    touch(other, spaces);
    write_all(other, TMY_FILE_PROFILE, split(profiles, '\n'));
    tmy_collect(other);
    const unsigned long used = memory_of(engine_), expected = memory_of(other);
    tmy_policy_destroy(other);
    if (used != expected)
        differ("memory in the end", std::to_string(used), std::to_string(expected));
}

} // namespace model
