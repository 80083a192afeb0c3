// SPDX-License-Identifier: GPL-2.0-only
// DomainSet: lines are collected in their order, gathered by domain, then sorted.
#include "tomoyo-box/policy/sets/domain_set.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/sets/filter.h"
#include "tomoyo-box/policy/sets/unpack.h"

#include <algorithm>
#include <cstring>

namespace policy {

namespace {

constexpr uint32_t deletes_bit = 1u << 31; // of the length of a line: it deletes its equals above
constexpr int no_profile = DomainSet::no_profile;
constexpr int gone = -3; // in the place of a profile: there is no such domain any more

// Bytewise, equal lines in the order in which they were written.
struct Before {
    const char* text;

    std::string_view view(DomainSet::Line line) const { return {text + line.at, line.length & ~deletes_bit}; }
    bool operator()(DomainSet::Line a, DomainSet::Line b) const {
        const int order = compare(view(a), view(b));
        return order ? order < 0 : a.at < b.at;
    }
};

// Apart, so that it is in the program once.
[[gnu::noinline]] void sort_lines(DomainSet::Line* first, DomainSet::Line* last, const char* text) {
    std::sort(first, last, Before{text});
}

} // namespace

int compare(std::string_view a, std::string_view b) {
    const size_t common = std::min(a.size(), b.size());
    size_t at = 0;
    for (uint64_t left, right; common - at >= sizeof left; at += sizeof left) {
        std::memcpy(&left, a.data() + at, sizeof left);
        std::memcpy(&right, b.data() + at, sizeof right);
        if (left != right)
            break;
    }
    for (; at < common; at++)
        if (a[at] != b[at])
            return static_cast<unsigned char>(a[at]) - static_cast<unsigned char>(b[at]);
    return (a.size() > b.size()) - (a.size() < b.size());
}

void DomainSet::read(PolicyReader& reader, ReadObserver& observer, uint64_t size) {
    text_.reserve(text_.size() + size);
    if (seed_ == 0)
        seed_ = random_seed();
    choose(none);
    outside_ = 0;
    observer_ = &observer;
    const size_t domains_before = domains_.size();
    Unpacked unpacked({}, compat_);
    for (std::string_view text; next_line(reader, compat_, observer, text);) {
        observer.progress(reader.offset());
        unpacked.start(text);
        for (std::string_view part; unpacked.next(part);)
            line(reader, part);
        if (!unpacked.lacks_operation())
            continue;
        if (compat_)
            return;
        observer.warning(fmt::format("{}: no operation is named; the line stays as it is",
                                     reader.where(unpacked.column())));
    }
    if (outside_ == 0 || compat_)
        return;
    if (domains_.size() == domains_before)
        throw Error(exit_trouble,
                    fmt::format("{}: no domain is named above this line, nor below it", first_outside_),
                    "is this domain policy?");
    observer.warning(fmt::format("{}: {} left out: no domain is named above", first_outside_,
                                 outside_ == 1 ? "one line is" : fmt::format("{} lines are", outside_)));
}

void DomainSet::line(const PolicyReader& reader, std::string_view text) {
    const bool deletes = strip(text, "delete ");
    const bool selects = !deletes && strip(text, "select ");
    strip(text, "domain=");
    if (!starts_domain(text)) {
        if (text.empty())
            return;
        if (current_ != none)
            entry(reader, text, deletes);
        else if (text.front() != '#' && text != "reset" && outside_++ == 0)
            first_outside_ = reader.where();
        return;
    }
    const uint32_t known = find(text);
    const bool present = known != none && domains_[known].profile != gone;
    if (deletes && present)
        forget(known);
    if (deletes || (selects && !present))
        choose(none);
    else
        choose(known != none ? known : create(reader, text));
}

void DomainSet::entry(const PolicyReader& reader, std::string_view text, bool deletes) {
    if (set_profile(reader, text))
        return;
    Line line = keep(text);
    if (deletes)
        line.length |= deletes_bit;
    lines_.push_back(line);
}

bool DomainSet::set_profile(const PolicyReader& reader, std::string_view text) {
    const std::string_view whole = text;
    if (!strip(text, "use_profile"))
        return false;
    const auto number = scanned_number(text);
    if (!number)
        return false;
    int& profile = domains_[current_].profile;
    if (!compat_ && (!strip(text, " ") || !number_to_255(text.substr(0, text.find(' '))))) {
        observer_->warning(fmt::format("{}: '{}' chooses no profile from 0 to 255; the line stays as it is",
                                       reader.where(), whole));
        if (profile == no_profile)
            profile = wrong_profile;
        return false;
    }
    profile = *number % 256;

    return true;
}

// Lines up to the next call are about DOMAIN.
void DomainSet::choose(uint32_t domain) {
    current_ = domain;
    if (domain == none)
        return;
    if (domains_[domain].profile == gone)
        domains_[domain].profile = no_profile;
    const auto first = static_cast<uint32_t>(lines_.size());
    if (!runs_.empty() && runs_.back().first == first)
        runs_.back().domain = domain;
    else
        runs_.push_back({domain, first});
}

void DomainSet::forget(uint32_t domain) {
    domains_[domain].profile = gone;
    domains_[domain].first = static_cast<uint32_t>(lines_.size());
}

void DomainSet::warn_of_name(const PolicyReader& reader, std::string_view name) const {
    if (compat_)
        throw trouble("'{}' is not the name of a domain", name)
            .legacy(fmt::format("Invalid domainname '{}'\nOut of memory. Aborted.", name));
    const auto problem = check_domain(name);
    observer_->warning(fmt::format("{}: '{}' is not the name of a domain{}{}; it stays as it is",
                                   reader.where(), name, problem ? ": " : "",
                                   problem ? problem->reason : ""));
}

uint32_t DomainSet::create(const PolicyReader& reader, std::string_view name) {
    if (!correct_domain(name))
        warn_of_name(reader, name);
    const auto number = static_cast<uint32_t>(domains_.size());
    domains_.push_back({keep(name), no_profile, 0, 0});
    index_.add([&](size_t i) { return text_hash(this->name(domains_[i]), seed_); });
    return number;
}

uint32_t DomainSet::find(std::string_view name) const {
    return index_.find(text_hash(name, seed_), [&](uint32_t i) { return this->name(domains_[i]) == name; });
}

DomainSet::Line DomainSet::keep(std::string_view text) {
    if (text.size() >= deletes_bit || text_.size() + text.size() > UINT32_MAX)
        throw trouble("more than 4 GiB of policy");
    const Line line{static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())};
    text_ += text;
    return line;
}

// Calls visit(number of a domain, first line, last line) for lines that count.
template <typename Visit> void DomainSet::each_run(Visit visit) const {
    for (size_t i = 0; i < runs_.size(); i++) {
        const Domain& domain = domains_[runs_[i].domain];
        const size_t first = std::max(runs_[i].first, domain.first);
        const size_t last = i + 1 < runs_.size() ? runs_[i + 1].first : lines_.size();
        if (domain.profile != gone && first < last)
            visit(runs_[i].domain, first, last);
    }
}

// Lines of the same domain become neighbours, in their order.
void DomainSet::gather() {
    std::vector<uint32_t> next(domains_.size());
    each_run([&](uint32_t domain, size_t first, size_t last) {
        next[domain] += static_cast<uint32_t>(last - first);
    });
    uint32_t total = 0;
    for (uint32_t& count : next)
        total += std::exchange(count, total);
    std::vector<Line> gathered(total);
    each_run([&](uint32_t domain, size_t first, size_t last) {
        std::copy(lines_.begin() + first, lines_.begin() + last, gathered.begin() + next[domain]);
        next[domain] += static_cast<uint32_t>(last - first);
    });
    lines_ = std::move(gathered);
    runs_ = {};
    uint32_t first = 0;
    for (uint32_t i = 0; i < domains_.size(); i++) {
        domains_[i].first = first;
        domains_[i].count = next[i] - first;
        first = next[i];
    }
}

// Sorts the lines; of equal ones the last counts.
void DomainSet::settle(Domain& domain) {
    const Before before{text_.data()};
    Line* const first = lines_.data() + domain.first;
    Line* const last = first + domain.count;
    sort_lines(first, last, text_.data());
    Line* to = first;
    for (const Line* from = first; from != last; ++from)
        if (!(from->length & deletes_bit) && (from + 1 == last || before.view(*from) != before.view(from[1])))
            *to++ = *from;
    domain.count = static_cast<uint32_t>(to - first);
}

void DomainSet::sort() {
    index_.clear();
    gather();
    std::erase_if(domains_, [](const Domain& domain) { return domain.profile == gone; });
    std::vector<Line> names;
    names.reserve(domains_.size());
    for (Domain& domain : domains_) {
        settle(domain);
        names.push_back(domain.name);
    }
    sort_lines(names.data(), names.data() + names.size(), text_.data());
    // A name's place in the text tells whose it is: domains are still in the order of their places.
    std::vector<Domain> sorted;
    sorted.reserve(names.size());
    for (const Line name : names)
        sorted.push_back(
            *std::lower_bound(domains_.begin(), domains_.end(), name.at,
                              [](const Domain& domain, uint32_t at) { return domain.name.at < at; }));
    domains_ = std::move(sorted);
}

} // namespace policy
