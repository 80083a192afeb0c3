/* SPDX-License-Identifier: GPL-2.0-only */
/* is() and isnt() in C++; included by tap.h. */
#ifndef TESTS_UNIT_TAP_CXX_H
#define TESTS_UNIT_TAP_CXX_H

#include <concepts>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

template <class T>
concept TapText = std::convertible_to<const T&, std::string_view>;

template <class T>
concept TapScalar = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_pointer_v<T>;

template <class T>
concept TapRange = std::ranges::range<T> && !TapText<T>;

/* Text in quotes, as it stands inside of another value. */
inline std::string tap_show(std::string_view text) { return '"' + std::string(text) + '"'; }

template <TapScalar T> std::string tap_show(T value) {
    if constexpr (std::same_as<T, bool>)
        return value ? "true" : "false";
    else if constexpr (std::same_as<T, char>)
        return std::string("'") + value + '\'';
    else if constexpr (std::is_enum_v<T>)
        return std::to_string(static_cast<std::underlying_type_t<T>>(value));
    else if constexpr (std::is_pointer_v<T>)
        return formatted("%p", static_cast<const void*>(value));
    else
        return std::to_string(value);
}

inline std::string tap_show(std::nullopt_t) { return "nothing"; }

template <TapRange T> std::string tap_show(const T& range);

template <class T> std::string tap_show(const std::optional<T>& value) {
    return value ? tap_show(*value) : "nothing";
}

template <TapRange T> std::string tap_show(const T& range) {
    std::string shown = "{";
    for (const auto& each : range)
        shown += (shown.size() > 1 ? ", " : "") + tap_show(each);
    return shown + "}";
}

template <class T> std::string_view tap_view(const T& value) {
    if constexpr (std::is_pointer_v<T>) {
        const char* bytes = value;
        return bytes ? std::string_view(bytes) : std::string_view();
    } else {
        return value;
    }
}

template <class T> const char* tap_data(const T& value) {
    const std::string_view view = tap_view(value);
    /* An empty view without memory is text all the same; only a pointer may be NULL. */
    if constexpr (std::is_pointer_v<T>)
        return view.data();
    else
        return view.data() ? view.data() : "";
}

template <class G, class W> bool tap_equal(const G& got, const W& want) {
    if constexpr (std::integral<G> && std::integral<W> && !std::same_as<G, bool> && !std::same_as<W, bool> &&
                  !std::same_as<G, char> && !std::same_as<W, char>)
        return std::cmp_equal(got, want);
    else
        return got == want;
}

/* The place of a check is where it is called. (Functions: a macro of the name is() would break the library's
 * headers.) */
template <class G, class W>
void tap_is(bool equal, const G& got, const W& want, const std::string& name, const char* file, int line) {
    if constexpr (TapText<G> && TapText<W>) {
        tap_bytes(equal, tap_data(got), tap_view(got).size(), tap_data(want), tap_view(want).size(),
                  name.c_str(), file, line);
    } else {
        const bool same = tap_equal(got, want);
        tap_report(same == equal, name.c_str(), file, line);
        if (same == equal)
            return;
        const std::string shown = tap_show(got), wanted = tap_show(want);
        if (equal)
            tap_differ(shown.data(), shown.size(), wanted.data(), wanted.size());
        else
            tap_show_bytes("unwanted", shown.data(), shown.size(), 0);
    }
}

template <class G, class W>
void is(const G& got, const W& want, const std::string& name, const char* file = __builtin_FILE(),
        int line = __builtin_LINE()) {
    tap_is(true, got, want, name, file, line);
}

template <class G, class W>
void isnt(const G& got, const W& unwanted, const std::string& name, const char* file = __builtin_FILE(),
          int line = __builtin_LINE()) {
    tap_is(false, got, unwanted, name, file, line);
}

inline void tap_part(bool passed, const char* title, std::string_view got, std::string_view part,
                     const std::string& name, const char* file, int line) {
    tap_report(passed, name.c_str(), file, line);
    if (passed)
        return;
    tap_show_bytes(" got", got.data() ? got.data() : "", got.size(), 0);
    tap_show_bytes(title, part.data(), part.size(), 0);
}

inline void begins(std::string_view got, std::string_view part, const std::string& name,
                   const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    tap_part(got.starts_with(part), "want at its start", got, part, name, file, line);
}

inline void finishes(std::string_view got, std::string_view part, const std::string& name,
                     const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    const std::string_view end = got.substr(got.size() > TAP_SHOWN ? got.size() - TAP_SHOWN : 0);
    tap_part(got.ends_with(part), "want at its end", end, part, name, file, line);
}

inline void has(std::string_view got, std::string_view part, const std::string& name,
                const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    tap_part(got.find(part) != std::string_view::npos, "want in it", got, part, name, file, line);
}

inline void lacks(std::string_view got, std::string_view part, const std::string& name,
                  const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    tap_part(got.find(part) == std::string_view::npos, "unwanted in it", got, part, name, file, line);
}

#endif
