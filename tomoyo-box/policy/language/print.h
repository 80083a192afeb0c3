// SPDX-License-Identifier: GPL-2.0-only
// Print: the engine's printers write to a buffer of known size; here it grows.
#pragma once

#include "lsm/engine/text.h"

#include <string>
#include <string_view>

namespace policy {

// What PUT(text) prints. It lives in BUFFER, which never shrinks: use one for many lines.
template <typename Put> std::string_view print(std::string& buffer, Put put) {
    for (;;) {
        struct tmy_text text = tmy_text(buffer.data(), buffer.size());
        put(&text);
        if (tmy_text_fits(&text))
            return {buffer.data(), text.length};
        buffer.resize(2 * text.length);
    }
}

template <typename Put> std::string printed(Put put) {
    std::string buffer;
    const size_t length = print(buffer, put).size();
    buffer.resize(length);
    return buffer;
}

} // namespace policy
