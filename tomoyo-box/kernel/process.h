// SPDX-License-Identifier: GPL-2.0-only
// Processes and the domains they are in (.process_status).
#pragma once

#include "tomoyo-box/kernel/interface.h"

#include <string>
#include <vector>

struct Process {
    int pid = 0;
    int parent = 1;
    std::string name;           // as the kernel's "Name:" line says, with its bytes decoded
    bool kernel_thread = false; // it has no executable, yet is no zombie
    bool zombie = false;        // it has ended, and waits for its parent to see that
    int profile = 0;
    std::string domain; // empty: the kernel did not say (the process has gone)
};

// Every process of /proc, in ascending order of pid. Throws Error when /proc or the interface cannot be read.
std::vector<Process> read_processes(const Interface& interface);
