// SPDX-License-Identifier: GPL-2.0-only
// SystemLog: messages to the system's log, as syslog(3) sends them.
//
// Without a time stamp: the daemon has the better one, it knows the time zone. syslog(3) of musl does not,
// cuts messages, and costs 6 KB.
#pragma once

#include "tomoyo-box/base/fd.h"

#include <string>
#include <string_view>
#include <syslog.h>

class SystemLog {
public:
    // What any daemon takes as one message: BusyBox reads 256 bytes of it, with the name and the priority.
    static constexpr size_t safe_length = 200;

    // NAME: of the program that speaks.
    explicit SystemLog(std::string name);

    // LEVEL: LOG_INFO and its like; the facility is "user". Where nobody listens, it is lost.
    void write(int level, std::string_view text) const;

private:
    Fd socket_;
    std::string name_;
};
