// SPDX-License-Identifier: GPL-2.0-only
// Managers: which programs may change the policy, by the kernel's manager list.
#pragma once

#include <string>
#include <string_view>

class Managers {
public:
    // Both as the kernel prints them. EXCEPTIONS tells which programs have a domain of their own.
    Managers(std::string managers, std::string exceptions)
        : managers_(std::move(managers)), exceptions_(std::move(exceptions)) {}

    // May a program, whose real path is REAL, change the policy when it is started as CALLED from any domain?
    bool may_change(const std::string& real, const std::string& called) const;

private:
    std::string managers_, exceptions_;
};
