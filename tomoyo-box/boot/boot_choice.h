// SPDX-License-Identifier: GPL-2.0-only
// BootChooser: which policy a boot loads. It asks only where somebody can answer and never without a time
// limit, and passes over a policy with which the kernel would not start.
#pragma once

#include "tomoyo-box/boot/boot_console.h"
#include "tomoyo-box/boot/boot_options.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/language/kinds.h"

#include <optional>
#include <string>
#include <string_view>

class BootChooser {
public:
    // CONSOLE and OPTIONS must outlive this; TOMOYO_NOLOAD may be the answer to a question.
    BootChooser(BootConsole& console, BootOptions& options, std::string directory)
        : console_(console), options_(options), directory_(std::move(directory)) {}

    void choose();

    // What is to be loaded; empty: this file is not.
    std::string file(policy::Language language) const { return file(kind_, language); }
    bool no_profiles() const { return kind_ == disabled; } // every access is to be allowed

    // False: it is another policy than the options and files ask for.
    bool as_asked() const { return as_asked_; }

private:
    enum Kind { standard, named, previous, disabled };
    std::string file(Kind kind, policy::Language language) const;
    policy::BootCheck check(Kind kind) const;
    bool readable(Kind kind) const;
    bool readable_by_name(const std::string& name); // profile-NAME.conf
    bool previous_is_good() const { return !check(previous).fatal(); }
    bool previous_is_another() const;
    Kind choose_kind();
    std::optional<Kind> ask();
    std::optional<Kind> find_answer(const std::string& answer, const std::vector<std::string>& offered);
    std::vector<std::string> offers() const;
    Kind fall_back(std::string_view why);
    Kind inspect(Kind kind);

    BootConsole& console_;
    BootOptions& options_;
    const std::string directory_;
    Kind kind_ = disabled;
    std::string name_; // of a named one
    bool as_asked_ = true;
};
