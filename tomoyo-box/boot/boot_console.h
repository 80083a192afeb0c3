// SPDX-License-Identifier: GPL-2.0-only
// BootConsole: talks to the person at the console of a booting system, if there is one, without ever waiting
// for ever.
#pragma once

#include "tomoyo-box/base/fd.h"

#include <fmt/core.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

class BootConsole {
public:
    // A program that the kernel has started has no open descriptors. Then descriptors 0 to 2 become
    // /dev/console, which is taken from a detached devtmpfs when the root has none, and a console that takes
    // no output for two seconds is given up. Otherwise the standard descriptors are used as they are.
    BootConsole();

    bool at_boot() const { return at_boot_; }

    // One line for whoever watches: console or standard output; the kernel's log when there is no console.
    void say(std::string_view line);

    // A decision that somebody must find later: console or standard error, and the kernel's log at boot.
    void warn(std::string_view line);

    // The same for each item of LIST, as TEXT(item) says it. Only the first few are shown: the kernel's log
    // takes ten lines at once.
    template <typename List, typename Text> void warn_each(const List& list, Text text) {
        constexpr size_t most = 5;
        size_t shown = 0;
        for (const auto& item : list) {
            if (shown == most) {
                warn(fmt::format("... and {} more", list.size() - shown));
                return;
            }
            warn(text(item));
            shown++;
        }
    }

    // Is there anybody to ask?
    bool can_ask() const { return !at_boot_ || console_; }

    // Prints PROMPT and reads a line; nothing at end of file or when no line came in time.
    std::optional<std::string> ask(std::string_view prompt, std::chrono::milliseconds limit);

private:
    Fd open_device(const char* name, int flags);
    void put(std::string_view text);
    void log(char level, std::string_view line);

    bool at_boot_;
    Fd devices_; // a devtmpfs, once it was needed
    Fd console_;
    Fd log_;
    std::string typed_; // what has been typed behind the last line
};
