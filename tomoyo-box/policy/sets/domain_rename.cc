// SPDX-License-Identifier: GPL-2.0-only
// DomainChanges: which domain that is gone is a new one under another name.
//
// Each is looked up, never compared with all others: under the name that follows from how a domain above it
// was renamed, by a hash of all lines, then by hashes of single lines. What is so common that many have it
// says nothing and is not followed further than a few steps, so the time depends on the size of the policies
// alone.
#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/sets/domain_change.h"

#include <algorithm>
#include <bit>

namespace policy {

namespace {

constexpr uint32_t nobody = UINT32_MAX;
constexpr unsigned steps = 16;

// Numbers of changes by hashes of what they hold.
class Holders {
public:
    explicit Holders(size_t expected) : heads_(std::bit_ceil(expected + 1)) { links_.reserve(expected); }

    void add(uint64_t key, uint32_t holder) {
        uint32_t& head = heads_[key & (heads_.size() - 1)];
        links_.push_back({key, holder, head});
        head = static_cast<uint32_t>(links_.size());
    }

    // Calls visit(holder) for a few holders of KEY; the TAKEN ones are dropped for good.
    template <typename Visit> void each(uint64_t key, const std::vector<uint32_t>& taken, Visit visit) {
        uint32_t* link = &heads_[key & (heads_.size() - 1)];
        for (unsigned left = steps; *link && left;) {
            Link& here = links_[*link - 1];
            if (taken[here.holder] != nobody) {
                *link = here.next;
                continue;
            }
            if (here.key == key) {
                visit(here.holder);
                left--;
            }
            link = &here.next;
        }
    }

private:
    struct Link {
        uint64_t key;
        uint32_t holder;
        uint32_t next; // number of a link + 1
    };
    std::vector<uint32_t> heads_;
    std::vector<Link> links_;
};

// Lines that every domain may have do not make two domains alike.
bool tells(std::string_view line) {
    return !line.starts_with("use_group ") && line != "quota_exceeded" && line != "transition_failed";
}

std::string_view last_word(std::string_view name) { return name.substr(name.rfind(' ') + 1); }

bool is_below(std::string_view name, std::string_view above) {
    return name.size() > above.size() && domain_matches(name, above, true);
}

// The names of domains on the way from the root to the current one that have been renamed.
struct Renamed {
    std::string_view from, to;
};
using Ancestors = std::vector<Renamed>;

void leave(Ancestors& ancestors, std::string_view name) {
    while (!ancestors.empty() && !is_below(name, ancestors.back().from))
        ancestors.pop_back();
}

class Matcher {
public:
    explicit Matcher(const DomainChanges& changes)
        : changes_(changes), list_(changes.list()), partner_(list_.size(), nobody), votes_(list_.size()),
          seed_(random_seed()), wholes_(list_.size()), parts_(count_lines()) {
        for (uint32_t i = static_cast<uint32_t>(list_.size()); i-- > 0;)
            if (!list_[i].old)
                publish(i);
    }

    // For each change that is a lost domain, the number of the new one; for those the other way round.
    std::vector<uint32_t> match() {
        pass(&Matcher::same_lines);
        pass(&Matcher::most_lines);
        return std::move(partner_);
    }

private:
    size_t count_lines() const {
        size_t lines = 0;
        for (const DomainChange& change : list_)
            lines += change.old ? 0 : change.now->count;
        return lines;
    }

    // Calls visit(hash) for each line that tells something; returns a hash of them all.
    template <typename Visit>
    uint64_t each_hash(const DomainSet& set, const DomainSet::Domain& domain, Visit visit) const {
        uint64_t all = 0;
        for (const DomainSet::Line line : set.lines(domain)) {
            const std::string_view text = set.text(line);
            if (!tells(text))
                continue;
            const uint64_t one = text_hash(text, seed_);
            all = hash_mix(all + one);
            visit(one);
        }
        return all;
    }

    void publish(uint32_t i) {
        const uint64_t all =
            each_hash(changes_.now(), *list_[i].now, [&](uint64_t line) { parts_.add(line, i); });
        if (all)
            wholes_.add(all, i);
    }

    void pass(uint32_t (Matcher::*by_lines)(uint32_t)) {
        Ancestors ancestors;
        for (uint32_t i = 0; i < list_.size(); i++) {
            if (list_[i].now)
                continue;
            const std::string_view name = changes_.old_name(list_[i]);
            leave(ancestors, name);
            if (partner_[i] == nobody) {
                uint32_t other = as_above(ancestors, name);
                if (other == nobody)
                    other = (this->*by_lines)(i);
                if (other == nobody)
                    continue;
                partner_[i] = other;
                partner_[other] = i;
            }
            ancestors.push_back({name, changes_.new_name(list_[partner_[i]])});
        }
    }

    uint32_t as_above(const Ancestors& ancestors, std::string_view name) const {
        if (ancestors.empty())
            return nobody;
        const std::string wanted =
            std::string(ancestors.back().to).append(name.substr(ancestors.back().from.size()));
        const auto at = std::lower_bound(
            list_.begin(), list_.end(), wanted, [&](const DomainChange& one, const auto& two) {
                return compare(one.old ? changes_.old_name(one) : changes_.new_name(one), two) < 0;
            });
        const auto i = static_cast<uint32_t>(at - list_.begin());
        const bool found = at != list_.end() && !at->old && changes_.new_name(*at) == wanted;
        return found && partner_[i] == nobody ? i : nobody;
    }

    uint32_t same_lines(uint32_t i) {
        const uint64_t all = each_hash(changes_.old(), *list_[i].old, [](uint64_t) {});
        const std::string_view word = last_word(changes_.old_name(list_[i]));
        uint32_t best = nobody;
        bool alike = false;
        wholes_.each(all, partner_, [&](uint32_t other) {
            const bool same_word = last_word(changes_.new_name(list_[other])) == word;
            if (best == nobody || (same_word && !alike))
                best = other;
            alike |= same_word;
        });
        return best;
    }

    // At least half of the lines of both are common.
    uint32_t most_lines(uint32_t i) {
        std::vector<uint32_t> voted;
        each_hash(changes_.old(), *list_[i].old, [&](uint64_t line) {
            parts_.each(line, partner_, [&](uint32_t other) {
                if (votes_[other]++ == 0)
                    voted.push_back(other);
            });
        });
        uint32_t best = nobody;
        for (const uint32_t other : voted)
            if (best == nobody || share(i, other) > share(i, best))
                best = other;
        if (best != nobody && share(i, best) < 500)
            best = nobody;
        for (const uint32_t other : voted)
            votes_[other] = 0;
        return best;
    }

    // How much of both is common, in thousandths.
    uint64_t share(uint32_t gone, uint32_t other) const {
        return 2000 * uint64_t(votes_[other]) / (list_[gone].old->count + list_[other].now->count);
    }

    const DomainChanges& changes_;
    const std::vector<DomainChange>& list_;
    std::vector<uint32_t> partner_;
    std::vector<uint32_t> votes_; // lines that a new domain has in common with the one that is looked at
    uint64_t seed_;
    Holders wholes_, parts_;
};

} // namespace

void DomainChanges::find_renamed() {
    if (std::all_of(list_.begin(), list_.end(), [](const DomainChange& one) { return one.now; }) ||
        std::all_of(list_.begin(), list_.end(), [](const DomainChange& one) { return one.old; }))
        return;
    const std::vector<uint32_t> partner = Matcher(*this).match();
    Ancestors ancestors;
    for (size_t i = 0; i < list_.size(); i++) {
        if (list_[i].now || partner[i] == nobody)
            continue;
        DomainChange& change = list_[i];
        change.now = list_[partner[i]].now;
        change.renamed = true;
        const std::string_view from = old_name(change), to = new_name(change);
        leave(ancestors, from);
        change.with_parent =
            !ancestors.empty() && is_below(to, ancestors.back().to) &&
            to.substr(ancestors.back().to.size()) == from.substr(ancestors.back().from.size());
        ancestors.push_back({from, to});
    }
    size_t i = 0;
    std::erase_if(list_,
                  [&](const DomainChange& change) { return partner[i++] != nobody && !change.renamed; });
}

} // namespace policy
