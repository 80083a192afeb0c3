// SPDX-License-Identifier: GPL-2.0-only
// Presence: how far TOMOYO has come on this machine, and how we know (userspace specification 2.4, kernel
// ABI 6.5).
#pragma once

#include "tomoyo-box/kernel/interface.h"

#include <optional>
#include <string>

enum class Answer { no, yes, unknown };

struct Finding {
    Answer answer = Answer::unknown;
    std::string because; // the evidence, or what kept us from seeing it
};

struct Presence {
    Finding compiled_in; // the kernel was built with it
    Finding enabled;     // chosen at boot: lsm=, security=
    Finding initialised; // its interface is there
    Finding activated;   // the policy has been loaded: Mandatory Access Control works
    Finding manager;     // may this process change policy, or the tools that are there for it?

    std::optional<Interface> interface; // of TOMOYO 2.x
    std::string directory;              // of the interface of 2.x or 1.8; empty: there is none to be seen
    std::string version;                // "2.6.0"; "2.4 or later" where only the files tell; empty: not known
    std::string lsm;                    // "lockdown,capability,tomoyo"; empty: the kernel does not say
    bool real = false;                  // the directory is the kernel's, not one that TOMOYO_INTERFACE names
};

// Looks everywhere, and never fails for what is not there. As root it writes one empty line to the policy,
// which changes nothing; a refused one leaves a line in the kernel log. Throws Error when TOMOYO_INTERFACE is
// wrong.
Presence find_presence();

// The value of a parameter of the kernel's command line, the last one when it is there more than once.
std::optional<std::string> kernel_parameter(std::string_view name);
