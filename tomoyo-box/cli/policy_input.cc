// SPDX-License-Identifier: GPL-2.0-only
// Policy as the input of an applet.
#include "tomoyo-box/cli/policy_input.h"

#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"

#include <unistd.h>

namespace {

class ShownWarnings : public policy::ReadObserver {
public:
    void progress(uint64_t) override {}
    void warning(const std::string& text) override { warn("{}", text); }
};

class ShownReading final : public ShownWarnings {
public:
    ShownReading(const std::string& name, uint64_t size) : progress_("reading " + name, size) {}
    void progress(uint64_t offset) override { progress_.at(offset); }

private:
    Progress progress_;
};

} // namespace

Input policy_input(const std::string& path, bool again) {
    if (path == "-" && isatty(STDIN_FILENO))
        warn("reading policy from the terminal; end with Ctrl-D");
    return {path, again};
}

policy::ReadObserver& shown_warnings() {
    static ShownWarnings shown;
    return shown;
}

void read_domains(policy::DomainSet& set, Input& input) {
    policy::PolicyReader reader = input.lines();
    ShownReading shown(reader.name(), input.size());
    set.read(reader, shown, input.size());
}
