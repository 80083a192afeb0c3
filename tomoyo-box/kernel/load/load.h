// SPDX-License-Identifier: GPL-2.0-only
// Loading policy into the kernel, and finding out what it did not accept.
//
// The kernel takes every write and drops what it does not understand. So the policy is read back: a line that
// is there in the same form was accepted. The rest was refused, or is printed in another form (numbers,
// addresses, short forms): such a line is written once more, alone, and the kernel's count of updates tells
// which it was.
#pragma once

#include "tomoyo-box/base/input.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/settings.h"
#include "tomoyo-box/policy/language/statement.h"

#include <vector>

struct LoadOptions {
    bool allow_empty = false; // replace even by nothing
    bool replace = false;     // then delete what the input does not hold, if all of the input was accepted
    bool verify = true;       // report what was not accepted
    bool verbose = false;     // all of it
    bool json = false;        // as one JSON object on standard output: {"refused": [...], "lost": LINES}
    bool compat = false;      // drop a last line without newline, as tomoyo-tools does
};

// Both return an exit code and throw Error. INPUTS are one policy after the other; when verifying or
// replacing, they must be readable again.
int load_policy(const Interface& interface, policy::Language language, std::vector<Input>& inputs,
                const LoadOptions& options);
int load_settings(const Interface& interface, policy::Language language, std::vector<Input>& inputs,
                  const LoadOptions& options);
