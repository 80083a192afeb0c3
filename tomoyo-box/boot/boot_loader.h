// SPDX-License-Identifier: GPL-2.0-only
// BootLoader: brings a policy into the kernel, and changes there what would keep the kernel from starting.
// What it changes it says at the console.
#pragma once

#include "tomoyo-box/boot/boot_choice.h"
#include "tomoyo-box/boot/boot_console.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/check/boot_check.h"

#include <string>
#include <vector>

class BootLoader {
public:
    // Both must outlive this. KEEP_ENFORCING: <kernel> enforces even if it may not execute init.
    BootLoader(const Interface& interface, BootConsole& console, bool keep_enforcing)
        : interface_(interface), console_(console), keep_enforcing_(keep_enforcing) {}

    // Is the policy in force? Then loading would change a running system, if the kernel let us. Throws Error.
    bool loaded_before() const;

    // A file that cannot be loaded is said and passed over: the others are needed all the more.
    void load(const BootChooser& chosen);
    void load_quotas(const std::string& directory);

    policy::BootCheck check() const;

    // Changes what would stop the kernel or init; false: there was nothing. Throws Error.
    bool repair(const policy::BootCheck& check);

    // As tomoyo-tools do it: what is in use is defined, and everything that is defined becomes disabled.
    void disable_profiles(const policy::BootCheck& check);

    // Two lines for whoever watches: domains and entries; memory.
    void summarize(const policy::BootCheck& check) const;

    // False: something was not loaded, or was changed.
    bool as_asked() const { return as_asked_; }

private:
    void copy(const std::string& file, policy::Language language);
    void write(policy::Language language, const std::vector<std::string>& lines) const;
    void replace_locked(const policy::BootCheck::Lockout& locked);

    const Interface& interface_;
    BootConsole& console_;
    bool keep_enforcing_;
    bool as_asked_ = true;
};
