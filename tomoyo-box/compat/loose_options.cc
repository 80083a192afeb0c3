// SPDX-License-Identifier: GPL-2.0-only
// LooseOptions: spellings and values.
#include "tomoyo-box/compat/loose_options.h"

#include "tomoyo-box/base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace {

bool is_one_of(std::string_view words, std::string_view word) {
    bool found = false;
    for_each_word(words, [&](const std::string& known) { found |= known == word; });
    return found;
}

Error bad_option(const std::string& typed, std::string hint) {
    const std::string message = fmt::format("Unknown option: '{}'", typed);
    return Error(exit_trouble, message, std::move(hint)).legacy(message);
}

std::optional<unsigned> exact_number(const std::string& text, unsigned max) {
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value > max)
        return std::nullopt;
    return value;
}

// As tomoyo-tools read it: what follows the digits is ignored, and large numbers wrap.
std::optional<unsigned> loose_number(const LooseOption& option) {
    char* end = nullptr;
    const unsigned long long value = std::strtoull(option.value.c_str(), &end, 10);
    if (end == option.value.c_str())
        return std::nullopt;
    return static_cast<unsigned>(value);
}

} // namespace

std::vector<LooseOption> read_loose_options(const Call& call, std::string_view flags,
                                            std::string_view settings, std::string& help) {
    std::vector<LooseOption> options;
    for (auto arg = call.args.begin(); arg != call.args.end(); ++arg) {
        if (!call.compat &&
            (*arg == "--help" || *arg == "-h" || *arg == "--version" || *arg == dump_options)) {
            help = *arg;
            return options;
        }
        LooseOption option{*arg, *arg, ""};
        if (option.name.starts_with("--"))
            option.name.erase(0, 2);
        const size_t equals = option.name.find('=');
        const bool has_value = equals != std::string::npos;
        if (has_value)
            option.value = option.name.substr(equals + 1);
        option.name.resize(std::min(equals, option.name.size()));
        std::replace(option.name.begin(), option.name.end(), '_', '-');
        const bool is_flag = is_one_of(flags, option.name);
        if (is_flag ? has_value : !is_one_of(settings, option.name))
            throw bad_option(option.typed, fmt::format("see '{} --help'", call.command));
        if (!is_flag && !has_value) {
            if (call.compat || arg + 1 == call.args.end())
                throw bad_option(option.typed, fmt::format("it needs a value: {}=VALUE", option.typed));
            option.value = *++arg;
        }
        options.push_back(std::move(option));
    }
    return options;
}

unsigned option_number(const Call& call, const LooseOption& option, unsigned max) {
    if (call.compat)
        return loose_number(option).value_or(0) % 256;
    if (const auto value = exact_number(option.value, max))
        return *value;
    throw Error(exit_trouble,
                fmt::format("'{}' in '{}' is not a number from 0 to {}", option.value, option.typed, max));
}

void set_option_limit(const Call& call, const LooseOption& option, unsigned& limit) {
    constexpr unsigned max = ~0U;
    const auto value = call.compat ? loose_number(option) : exact_number(option.value, max);
    if (value)
        limit = *value;
    else if (!call.compat || !option.value.empty())
        throw bad_option(option.typed, fmt::format("'{}' is not a number from 0 to {}", option.value, max));
}

std::string option_choice(const LooseOption& option, std::string_view allowed) {
    if (is_one_of(allowed, option.value))
        return option.value;
    throw Error(exit_trouble,
                fmt::format("'{}' in '{}' is none of: {}", option.value, option.typed, allowed));
}
