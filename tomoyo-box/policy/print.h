// SPDX-License-Identifier: GPL-2.0-only
// Print: the engine's printers write to a buffer of known size; here it is a string that grows.
#pragma once

#include "lsm/engine/text.h"

#include <string>

namespace policy {

// Appends what PUT(text) prints.
template <typename Put> void append_printed(std::string& to, Put put) {
    const size_t before = to.size();
    for (size_t room = 128;;) {
        to.resize(before + room);
        struct tmy_text text = tmy_text(to.data() + before, room);
        put(&text);
        room = text.length;
        to.resize(before + room);
        if (tmy_text_fits(&text))
            return;
    }
}

template <typename Put> std::string printed(Put put) {
    std::string text;
    append_printed(text, put);
    return text;
}

} // namespace policy
