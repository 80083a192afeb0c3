// SPDX-License-Identifier: GPL-2.0-only
// The table of applets, and the search in it.
#include "tomoyo-box/applet.h"
#include "tomoyo-box/base/distance.h"

#include <algorithm>
#include <array>

namespace applet {
#define APPLET(symbol, name, path, also, summary) int symbol(const Call& call);
#include "applets.inc"
#undef APPLET
} // namespace applet

namespace {

constexpr Applet table[] = {
#define APPLET(symbol, name, path, also, summary) {name, path, also, summary, applet::symbol},
#include "applets.inc"
#undef APPLET
};

// "tomoyo-init_policy" -> "init-policy"
std::string plain_name(std::string_view name) {
    for (const std::string_view prefix : {"tomoyo-", "ccs-"})
        if (name.starts_with(prefix)) {
            name.remove_prefix(prefix.size());
            break;
        }
    std::string plain(name);
    std::replace(plain.begin(), plain.end(), '_', '-');
    return plain;
}

} // namespace

std::span<const Applet> applets() { return table; }

const Applet* find_applet(std::string_view name) {
    const std::string plain = plain_name(name);
    const auto* found = std::find_if(std::begin(table), std::end(table),
                                     [&](const Applet& applet) { return applet.name == plain; });
    return found == std::end(table) ? nullptr : found;
}

std::vector<std::string_view> nearest_applets(std::string_view name) {
    constexpr size_t longest_name = 64;
    const std::string plain = plain_name(name.substr(0, longest_name));
    std::vector<std::pair<size_t, std::string_view>> ranked;
    for (const Applet& applet : table) {
        const size_t slips = distance(plain, applet.name);
        const bool part = plain.size() > 2 && applet.name.find(plain) != std::string_view::npos;
        if (part || slips <= 1 + plain.size() / 3)
            ranked.emplace_back(part ? 0 : slips, applet.name);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string_view> names;
    for (const auto& [slips, applet] : ranked)
        if (names.size() < 3 && slips <= ranked.front().first + 1)
            names.push_back(applet);
    return names;
}
