// SPDX-License-Identifier: GPL-2.0-only
// Suggest: reading names, grouping them, and judging a group.
#include "tomoyo-box/policy/rewrite/suggest.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/hash_index.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/print.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/generalize.h"
#include "tomoyo-box/policy/sets/filter.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace policy {

namespace {

constexpr size_t deepest = 12;                         // components from the end in which names may differ
constexpr size_t longest = 4096;                       // no path that a kernel learns is longer
constexpr char left_out = '\1';                        // no character of a normalized line
constexpr std::string_view files_of_init = "proc:/1/"; // one process for ever

constexpr unsigned first_free_port = 1024, last_port = 65535; // those below are services, each its own
constexpr unsigned first_chance_port = 32768;                 // as Linux gives them out

bool is_literal(std::string_view name) { return tmy_literal_prefix(name.data(), name.size()) == name.size(); }

// Does the line grant more than to read, look at, or connect to what there is?
bool changes_files(std::string_view line) {
    const std::string_view first = take_word(line);
    if (first == "network") {
        take_word(line);
        take_word(line);
    }
    std::string_view operations = take_word(line);
    while (!operations.empty()) {
        const std::string_view one = operations.substr(0, operations.find('/'));
        operations.remove_prefix(std::min(one.size() + 1, operations.size()));
        if (one != "read" && one != "getattr" && one != "connect" && one != "send" && one != "ioctl")
            return true;
    }
    return false;
}

size_t count_components(std::string_view name) {
    return static_cast<size_t>(std::count(name.begin(), name.end(), '/')) + 1;
}

void widen(tmy_address& range, const tmy_address& one) {
    if (memcmp(one.low, range.low, one.size) < 0)
        memcpy(range.low, one.low, one.size);
    if (memcmp(one.high, range.high, one.size) > 0)
        memcpy(range.high, one.high, one.size);
}

bool is_everything(const tmy_address& range) {
    for (unsigned i = 0; i < range.size; i++)
        if (range.low[i] != 0 || range.high[i] != 0xff)
            return false;
    return true;
}

// From the smallest network on that is usual: the first that holds the whole range becomes the range.
void make_network(tmy_address& range) {
    constexpr const char* networks[] = {"127.0.0.0-127.255.255.255",
                                        "10.0.0.0-10.255.255.255",
                                        "172.16.0.0-172.31.255.255",
                                        "192.168.0.0-192.168.255.255",
                                        "fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                                        "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"};
    const unsigned kept = range.size == 4 ? 3 : 8; // bytes that the addresses of a network have in common
    if (memcmp(range.low, range.high, kept) == 0) {
        memset(range.low + kept, 0, range.size - kept);
        memset(range.high + kept, 0xff, range.size - kept);
        return;
    }
    for (const char* const text : networks) {
        tmy_address network = {};
        if (tmy_parse_address(span(text), &network, nullptr) &&
            tmy_address_has(&network, range.low, range.size) &&
            tmy_address_has(&network, range.high, range.size)) {
            range = network;
            return;
        }
    }
    memset(range.low, 0, range.size);
    memset(range.high, 0xff, range.size);
}

} // namespace

std::string_view Suggester::line(uint32_t number) const { return view(lines_[number].text); }

Suggester::Text Suggester::append(std::string_view text) {
    if (text_.size() + text.size() > UINT32_MAX)
        throw trouble("there is too much policy for suggestions; give it in several parts");
    const Text place{static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())};
    text_ += text;
    return place;
}

void Suggester::read(PolicyReader& reader, uint64_t size, bool compat, ReadObserver& observer) {
    text_.reserve(text_.size() + size);
    domain_.clear();
    std::string_view line;
    for (; next_line(reader, compat, observer, line); read_++)
        add_line(line);
}

uint32_t Suggester::number_of(std::string_view domain) {
    if (domains_.empty() || view(domains_.back()) != domain)
        domains_.push_back(append(domain));
    return static_cast<uint32_t>(domains_.size() - 1);
}

// Lines are kept for the names in them that may become patterns.
void Suggester::add_entry(std::string_view line, std::string_view domain, const tmy_entry& entry) {
    const auto kind = static_cast<tmy_kind>(entry.kind);
    if (kind == TMY_ENV || kind == TMY_TRANSITION)
        return;
    if (kind == TMY_PATH && entry.operations == 1u << TMY_EXECUTE) // domains have this name in theirs
        return;
    if (kind == TMY_INET)
        return add_socket(line, domain, entry);
    bool stored = false;
    for (unsigned i = 0; i < tmy_entry_names(kind); i++) {
        const std::string_view name = policy::view(entry.names[i].text);
        if (entry.names[i].group || name.size() > longest || !is_literal(name) ||
            name.starts_with(files_of_init) || name.find('/') == std::string_view::npos ||
            !keep_.covered_by(name).empty())
            continue;
        if (!std::exchange(stored, true)) {
            const uint32_t number = number_of(domain);
            lines_.push_back({append(line), number, read_});
        }
        const auto at = static_cast<uint32_t>(name.data() - line.data());
        const uint64_t front = text_hash(line.substr(0, at), text_hash(domain, seed_));
        names_.push_back({static_cast<uint32_t>(lines_.size() - 1),
                          {lines_.back().text.at + at, static_cast<uint32_t>(name.size())},
                          text_hash(line.substr(at + name.size()), front),
                          static_cast<uint16_t>(count_components(name)), // "longest" is less
                          false});
    }
}

// Only single addresses and ports; the words of such a line are "network inet PROTOCOL OPERATIONS ADDRESS
// PORT".
void Suggester::add_socket(std::string_view line, std::string_view domain, const tmy_entry& entry) {
    const tmy_number_operand& port = entry.numbers[0];
    if (entry.address.group.at || !tmy_address_single(&entry.address.address) || port.group.at ||
        port.number.low != port.number.high)
        return;
    std::string_view rest = line;
    for (unsigned i = 0; i < 4; i++)
        take_word(rest);
    const size_t front = line.size() - rest.size();
    const std::string_view address = take_word(rest), number = take_word(rest);
    const uint32_t domain_number = number_of(domain);
    lines_.push_back({append(line), domain_number, read_});
    const uint32_t at = lines_.back().text.at;
    const auto place = [&](std::string_view word) {
        return Text{at + static_cast<uint32_t>(word.data() - line.data()),
                    static_cast<uint32_t>(word.size())};
    };
    const uint64_t frame = text_hash(line.substr(0, front), text_hash(domain, seed_));
    sockets_.push_back({static_cast<uint32_t>(lines_.size() - 1), place(address), place(number),
                        entry.address.address, text_hash(rest, frame + entry.address.address.size),
                        static_cast<uint16_t>(port.number.low), false});
}

void Suggester::add_line(std::string_view line) {
    std::string_view rest = line;
    const std::string_view space = take_namespace(rest);
    if (strip(rest, "acl_group ")) {
        ExceptionLine group;
        if (parse(line, group) || group.exception.type != TMY_ACL_GROUP)
            return;
        const std::string_view number = take_word(rest);
        add_entry(rest, std::string(space).append(" acl_group ").append(number), group.exception.entry);
        return;
    }
    if (is_heading(line)) {
        domain_ = line.starts_with('<') ? line : std::string_view();
        return;
    }
    DomainLine parsed;
    if (!domain_.empty() && !parse(line, parsed) && parsed.type == TMY_LINE_ENTRY && !parsed.remove)
        add_entry(line, domain_, parsed.entry);
}

// The name with what may differ left out; false when nothing is.
bool Suggester::shape(std::string_view name, size_t count, const Level& level, std::string& to) {
    to.clear();
    if (level.what == Level::component) {
        // Names that differ at the top have nothing in common.
        if (level.from_end + (name.starts_with('/') ? 3 : 2) > count)
            return false;
        const std::string_view component = component_at(name, count - 1 - level.from_end);
        const size_t at = static_cast<size_t>(component.data() - name.data());
        to.append(name.substr(0, at)).append(1, left_out).append(name.substr(at + component.size()));
        return !component.empty();
    }
    Pieces pieces(name, level.what == Level::digits ? Pieces::digits : Pieces::mixed);
    std::string_view piece;
    bool some = false;
    for (bool may_differ; pieces.next(piece, may_differ);) {
        some |= may_differ;
        if (!may_differ)
            to += piece;
        else
            to.append(level.what == Level::digits ? 1 : piece.size(), left_out);
    }
    return some;
}

void Suggester::sort(std::vector<Key>& keys) {
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.name < b.name;
    });
}

// Calls VISIT with those that have the same hash, if they are enough.
template <typename Visit> void Suggester::each_group(std::vector<Key>& keys, Visit visit) const {
    sort(keys);
    const Key* const end = keys.data() + keys.size();
    for (const Key *first = keys.data(), *last; first != end; first = last) {
        for (last = first; last != end && last->hash == first->hash;)
            last++;
        if (static_cast<size_t>(last - first) >= support_)
            visit(std::span<const Key>(first, last));
    }
}

void Suggester::find(const Level& level, std::vector<Key>& keys, std::vector<Suggestion>& found) {
    std::string left;
    keys.clear();
    for (uint32_t i = 0; i < names_.size(); i++) {
        const Name& name = names_[i];
        if (!name.taken && shape(view(name.text), name.components, level, left))
            keys.push_back({text_hash(left, name.frame), i});
    }
    each_group(keys, [&](std::span<const Key> group) {
        consider(level, group.data(), group.data() + group.size(), found);
    });
}

void Suggester::consider(const Level& level, const Key* first, const Key* last,
                         std::vector<Suggestion>& found) {
    std::vector<Key> different;
    for (const Key* key = first; key != last; key++)
        different.push_back({text_hash(view(names_[key->name].text), 0), key->name});
    sort(different);
    std::vector<std::string_view> names;
    for (size_t i = 0; i < different.size(); i++)
        if (i == 0 || different[i].hash != different[i - 1].hash)
            names.push_back(view(names_[different[i].name].text));
    if (names.size() < support_)
        return;
    if (level.what != Level::component) {
        propose(pattern_of_pieces(names, level.what == Level::digits ? Pieces::digits : Pieces::mixed), first,
                last, found);
        return;
    }
    bool nothing_literal = false;
    std::string pattern =
        pattern_of_component(names, count_components(names[0]) - 1 - level.from_end, nothing_literal);
    // Any name at all is a lot to ask for; to run or to change what has any name is too much.
    const bool number = pattern.find("\\$") != std::string::npos ||
                        pattern.find("\\X") != std::string::npos || pattern.find("\\?") != std::string::npos;
    if (!number && changes_files(line(names_[first->name].line)))
        return;
    if (nothing_literal && names.size() < 2 * static_cast<size_t>(support_))
        return;
    propose(std::move(pattern), first, last, found);
}

void Suggester::propose(std::string pattern, const Key* first, const Key* last,
                        std::vector<Suggestion>& found) {
    if (!correct_word(pattern))
        return;
    for (const Key* key = first; key != last; key++)
        if (!matches(view(names_[key->name].text), pattern))
            return;
    const Name& name = names_[first->name];
    const Line& line = lines_[name.line];
    const std::string_view whole = view(line.text);
    const size_t at = name.text.at - line.text.at;
    Suggestion suggestion{Suggestion::name, view(domains_[line.domain]), {}, {}, keep_.covered_by(pattern)};
    Suggestion::Line now{};
    now.text.append(whole.substr(0, at)).append(pattern).append(whole.substr(at + name.text.length));
    now.word = static_cast<size_t>(std::count(whole.begin(), whole.begin() + static_cast<long>(at), ' ')) + 1;
    for (const Key* key = first; key != last; key++) {
        now.covered.push_back(names_[key->name].line);
        names_[key->name].taken |= suggestion.refused_by.empty();
    }
    suggestion.pattern = std::move(pattern);
    suggestion.lines.push_back(std::move(now));
    found.push_back(std::move(suggestion));
}

size_t Suggester::distinct(std::vector<Key>& values) {
    sort(values);
    size_t count = 0;
    for (size_t i = 0; i < values.size(); i++)
        count += i == 0 || values[i].hash != values[i - 1].hash;
    return count;
}

// The sockets of KEYS with RANGE in the place of their ports or addresses; a line for all that become equal.
void Suggester::propose_range(Suggestion::What what, const std::string& range, std::span<const Key> keys,
                              std::vector<Suggestion>& found) {
    const size_t word = what == Suggestion::address ? 5 : 6;
    const uint32_t first = sockets_[keys[0].name].line;
    Suggestion suggestion{what, view(domains_[lines_[first].domain]), range, {}, {}};
    std::vector<uint64_t> hashes; // of the lines of the suggestion
    HashIndex index;
    for (const Key& key : keys) {
        Socket& socket = sockets_[key.name];
        const std::string_view whole = view(lines_[socket.line].text);
        const size_t address_at = socket.address.at - lines_[socket.line].text.at;
        const size_t port_end = socket.port.at + socket.port.length - lines_[socket.line].text.at;
        std::string text(whole.substr(0, address_at));
        text.append(what == Suggestion::address ? std::string_view(range) : view(socket.address)).append(" ");
        text.append(what == Suggestion::port ? std::string_view(range) : view(socket.port));
        text.append(whole.substr(port_end));
        const uint64_t hash = text_hash(text, seed_);
        uint32_t same = index.find(hash, [&](uint32_t i) { return hashes[i] == hash; });
        if (same == HashIndex::none) {
            same = static_cast<uint32_t>(hashes.size());
            hashes.push_back(hash);
            index.add([&](size_t i) { return hashes[i]; });
            suggestion.lines.push_back({std::move(text), word, {}});
        }
        suggestion.lines[same].covered.push_back(socket.line);
        socket.taken |= what == Suggestion::port;
    }
    found.push_back(std::move(suggestion));
}

// Enough ports of those that systems give out by chance become all that some system may give out. Ports
// beside each other become just those; others may be services.
void Suggester::find_ports(std::vector<Suggestion>& found) {
    std::vector<Key> keys, values;
    for (uint32_t i = 0; i < sockets_.size(); i++)
        if (sockets_[i].number >= first_free_port)
            keys.push_back({sockets_[i].frame, i});
    each_group(keys, [&](std::span<const Key> group) {
        unsigned first = last_port, last = 0;
        values.clear();
        for (const Key& key : group) {
            const unsigned port = sockets_[key.name].number;
            first = std::min(first, port);
            last = std::max(last, port);
            values.push_back({port, 0});
        }
        const size_t count = distinct(values);
        const bool dense = last - first < 2 * count;
        if (!dense)
            std::erase_if(values, [](const Key& port) { return port.hash < first_chance_port; });
        if (count < support_ || (!dense && distinct(values) < support_))
            return;
        propose_range(Suggestion::port,
                      fmt::format("{}-{}", dense ? first : first_free_port, dense ? last : last_port), group,
                      found);
    });
}

// The network of the addresses, not smaller than one usually is.
void Suggester::find_addresses(std::vector<Suggestion>& found) {
    std::vector<Key> keys, values;
    for (uint32_t i = 0; i < sockets_.size(); i++)
        if (!sockets_[i].taken)
            keys.push_back({text_hash(view(sockets_[i].port), sockets_[i].frame), i});
    each_group(keys, [&](std::span<const Key> group) {
        values.clear();
        for (const Key& key : group)
            values.push_back({text_hash(view(sockets_[key.name].address), seed_), 0});
        const size_t count = distinct(values);
        if (count < support_)
            return;
        tmy_address range = sockets_[group[0].name].value;
        for (const Key& key : group)
            widen(range, sockets_[key.name].value);
        make_network(range);
        if (is_everything(range) && count < 2 * static_cast<size_t>(support_))
            return; // as with any name, it is a lot to ask for
        propose_range(Suggestion::address,
                      printed([&](struct tmy_text* text) { tmy_put_address(text, &range); }), group, found);
    });
}

// One suggestion for each pattern of a domain, where the first of them was.
std::vector<Suggestion> Suggester::joined(std::vector<Suggestion> found) {
    std::vector<Suggestion> result;
    HashIndex index;
    std::vector<uint64_t> hashes;
    const uint64_t seed = random_seed();
    for (Suggestion& suggestion : found) {
        const uint64_t hash =
            text_hash(suggestion.pattern, text_hash(suggestion.domain, seed + suggestion.what));
        const uint32_t same = index.find(hash, [&](uint32_t i) { return hashes[i] == hash; });
        if (same == HashIndex::none) {
            hashes.push_back(hash);
            index.add([&](size_t i) { return hashes[i]; });
            result.push_back(std::move(suggestion));
            continue;
        }
        for (Suggestion::Line& line : suggestion.lines)
            result[same].lines.push_back(std::move(line));
    }
    return result;
}

std::vector<Suggestion> Suggester::find() {
    std::vector<Suggestion> found;
    std::vector<Key> keys; // in memory that all levels share
    find({Level::digits, 0}, keys, found);
    find({Level::mixed, 0}, keys, found);
    for (size_t from_end = 0; from_end < deepest; from_end++)
        find({Level::component, from_end}, keys, found);
    find_ports(found);
    find_addresses(found);
    std::vector<Key> order;
    order.reserve(found.size());
    for (const Suggestion& suggestion : found)
        order.push_back({suggestion.lines[0].covered[0], static_cast<uint32_t>(order.size())});
    sort(order);
    std::vector<Suggestion> sorted;
    sorted.reserve(found.size());
    for (const Key& key : order)
        sorted.push_back(std::move(found[key.name]));
    return joined(std::move(sorted));
}

} // namespace policy
