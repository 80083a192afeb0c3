// SPDX-License-Identifier: GPL-2.0-only
// Policy as the input of an applet: where it comes from, and what is said while it is read.
#pragma once

#include "tomoyo-box/base/input.h"
#include "tomoyo-box/policy/sets/domain_set.h"

#include <string>

// PATH "-" is standard input; says so when that is a terminal. AGAIN: it will be read more than once. Throws
// Error.
Input policy_input(const std::string& path, bool again = false);

// Shows warnings on standard error, and no progress.
policy::ReadObserver& shown_warnings();

// Adds an input to SET, with a progress line and warnings on standard error. Throws Error.
void read_domains(policy::DomainSet& set, Input& input);
