// SPDX-License-Identifier: GPL-2.0-only
// Json: writes one JSON value, piece by piece, for programs that read an applet's --json.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

// Json j; j.object().key("pid").value(1).key("domain").value("<kernel>").end();
// Commas, quoting and indentation are its business. Bytes that are not UTF-8 become \u00XX.
class Json {
public:
    Json& object() { return open('{', '}'); }
    Json& array() { return open('[', ']'); }
    Json& end();
    Json& key(std::string_view name);
    Json& value(std::string_view text);
    Json& value(const char* text) { return value(std::string_view(text)); }
    Json& value(bool yes) { return raw(yes ? "true" : "false"); }
    template <std::integral T> Json& value(T number) { return raw(std::to_string(number)); }
    Json& null() { return raw("null"); }

    // What has been written since the last call, so that a long text need not be kept.
    std::string take() { return std::exchange(text_, {}); }

    // The text, or its rest, ending in a newline, once every object and array has been ended.
    std::string text() const { return text_ + "\n"; }

private:
    Json& open(char first, char last);
    Json& raw(std::string_view token);
    void separate();
    void quote(std::string_view text);

    std::string text_;
    std::string closers_;
    bool first_ = true;
    bool after_key_ = false;
};
