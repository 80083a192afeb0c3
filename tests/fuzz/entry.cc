// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: an entry or a profile that was understood is printed so that it is understood the same way
// again, and printing keeps to its buffer.
#include "lsm/engine/entry.h"
#include "lsm/engine/profile.h"
#include "lsm/engine/word.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void must(bool condition) {
    if (!condition)
        abort();
}

auto span(std::string_view text) { return tmy_span(text.data(), text.size()); }

// What PUT prints; buffers that are too small are of the exact size, so that the sanitizer guards their ends.
template <typename Put> std::string printed(Put put) {
    struct tmy_text none = tmy_text(nullptr, 0);
    put(&none);
    std::string whole(none.length, '\0');
    for (const size_t room : {none.length, none.length / 2, none.length - 1}) {
        std::vector<char> buffer(room);
        buffer.shrink_to_fit();
        struct tmy_text text = tmy_text(buffer.data(), room);
        put(&text);
        must(text.length == none.length);
        if (room == none.length)
            whole.assign(buffer.begin(), buffer.end());
        else
            must(std::string_view(buffer.data(), room) == std::string_view(whole).substr(0, room));
    }
    return whole;
}

std::string print(const tmy_entry& entry) {
    return printed([&](struct tmy_text* text) { tmy_put_entry(text, &entry); });
}

void problem_is_inside(const std::vector<char>& line, const struct tmy_problem& problem) {
    must(problem.reason && problem.at >= line.data() && problem.at <= line.data() + line.size());
}

bool same(struct tmy_span a, struct tmy_span b) { return tmy_span_equal(a, b); }

// The canonical line, or what is left of it when some operations are deleted, means what it did.
void printed_means_the_same(const tmy_entry& entry) {
    const std::string canonical = print(entry);
    tmy_entry again;
    must(tmy_parse_entry(span(canonical), &again, nullptr));
    must(again.kind == entry.kind && again.protocol == entry.protocol &&
         again.operations == entry.operations);
    for (unsigned i = 0; i < TMY_ENTRY_NAMES; i++)
        must(again.names[i].group == entry.names[i].group && same(again.names[i].text, entry.names[i].text));
    for (unsigned i = 0; i < TMY_ENTRY_NUMBERS; i++)
        must(!memcmp(&again.numbers[i].number, &entry.numbers[i].number, sizeof(entry.numbers[i].number)) &&
             same(again.numbers[i].group, entry.numbers[i].group));
    must(!memcmp(&again.address.address, &entry.address.address, sizeof(entry.address.address)) &&
         same(again.address.group, entry.address.group));
    must(print(again) == canonical);
}

void check_entry(const std::vector<char>& line) {
    tmy_entry entry;
    struct tmy_problem problem = {};
    if (!tmy_parse_entry({line.data(), line.size()}, &entry, &problem)) {
        problem_is_inside(line, problem);
        return;
    }
    must(!problem.reason);
    printed_means_the_same(entry);
    if (entry.operations & (entry.operations - 1)) {
        entry.operations &= static_cast<u16>(-entry.operations);
        printed_means_the_same(entry);
    }
}

// All lines of the printed form.
std::vector<std::string> print(const tmy_profile& profile, std::string_view comment) {
    std::vector<std::string> lines;
    for (unsigned line = 0; line < TMY_PROFILE_LINES; line++) {
        struct tmy_text none = tmy_text(nullptr, 0);
        if (tmy_put_profile_line(&none, &profile, 1, span(comment), line))
            lines.push_back(printed([&](struct tmy_text* text) {
                tmy_put_profile_line(text, &profile, 1, span(comment), line);
            }));
    }
    return lines;
}

void printed_means_the_same(const tmy_profile& profile, std::string_view comment) {
    tmy_profile fresh;
    tmy_profile_init(&fresh);
    std::string fresh_comment;
    for (const std::string& line : print(profile, comment)) {
        tmy_profile_line parsed;
        bool defines = false;
        must(tmy_parse_profile_line(span(line), &parsed, &defines, nullptr) && defines &&
             parsed.profile == 1);
        if (parsed.type == TMY_PROFILE_LINE_COMMENT)
            fresh_comment.assign(parsed.value.at, parsed.value.length);
        tmy_profile_apply(&fresh, &parsed);
    }
    must(print(fresh, fresh_comment) == print(profile, comment));
    for (unsigned item = 0; item < TMY_OPERATION_ITEMS; item++)
        must(fresh.resolved[item] == profile.resolved[item] &&
             !(fresh.resolved[item] & TMY_CONFIG_USE_DEFAULT));
}

void check_profile_line(const std::vector<char>& line, tmy_profile& profile, std::string& comment) {
    tmy_profile_line parsed;
    struct tmy_problem problem = {};
    bool defines = false;
    if (!tmy_parse_profile_line({line.data(), line.size()}, &parsed, &defines, &problem)) {
        problem_is_inside(line, problem);
        must(parsed.type == TMY_PROFILE_LINE_NOTHING);
        return;
    }
    must(!problem.reason && defines == (parsed.type != TMY_PROFILE_LINE_VERSION));
    if (parsed.type == TMY_PROFILE_LINE_COMMENT)
        comment.assign(parsed.value.at, parsed.value.length);
    tmy_profile_apply(&profile, &parsed);
}

// Any bytes as a value of PREFERENCE, of CONFIG and of one item.
void check_values(const std::vector<char>& value) {
    tmy_profile profile;
    tmy_profile_init(&profile);
    tmy_profile_line line = {};
    line.value = {value.data(), value.size()};
    line.type = TMY_PROFILE_LINE_PREFERENCE;
    tmy_profile_apply(&profile, &line);
    line.type = TMY_PROFILE_LINE_CONFIG;
    for (const size_t item : {static_cast<size_t>(TMY_ITEM_CONFIG), value.size() % TMY_ITEM_CONFIG}) {
        line.item = static_cast<u8>(item);
        tmy_profile_apply(&profile, &line);
    }
    printed_means_the_same(profile, "");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    tmy_profile profile;
    tmy_profile_init(&profile);
    std::string comment;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    while (!rest.empty()) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        std::vector<char> line(rest.begin(), rest.begin() + static_cast<ptrdiff_t>(end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        line.resize(tmy_normalize(line.data(), line.size()));
        line.shrink_to_fit();
        check_entry(line);
        check_profile_line(line, profile, comment);
        check_values(line);
    }
    printed_means_the_same(profile, comment);
    return 0;
}
